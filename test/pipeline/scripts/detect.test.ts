import assert from 'node:assert/strict';
import { execa } from 'execa';
import { folderWith, runScript, type ScriptResult } from './script.js';

const gates = [
  'fmt',
  'coverage',
  'msrv',
  'semver',
  'miri',
  'audit',
  'trivy',
  'gitleaks',
  'image',
  'benchmarks',
  'build',
];

function manifest(more = '', name = 'sample'): string {
  return `[package]\nname = "${name}"\nversion = "1.2.3"\nedition = "2021"\n${more}`;
}

async function detect(files: Record<string, string>, env: Record<string, string> = {}): Promise<ScriptResult> {
  return runScript('detect.sh', gates, await folderWith(files), env);
}

function json(result: ScriptResult, name: string): unknown {
  assert(result.succeeded, result.log);
  const text = result.outputs[name];
  assert(text !== undefined, `There is no output "${name}".`);
  return JSON.parse(text);
}

function roots(result: ScriptResult, name: string): unknown {
  return (json(result, name) as { root: string }[]).map(({ root }) => root);
}

function skipped(result: ScriptResult): Record<string, string> {
  return json(result, 'skipped') as Record<string, string>;
}

describe('detect.sh', function () {
  this.timeout(60_000);

  it('finds nothing in an empty repository, and says so', async () => {
    const result = await detect({ 'README.md': '' });
    for (const name of ['cargo', 'tests', 'libraries', 'msrv', 'benches', 'binaries'])
      assert.deepEqual(json(result, name), [], name);
    assert.deepEqual([result.outputs['docker'], result.outputs['dockerfile']], ['false', '']);
    assert.deepEqual(
      Object.keys(skipped(result)),
      gates.filter((gate) => gate !== 'gitleaks'),
    );
    assert.match(result.summary, /### Nothing was checked yet/);
    assert.match(result.summary, /\| coverage \| There is no Cargo\.toml yet\. \|/);
  });

  it('warns when there is a Cargo.toml, but not where it looks', async () => {
    const result = await detect({ 'backend/Cargo.toml': manifest(), 'backend/src/lib.rs': '' });
    assert.deepEqual(json(result, 'cargo'), []);
    assert.match(result.log, /::warning .*in backend\. Set CARGO_ROOTS/);
  });

  it('fails on a manifest that cargo cannot read', async () => {
    const result = await detect({ 'Cargo.toml': '[package\n' });
    assert.equal(result.succeeded, false);
    assert.match(result.log, /::error file=Cargo\.toml,/);
  });

  it('describes every folder that it is given', async () => {
    const files = {
      'a/Cargo.toml': manifest('rust-version = "1.70"\n'),
      'a/Cargo.lock': 'version = 4\n',
      'a/src/lib.rs': '#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {}\n}\n',
      'b/Cargo.toml': manifest('publish = false\n[features]\nnightly = []\n'),
      'b/src/main.rs': 'fn main() {}\n',
    };
    const result = await detect(files, { CARGO_ROOTS: 'a b c' });
    assert.deepEqual(json(result, 'cargo'), [
      { root: 'a', locked: '--locked', features: '--all-features', doctests: false },
      { root: 'b', locked: '', features: '', doctests: false },
    ]);
    assert.deepEqual(roots(result, 'tests'), ['a']);
    assert.equal(result.outputs['tested-folders'], 'a');
    assert.deepEqual(roots(result, 'libraries'), ['a']);
    assert.deepEqual(json(result, 'msrv'), [{ root: 'a', locked: '--locked', rust: '1.70', packages: '--workspace' }]);
    assert.deepEqual(json(result, 'binaries'), [
      { root: 'b', locked: '', package: 'sample', name: 'sample', version: '1.2.3', folder: 'b', select: '' },
    ]);
    assert.match(result.log, /::warning .*c has no Cargo\.toml/);
    assert.match(result.summary, /default features: nightly may need a nightly compiler/);
  });

  it('takes the features that it is told', async () => {
    const result = await detect({ 'Cargo.toml': manifest(), 'src/lib.rs': '' }, { CARGO_FEATURES: '--features tls' });
    assert.deepEqual(json(result, 'cargo'), [{ root: '.', locked: '', features: '--features tls', doctests: false }]);
  });

  it('knows a workspace with its members, inherited keys, and what does not belong to it', async () => {
    const member = (name: string) =>
      `[package]\nname = "${name}"\nversion.workspace = true\nrust-version.workspace = true\n`;
    const workspace =
      '[workspace]\nmembers = ["crates/*"]\nexclude = ["fuzz"]\nresolver = "2"\n[workspace.package]\nversion = "2.0.0"\nrust-version = "1.80"\n';
    const result = await detect({
      'Cargo.toml': workspace,
      'crates/one/Cargo.toml': member('one'),
      'crates/one/src/lib.rs': '',
      'crates/two/Cargo.toml': member('two').replace('rust-version.workspace = true', 'rust-version = "1.81"'),
      'crates/two/src/main.rs': 'fn main() {}\n',
      'fuzz/Cargo.toml': manifest('', 'fuzz'),
      'fuzz/src/lib.rs': '#[test]\nfn fuzzed() {}\n',
    });
    assert.deepEqual(roots(result, 'cargo'), ['.']);
    assert.deepEqual(json(result, 'tests'), []);
    assert.deepEqual(json(result, 'msrv'), [
      { root: '.', locked: '', rust: '1.80', packages: '--workspace --exclude two' },
      { root: '.', locked: '', rust: '1.81', packages: '--workspace --exclude one' },
    ]);
    assert.deepEqual(json(result, 'binaries'), [
      { root: '.', locked: '', package: 'two', name: 'two', version: '2.0.0', folder: 'crates/two', select: '' },
    ]);
  });

  for (const [what, code] of Object.entries({
    'a plain test': '#[test]\nfn t() {}',
    'a test of tokio': '    #[tokio::test(flavor = "multi_thread")]\n    async fn t() {}',
    'a test in one line': '#[cfg(test)] mod t { #[test] fn t() {} }',
    'a conditional test': '#[cfg_attr(not(miri), test)]\nfn t() {}',
    rstest: '#[rstest]\nfn t() {}',
    proptest: 'proptest! {\n    fn t(a in 0..1) {}\n}',
    'a test case': '#[test_case(1)]\nfn t(a: u32) {}',
  })) {
    it(`sees ${what}`, async () => {
      assert.deepEqual(roots(await detect({ 'Cargo.toml': manifest(), 'src/lib.rs': `${code}\n` }), 'tests'), ['.']);
    });
  }

  it('sees the folder tests', async () => {
    const files = { 'Cargo.toml': manifest(), 'src/lib.rs': '', 'tests/a.rs': '' };
    assert.deepEqual(roots(await detect(files), 'tests'), ['.']);
  });

  for (const [what, code] of Object.entries({
    'a comment': '// #[test]\n/// #[test]\nfn t() {}',
    'a string': 'pub const T: &str = "#[test]";',
    'another attribute': '#[testing]\n#[cfg(test)]\nfn t() {}',
  })) {
    it(`takes ${what} for no test`, async () => {
      const result = await detect({ 'Cargo.toml': manifest(), 'src/lib.rs': `${code}\n` });
      assert.deepEqual(json(result, 'tests'), []);
      assert.equal(skipped(result)['coverage'], 'There are no tests yet.');
    });
  }

  it('takes no example for a test', async () => {
    const files = { 'Cargo.toml': manifest(), 'src/lib.rs': '', 'examples/a.rs': '#[test]\nfn t() {}\nfn main() {}\n' };
    assert.deepEqual(json(await detect(files), 'tests'), []);
  });

  for (const [code, expected] of [
    ['/// ```\n/// assert!(true);\n/// ```\npub fn f() {}', true],
    ['//! ```rust,no_run\n//! x();\n//! ```', true],
    ['/// ~~~should_panic\n/// panic!();\n/// ~~~\npub fn f() {}', true],
    ['/// ```text\n/// a\n/// ```\npub fn f() {}', false],
    ['/// ```ignore\n/// a\n/// ```\npub fn f() {}', false],
    ['// ```\n// a\n// ```\npub fn f() {}', false],
  ] as const) {
    it(`says that ${JSON.stringify(code)} is ${expected ? 'a' : 'no'} documentation test`, async () => {
      const result = await detect({ 'Cargo.toml': manifest(), 'src/lib.rs': `${code}\n` });
      assert.equal((json(result, 'cargo') as { doctests: boolean }[])[0]?.doctests, expected);
      // cargo-tarpaulin cannot measure them, so they alone are nothing to measure.
      assert.deepEqual(json(result, 'tests'), []);
      if (expected) assert.match(skipped(result)['coverage'] ?? '', /only documentation tests/);
    });
  }

  it('finds Criterion benchmarks, and no others', async () => {
    const result = await detect({
      'Cargo.toml': manifest(
        '[dev-dependencies]\ncriterion = "0.5"\n[[bench]]\nname = "fast"\nharness = false\n[[bench]]\nname = "own"\nharness = false\n',
      ),
      'src/lib.rs': '',
      'benches/fast.rs': 'use criterion::criterion_main;\n',
      'benches/own.rs': 'fn main() {}\n',
    });
    assert.deepEqual(json(result, 'benches'), [
      { root: '.', locked: '', features: '--all-features', package: 'sample', folder: '.', select: '', bench: 'fast' },
    ]);
  });

  it('leaves out programs whose features are off', async () => {
    const result = await detect({
      'Cargo.toml': manifest(
        '[features]\ndefault = ["cli"]\ncli = ["colour"]\ncolour = []\ntools = []\n' +
          '[[bin]]\nname = "main"\nrequired-features = ["colour"]\n[[bin]]\nname = "tool"\nrequired-features = ["tools"]\n',
      ),
      'src/bin/main.rs': 'fn main() {}\n',
      'src/bin/tool.rs': 'fn main() {}\n',
    });
    assert.deepEqual(
      (json(result, 'binaries') as { name: string }[]).map(({ name }) => name),
      ['main'],
    );
    assert.deepEqual(json(result, 'versions'), ['1.2.3']);
  });

  it('finds the Dockerfile of the product', async () => {
    const result = await detect({
      'tests/Dockerfile': '',
      '.devcontainer/Dockerfile': '',
      'deploy/Dockerfile': '',
      'Dockerfile.debug': '',
      Dockerfile: '',
    });
    assert.deepEqual([result.outputs['docker'], result.outputs['dockerfile']], ['true', 'Dockerfile']);
    assert.equal(skipped(result)['trivy'], undefined);
    assert.equal(skipped(result)['image'], undefined);
  });

  for (const [context, files] of [
    ['.', { 'app/Cargo.toml': manifest(), 'app/src/main.rs': '', Dockerfile: '' }],
    ['.', { 'app/Cargo.toml': manifest(), 'app/src/main.rs': '', 'docker/Dockerfile': '' }],
    ['app', { 'app/Cargo.toml': manifest(), 'app/src/main.rs': '', 'app/Dockerfile': '' }],
  ] as const) {
    it(`builds ${Object.keys(files)[2]} beside app/Cargo.toml in ${context}`, async () => {
      assert.equal((await detect(files, { CARGO_ROOTS: 'app' })).outputs['context'], context);
    });
  }

  it('copes with names that have blanks and other letters, and with files of git alone', async () => {
    const folder = await folderWith({
      'Cargo.toml': manifest(),
      'src/lib.rs': 'mod a;\n',
      'src/grüße und mehr.rs': '#[test]\nfn t() {}\n',
      '.gitignore': 'ignored\n',
      'ignored/Dockerfile': '',
    });
    const result = await runScript('detect.sh', gates, folder);
    assert.deepEqual(roots(result, 'tests'), ['.']);
    assert.equal(result.outputs['docker'], 'false');
  });

  it('is quick on a workspace of 200 crates', async () => {
    const crates = Array.from({ length: 200 }, (_, index) => `crates/c${index}`);
    const folder = await folderWith({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n',
      ...Object.fromEntries(
        crates.flatMap((crate, index) => [
          [`${crate}/Cargo.toml`, manifest('', `c${index}`)],
          [`${crate}/src/lib.rs`, '#[test]\nfn t() {}\n'],
        ]),
      ),
    });
    const start = performance.now();
    assert.deepEqual(roots(await runScript('detect.sh', gates, folder), 'tests'), ['.']);
    assert(performance.now() - start < 20_000);
    await execa('rm', ['-r', folder]);
  });
});
