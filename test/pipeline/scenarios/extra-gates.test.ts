import assert from 'node:assert/strict';
import { library } from '../projects/crate.js';
import { commit, type Files } from '../projects/repository.js';
import { publishedCrate } from '../projects/registry-crate.js';
import { scaffold, scaffolded } from '../projects/scaffold.js';
import type { RunResult } from '../runner/result.js';
import type { PipelineOptions } from '../../../src/core/pipeline/options.js';
import { assertGates, gate, printedBy, run } from './run.js';

const green = { fmt: 'pass', clippy: 'pass', test: 'pass', coverage: 'pass' };

async function test(gates: PipelineOptions['gates'], files: Files): Promise<RunResult> {
  return run(await scaffolded(files, { gates }), 'test.yml');
}

describe('test.yml: extra gates', function () {
  this.timeout(600_000);

  const documented = `/// Adds.
///
/// \`\`\`
/// assert_eq!(sample::add(1, 1), 2);
/// \`\`\`
pub fn add(left: u32, right: u32) -> u32 {
    left + right
}
`;

  it('nextest runs the tests, and cargo those in the documentation', async () => {
    const result = await test(['nextest'], library({ code: documented }));
    assertGates(result, green);
    assert.equal(gate(result, 'test').value, 2);
    assert.match(printedBy(result, 'test'), /nextest/i);
  });

  it('nextest fails on a failing test, and on one in the documentation', async () => {
    const failing = library({ test: 'assert_eq!(super::add(2, 2), 5);' });
    assertGates(await test(['nextest'], failing), { ...green, test: 'fail', coverage: 'fail' });
    const wrong = library({ code: documented.replace('add(1, 1), 2', 'add(1, 1), 3') });
    assertGates(await test(['nextest'], wrong), { ...green, test: 'fail' });
  });

  it('features fails on a feature that does not compile without another one', async () => {
    const needing = (feature: string): Files =>
      library({
        manifest: 'license = "MIT"\n\n[features]\ntable = []\nindex = []',
        code: `#[cfg(feature = "table")]
mod table {
    pub fn size() -> u32 {
        1
    }
}

pub fn size() -> u32 {
    #[cfg(feature = "${feature}")]
    return table::size();
    #[cfg(not(feature = "${feature}"))]
    1
}
`,
        test: 'assert_eq!(super::size(), 1);',
      });
    assertGates(await test(['features'], needing('index')), { ...green, features: 'fail' });
    assertGates(await test(['features'], needing('table')), { ...green, features: 'pass' });
  });

  it('minimal-versions fails when Cargo.toml allows a version that is too old', async () => {
    // Either::left_or_default came with 1.5.
    const depending = (version: string): Files =>
      library({
        manifest: `license = "MIT"\n\n[dependencies]\neither = "${version}"`,
        code: 'pub fn left(value: either::Either<u32, ()>) -> u32 {\n    value.left_or_default()\n}\n',
        test: 'assert_eq!(super::left(either::Either::Left(1)), 1);',
      });
    assertGates(await test(['minimal-versions'], depending('1.0')), { ...green, 'minimal-versions': 'fail' });
    assertGates(await test(['minimal-versions'], depending('1.6')), { ...green, 'minimal-versions': 'pass' });
  });

  it('semver compares with what is published, and fails on a breaking change', async () => {
    const repository = await publishedCrate('percent-encoding', '2.3.2');
    await scaffold(repository, { gates: ['semver'], coverage: { threshold: 70 } });
    const first = await run(repository, 'test.yml');
    assert.equal(gate(first, 'semver').state, 'pass');
    await commit(repository, { 'src/lib.rs': 'pub fn nothing() {}\n' });
    const second = await run(repository, 'test.yml');
    assert.equal(gate(second, 'semver').state, 'fail');
  });

  it('semver is skipped, with the reason, for a crate that nobody published', async () => {
    const result = await test(['semver'], library({ name: 'rust-ci-sample-library' }));
    assertGates(result, { ...green, semver: 'skipped' });
    assert.match(gate(result, 'semver').reason ?? '', /Not published yet: rust-ci-sample-library/);
  });

  it('miri fails on undefined behaviour that every other gate lets pass', async () => {
    const code = `pub fn first(list: &[u8]) -> u8 {
    // SAFETY: wrong, the list may be empty.
    unsafe { *list.as_ptr() }
}
`;
    const result = await test(['miri'], library({ code, test: 'let empty: [u8; 0] = [];\nsuper::first(&empty);' }));
    assertGates(result, { ...green, miri: 'fail' });
    assert.match(printedBy(result, 'miri'), /Undefined Behavior/);
  });
});
