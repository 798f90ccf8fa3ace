import assert from 'node:assert/strict';
import { library, program } from '../projects/crate.js';
import { commit, createRepository, type Files } from '../projects/repository.js';
import { scaffold, scaffolded } from '../projects/scaffold.js';
import { annotationsOf, assertGates, gate, report, run, summaryOf } from './run.js';

const green = { fmt: 'pass', clippy: 'pass', test: 'pass', coverage: 'pass', docs: 'pass', msrv: 'skipped' };

/** Two members; one states the oldest Rust that it supports, the other needs nothing newer. */
function workspace(code?: string): Files {
  const rust = 'license = "MIT"\nrust-version = "1.70"';
  return {
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
    ...library({ name: 'alpha', folder: 'crates/alpha', manifest: rust, ...(code === undefined ? {} : { code }) }),
    ...library({ name: 'beta', folder: 'crates/beta' }),
  };
}

describe('test.yml: where crates lie', function () {
  this.timeout(600_000);

  it('checks every member of a workspace, and the oldest Rust of those that state one', async () => {
    const result = await run(await scaffolded(workspace()), 'test.yml');
    assertGates(result, { ...green, msrv: 'pass' });
    assert.deepEqual(
      report(result).coverage?.crates.map(({ name, covered }) => [name, covered > 0]),
      [
        ['alpha', true],
        ['beta', true],
      ],
    );
    assert.equal(gate(result, 'test').value, 2);
  });

  it('fails msrv alone on something that the oldest Rust does not know', async () => {
    const code = 'pub fn add(left: u32, right: u32) -> u32 {\n    left.midpoint(right) * 2\n}\n';
    // Ignored by clippy only because it knows rust-version too; msrv is the gate that compiles with it.
    const result = await run(await scaffolded(workspace(`#![allow(clippy::incompatible_msrv)]\n${code}`)), 'test.yml');
    assertGates(result, { ...green, msrv: 'fail' });
  });

  it('fails the coverage of a workspace whose second member has no tests', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `    let x = x + ${index + 1};\n`).join('');
    const untested = { 'crates/beta/src/lib.rs': `pub fn sum(x: u32) -> u32 {\n${lines}    x * 2\n}\n` };
    const result = await run(await scaffolded({ ...workspace(), ...untested }), 'test.yml');
    assertGates(result, { ...green, msrv: 'pass', coverage: 'fail' });
    assert.match(summaryOf(result, 'test-gate'), /\| beta \| 0 \| \d+ \| 0 % \|/);
  });

  it('checks a crate in a subfolder', async () => {
    const repository = await scaffolded(library({ folder: 'rust/core' }));
    const result = await run(repository, 'test.yml');
    assertGates(result, green);
    assert.deepEqual(
      report(result).coverage?.crates.map(({ root, name }) => [root, name]),
      [['rust/core', 'sample']],
    );
  });

  it('marks a finding in a subfolder with its path in the repository', async () => {
    const code = 'pub fn empty(list: &[u32]) -> bool {\n    list.len() == 0\n}\n';
    const files = library({ folder: 'rust/core', code, test: 'assert!(super::empty(&[]));' });
    const result = await run(await scaffolded(files), 'test.yml');
    assertGates(result, { ...green, clippy: 'fail' });
    const [step] = result.jobs['clippy']?.legs[0]?.steps.filter(({ outcome }) => outcome === 'failure') ?? [];
    assert.match(step?.output ?? '', /::error file=rust\/core\/src\/lib\.rs,line=2/);
  });

  it('warns of a crate outside of the folders that are checked', async () => {
    const repository = await scaffolded({ 'README.md': '' });
    await commit(repository, library({ folder: 'late' }));
    const result = await run(repository, 'test.yml');
    assert.match(summaryOf(result, 'detect'), /There is one in: late/);
    assert.deepEqual(annotationsOf(result, 'detect'), []);
  });

  it('checks every one of several workspaces, and one that fails fails the gate', async () => {
    const files = { ...library({ name: 'one', folder: 'one' }), ...library({ name: 'two', folder: 'two' }) };
    const repository = await scaffolded(files);
    assertGates(await run(repository, 'test.yml'), green);
    await commit(repository, { 'two/src/lib.rs': `fn  a() {}\n${files['two/src/lib.rs'] ?? ''}` });
    const result = await run(repository, 'test.yml');
    assert.deepEqual(
      result.jobs['fmt']?.legs.map((leg) => leg.result),
      ['success', 'failure'],
    );
    assert.equal(gate(result, 'fmt').state, 'fail');
    assert.equal(gate(result, 'test').value, 2);
  });

  it('is green on a binary with a Dockerfile, in every workflow that a push starts', async () => {
    const tested = `${program()['src/main.rs'] ?? ''}
#[cfg(test)]
mod tests {
    #[test]
    fn runs() {
        super::main();
    }
}
`;
    const repository = await createRepository({
      ...program(),
      'src/main.rs': tested,
      Dockerfile: 'FROM scratch\nUSER 1000\nCOPY target/release/app /app\n',
    });
    await scaffold(repository);
    assertGates(await run(repository, 'test.yml'), green);
    const security = { audit: 'pass', deny: 'pass', gitleaks: 'pass', trivy: 'pass', workflows: 'pass' };
    assertGates(await run(repository, 'security.yml'), security);
  });
});
