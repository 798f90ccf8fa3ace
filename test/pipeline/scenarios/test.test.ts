import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { library, partlyCovered } from '../projects/crate.js';
import type { Files } from '../projects/repository.js';
import { scaffolded } from '../projects/scaffold.js';
import { mergeGroup, pullRequest, push } from '../runner/event.js';
import type { RunResult } from '../runner/result.js';
import { annotationsOf, assertGates, gate, run, summaryOf } from './run.js';

const green = { fmt: 'pass', clippy: 'pass', test: 'pass', coverage: 'pass', docs: 'pass', msrv: 'skipped' };

async function test(files: Files): Promise<RunResult> {
  return run(await scaffolded(files), 'test.yml');
}

describe('test.yml', function () {
  this.timeout(600_000);

  it('is green on an empty repository and says that nothing was checked', async () => {
    const result = await test({ 'README.md': '' });
    assertGates(result, Object.fromEntries(Object.keys(green).map((id) => [id, 'skipped'])));
    assert.equal(result.jobs['test-gate']?.result, 'success');
    assert.match(summaryOf(result, 'detect'), /Nothing was checked yet/);
    assert.match(summaryOf(result, 'test-gate'), /nothing was checked yet/);
    assert.equal(gate(result, 'clippy').reason, 'There is no Cargo.toml yet.');
  });

  it('is green on a library with tests', async () => {
    const result = await test(library());
    assertGates(result, green);
    assert.deepEqual([gate(result, 'coverage').value, gate(result, 'coverage').threshold], [100, 80]);
    assert.equal(gate(result, 'test').value, 1);
    assert.equal(gate(result, 'msrv').reason, 'No package sets rust-version.');
    const lcov = readFileSync(join(result.artifacts['coverage-lcov'] ?? '', 'lcov.info'), 'utf8');
    assert.match(lcov, /^SF:src\/lib\.rs$/m);
  });

  for (const event of [pullRequest(), mergeGroup()]) {
    it(`is green on ${event.name} too`, async () => {
      assertGates(await run(await scaffolded(library()), 'test.yml', event), green);
    });
  }

  it('uploads to Codecov only where its token is set, and line numbers alone', async () => {
    const repository = await scaffolded(library());
    const uploads = async (secrets: Record<string, string>): Promise<string[]> => {
      const { calls } = await run(repository, 'test.yml', push(), { secrets });
      return calls.filter(({ action }) => action.startsWith('codecov/')).map((call) => call.with['files'] ?? '');
    };
    assert.deepEqual(await uploads({}), []);
    assert.deepEqual(await uploads({ CODECOV_TOKEN: 'token' }), ['coverage/lcov.info']);
  });

  it('skips coverage, with the reason, while there are no tests', async () => {
    const result = await test({ ...library(), 'src/lib.rs': 'pub fn one() -> u32 {\n    1\n}\n' });
    assertGates(result, { ...green, coverage: 'skipped' });
    assert.equal(gate(result, 'coverage').reason, 'There are no tests yet.');
    assert.match(gate(result, 'test').reason ?? '', /No test ran/);
  });

  it('fails fmt alone on unformatted code', async () => {
    const result = await test(library({ code: 'pub fn  add(a: u32,b: u32) -> u32 { a + b }' }));
    assertGates(result, { ...green, fmt: 'fail' });
    assert.equal(result.jobs['test-gate']?.result, 'failure');
  });

  it('fails clippy alone on a warning, and marks the line', async () => {
    const result = await test(
      library({
        code: 'pub fn empty(list: &[u32]) -> bool {\n    list.len() == 0\n}\n',
        test: 'assert!(super::empty(&[]));',
      }),
    );
    assertGates(result, { ...green, clippy: 'fail' });
    assert.equal(gate(result, 'clippy').value, 1);
    assert.match(annotationsOf(result, 'clippy')[0] ?? '', /length comparison to zero/);
  });

  it('fails test and coverage on a failing test', async () => {
    const result = await test(library({ test: 'assert_eq!(super::add(2, 2), 5);' }));
    assertGates(result, { ...green, test: 'fail', coverage: 'fail' });
  });

  it('fails what compiles when the code does not', async () => {
    const result = await test(library({ code: 'pub fn add(left: u32, right: u32) -> u32 {\n    "sum"\n}\n' }));
    assertGates(result, { ...green, clippy: 'fail', test: 'fail', coverage: 'fail' });
    assert.equal(gate(result, 'coverage').reason, 'cargo tarpaulin failed; see the log.');
  });

  it('fails docs alone on a broken link', async () => {
    const code = '/// Like [`missing`].\npub fn add(left: u32, right: u32) -> u32 {\n    left + right\n}\n';
    assertGates(await test(library({ code })), { ...green, docs: 'fail' });
  });
});

describe('test.yml: coverage', function () {
  this.timeout(600_000);

  it('fails at 60 %, and says so', async () => {
    const result = await test(partlyCovered(6));
    assertGates(result, { ...green, coverage: 'fail' });
    assert.equal(gate(result, 'coverage').value, 60);
    assert.match(summaryOf(result, 'test-gate'), /\| coverage \| \*\*failed\*\* \| 60 %, needs 80 % \|/);
  });

  it('passes at exactly the threshold', async () => {
    assertGates(await test(partlyCovered(8)), green);
  });

  it('holds the threshold that was chosen', async () => {
    const repository = await scaffolded(partlyCovered(8), { coverage: { threshold: 80.5 } });
    assertGates(await run(repository, 'test.yml'), { ...green, coverage: 'fail' });
  });

  it('fails when there are tests but nothing can be measured', async () => {
    const result = await test({
      ...library(),
      'src/lib.rs': 'pub const ANSWER: u32 = 42;\n',
      'tests/answer.rs': '#[test]\nfn answer() {\n    assert_eq!(sample::ANSWER, 42);\n}\n',
    });
    assertGates(result, { ...green, coverage: 'fail' });
    assert.equal(gate(result, 'coverage').value, null);
    assert.match(gate(result, 'coverage').reason ?? '', /not a single line could be measured/);
  });

  it('is not fooled by settings that exclude everything', async () => {
    const result = await test({ ...library(), 'tarpaulin.toml': '[all]\nexclude-files = ["src/*"]\n' });
    assertGates(result, { ...green, coverage: 'fail' });
  });

  it('is not fooled by a lower fail-under in tarpaulin.toml', async () => {
    const settings = '[all]\nfail-under = 10\n\n[report]\nfail-under = 10\n';
    const result = await test({ ...partlyCovered(6), 'tarpaulin.toml': settings });
    assertGates(result, { ...green, coverage: 'fail' });
    assert.equal(gate(result, 'coverage').threshold, 80);
  });
});
