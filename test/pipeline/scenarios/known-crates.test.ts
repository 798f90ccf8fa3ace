import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedCrate } from '../projects/registry-crate.js';
import { commit } from '../projects/repository.js';
import { type OptionChanges, scaffold } from '../projects/scaffold.js';
import type { RunResult } from '../runner/result.js';
import { assertGates, gate, run, sharedBuilds } from './run.js';

const green = { fmt: 'pass', clippy: 'pass', test: 'pass', coverage: 'pass' };

/** Scaffolds a crate as it was published and runs test.yml, with an edit of that file if `features` is given. */
async function check(name: string, version: string, options: OptionChanges, features = 'auto'): Promise<RunResult> {
  const repository = await publishedCrate(name, version);
  // A newer Rust may warn of more than there was to warn of when the crate was published.
  await commit(repository, { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.95.0"\n' });
  await scaffold(repository, { gates: [], ...options });
  const workflow = '.github/workflows/test.yml';
  const text = await readFile(join(repository.folder, workflow), 'utf8');
  await commit(repository, { [workflow]: text.replace('CARGO_FEATURES: auto', `CARGO_FEATURES: ${features}`) });
  return run(repository, 'test.yml', undefined, { machine: { variables: sharedBuilds } });
}

describe('test.yml: well-known crates', function () {
  this.timeout(600_000);

  for (const [name, version] of [
    ['httpdate', '1.0.3'],
    ['percent-encoding', '2.3.2'],
  ] as const) {
    it(`is green on ${name}, with a threshold that its tests reach`, async () => {
      assertGates(await check(name, version, { coverage: { threshold: 70 } }), green);
    });
  }

  it('is green on either, but for coverage: most of its tests are in its documentation', async () => {
    const result = await check('either', '1.19.0', {});
    assertGates(result, { ...green, coverage: 'fail' });
    assert.equal(gate(result, 'coverage').value, 6.59);
    assert.equal(gate(result, 'test').value, 71);
  });

  it('fails on itoa, one of whose features is for optimised builds alone, until the default ones are chosen', async () => {
    const all = await check('itoa', '1.0.19', {});
    assertGates(all, { ...green, test: 'fail', coverage: 'fail' });
    assertGates(await check('itoa', '1.0.19', {}, 'default'), green);
  });
});
