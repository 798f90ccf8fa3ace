import assert from 'node:assert/strict';
import { detect, type CargoRoot, type ProjectShape } from '../../../src/core/pipeline/project.js';
import { InputError } from '../../../src/core/scaffold/input-error.js';
import { MemoryWorkspace } from '../scaffold/memory-workspace.js';

const pkg = (name: string, more = '') => `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`;
const shapeOf = (files: Record<string, string>): Promise<ProjectShape> => detect(new MemoryWorkspace(files));
const names = (root: CargoRoot | undefined) => root?.packages.map(({ name }) => name);
const folders = (shape: ProjectShape) => shape.roots.map(({ folder }) => folder);

async function refusal(files: Record<string, string>): Promise<InputError> {
  const error: unknown = await shapeOf(files).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof InputError, 'the project is refused');
  return error;
}

describe('detect', () => {
  it('takes an empty repository for what it is', async () => {
    const shape = await shapeOf({});
    assert.deepEqual(shape.roots, []);
    assert.match(shape.notices.join('\n'), /no Cargo\.toml yet/);
  });

  it('describes a lone package with all its targets', async () => {
    const shape = await shapeOf({
      'Cargo.toml': pkg(
        'tool',
        'rust-version = "1.74"\n[dev-dependencies]\ncriterion = "0.8"\n[[bench]]\nname = "speed"\nharness = false\n',
      ),
      'Cargo.lock': '',
      'src/lib.rs': '',
      'src/main.rs': '',
      'src/bin/extra.rs': '',
      'src/bin/large/main.rs': '',
      'src/bin/large/helper.rs': '',
      'tests/api.rs': '',
      'tests/common/mod.rs': '',
      'tests/deep/main.rs': '',
      'benches/speed.rs': '',
      'benches/memory.rs': '',
      Dockerfile: '',
    });
    assert.deepEqual(shape.roots, [
      {
        folder: '.',
        kind: 'package',
        lockfile: true,
        recommended: true,
        reservation: undefined,
        packages: [
          {
            folder: '.',
            name: 'tool',
            version: '1.0.0',
            rustVersion: '1.74',
            publish: 'public',
            library: true,
            binaries: ['extra', 'large', 'tool'],
            tests: ['api', 'deep'],
            benches: ['memory', 'speed'],
            criterion: true,
          },
        ],
      },
    ]);
    assert.deepEqual(shape.dockerfiles, ['Dockerfile']);
  });

  it('leaves out targets that the manifest renames or switches off', async () => {
    const { roots } = await shapeOf({
      'Cargo.toml': pkg(
        'tool',
        'autobins = false\nautotests = false\nautobenches = false\nautolib = false\n[[bin]]\nname = "other"\npath = "src/main.rs"\n[[test]]\nname = "only"\n',
      ),
      'src/lib.rs': '',
      'src/main.rs': '',
      'src/bin/extra.rs': '',
      'tests/api.rs': '',
      'benches/speed.rs': '',
    });
    const [found] = roots[0]?.packages ?? [];
    assert.deepEqual([found?.library, found?.binaries, found?.tests, found?.benches], [false, ['other'], ['only'], []]);
  });

  it('finds members by glob and by name, without excluded ones', async () => {
    const shape = await shapeOf({
      'Cargo.toml': '[workspace]\nmembers = ["crates/*", "tools/x?", "deep/**", "one"]\nexclude = ["crates/odd"]\n',
      'crates/a/Cargo.toml': pkg('a'),
      'crates/b/Cargo.toml': pkg('b'),
      'crates/b/nested/Cargo.toml': pkg('nested'),
      'crates/odd/Cargo.toml': pkg('odd'),
      'tools/x1/Cargo.toml': pkg('x1'),
      'tools/x12/Cargo.toml': pkg('x12'),
      'deep/er/est/Cargo.toml': pkg('deepest'),
      'one/Cargo.toml': pkg('one'),
    });
    assert.deepEqual(names(shape.roots[0]), ['one', 'a', 'b', 'x1', 'deepest']);
    assert.deepEqual(folders(shape), ['.', 'crates/odd']);
    assert.equal(shape.roots[1]?.recommended, false);
    assert.match(shape.roots[1].reservation ?? '', /excludes it/);
  });

  it('counts path dependencies inside a workspace as members, through other members and inherited ones', async () => {
    const shape = await shapeOf({
      'Cargo.toml': `[workspace]\n[workspace.dependencies]\nshared = { path = "shared" }\n${pkg('root', '[dependencies]\na = { path = "a" }\n')}`,
      'a/Cargo.toml': pkg('a', "[target.'cfg(unix)'.dev-dependencies]\nb = { path = '../b' }\n"),
      'b/Cargo.toml': pkg('b', '[build-dependencies]\nshared.workspace = true\n'),
      'shared/Cargo.toml': pkg('shared', '[dependencies]\nfar = { path = "../../elsewhere" }\n'),
      'lonely/Cargo.toml': pkg('lonely'),
    });
    assert.deepEqual(names(shape.roots[0]), ['root', 'a', 'b', 'shared']);
    assert.deepEqual(folders(shape), ['.'], 'cargo refuses to build what a workspace neither lists nor excludes');
  });

  it('resolves what members inherit', async () => {
    const { roots } = await shapeOf({
      'Cargo.toml':
        '[workspace]\nmembers = ["a"]\n[workspace.package]\nversion = "2.0.0"\nrust-version = "1.80"\npublish = ["corp"]\n[workspace.dependencies]\nbench = { package = "criterion", version = "0.8" }\n',
      'a/Cargo.toml':
        '[package]\nname = "a"\nversion.workspace = true\nrust-version.workspace = true\npublish.workspace = true\n[dev-dependencies]\nbench.workspace = true\n',
    });
    const [found] = roots[0]?.packages ?? [];
    assert.deepEqual(
      [found?.version, found?.rustVersion, found?.publish, found?.criterion],
      ['2.0.0', '1.80', ['corp'], true],
    );
  });

  it('tells what can be published', async () => {
    const publish = async (lines: string) =>
      (await shapeOf({ 'Cargo.toml': `[package]\nname = "a"\n${lines}` })).roots[0]?.packages[0]?.publish;
    assert.equal(await publish('version = "1.0.0"'), 'public');
    assert.equal(await publish(''), 'never');
    assert.equal(await publish('version = "1.0.0"\npublish = false'), 'never');
    assert.equal(await publish('version = "1.0.0"\npublish = []'), 'never');
    assert.deepEqual(await publish('version = "1.0.0"\npublish = ["corp"]'), ['corp']);
    assert.equal(await publish('version = "1.0.0"\npublish = ["corp", "crates-io"]'), 'public');
  });

  it('finds several workspaces, crates in subfolders and nested workspaces', async () => {
    const shape = await shapeOf({
      'backend/Cargo.toml': '[workspace]\nmembers = ["api"]\n',
      'backend/api/Cargo.toml': pkg('api'),
      'backend/api/web/Cargo.toml': '[workspace]\nmembers = ["ui"]\n',
      'backend/api/web/ui/Cargo.toml': pkg('ui'),
      'cli/Cargo.toml': pkg('cli'),
      'target/package/Cargo.toml': 'broken =',
      'node_modules/x/Cargo.toml': 'broken =',
      '.hidden/Cargo.toml': 'broken =',
    });
    assert.deepEqual(folders(shape), ['backend', 'cli', 'backend/api/web']);
    assert.deepEqual(shape.roots.map(names), [['api'], ['cli'], ['ui']]);
  });

  it('takes packages below a lone package for packages of their own', async () => {
    const shape = await shapeOf({
      'Cargo.toml': pkg('main', '[dependencies]\nmain-derive = { path = "derive" }\n'),
      'derive/Cargo.toml': pkg('main-derive'),
    });
    assert.deepEqual(folders(shape), ['.', 'derive']);
    assert(shape.roots.every(({ recommended }) => recommended));
  });

  it('ignores manifests that only serve tests, broken or not, and offers examples and fuzz targets', async () => {
    const shape = await shapeOf({
      'Cargo.toml': pkg('main'),
      'tests/fixtures/broken/Cargo.toml': 'name = {{name}}',
      'tests/ui/case/Cargo.toml': pkg('case'),
      'testdata/Cargo.toml': pkg('data'),
      'template/Cargo.toml': 'name = {{name}}',
      'skeleton/Cargo.toml': 'name = {{name}}',
      'examples/hello/Cargo.toml': pkg('hello'),
      'fuzz/Cargo.toml': `${pkg('main-fuzz')}[package.metadata]\ncargo-fuzz = true\n`,
    });
    assert.deepEqual(folders(shape), ['.', 'fuzz', 'examples/hello']);
    assert.deepEqual(
      shape.roots.map(({ recommended }) => recommended),
      [true, false, false],
    );
    assert.match(shape.notices.join('\n'), /skeleton\/Cargo\.toml is left out/);
    assert.doesNotMatch(shape.notices.join('\n'), /testdata|fixtures/);
  });

  it('leaves out folders whose names a workflow could not carry', async () => {
    const shape = await shapeOf({ 'my crate/Cargo.toml': pkg('mine') });
    assert.equal(shape.roots[0]?.recommended, false);
    assert.match(shape.notices.join('\n'), /my crate is left out: a folder of the pipeline may only have letters/);
  });

  it('collects private registries from everywhere', async () => {
    const { registries, buildTarget } = await shapeOf({
      '.cargo/config.toml':
        '[registries.corp]\nindex = "sparse+https://corp.example/"\n[registries.crates-io]\nprotocol = "sparse"\n',
      'Cargo.toml':
        '[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nx = { version = "1", registry = "shared" }\n',
      'a/Cargo.toml': pkg(
        'a',
        'publish = ["out", "crates-io"]\n[dependencies]\ny = { version = "1", registry = "dep" }\n',
      ),
      'a/.cargo/config': '[registries.ignored]\nindex = "https://x.example"\n',
    });
    assert.deepEqual(registries, ['corp', 'dep', 'out', 'shared']);
    assert.equal(buildTarget, undefined);
  });

  it('reads toolchain files in both forms', async () => {
    const channel = async (files: Record<string, string>) => (await shapeOf(files)).toolchain;
    assert.deepEqual(await channel({ 'rust-toolchain.toml': '[toolchain]\nchannel = "1.80"\n' }), {
      path: 'rust-toolchain.toml',
      channel: '1.80',
    });
    assert.deepEqual(await channel({ 'rust-toolchain': 'nightly-2026-01-01\r\n' }), {
      path: 'rust-toolchain',
      channel: 'nightly-2026-01-01',
    });
    assert.deepEqual(await channel({ 'rust-toolchain.toml': '[toolchain]\npath = "x"\n' }), {
      path: 'rust-toolchain.toml',
      channel: undefined,
    });
  });

  it('asks git for the default branch', async () => {
    const branch = async (files: Record<string, string>) => (await shapeOf(files)).defaultBranch;
    const origin = { '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/release/2.x\n' };
    assert.deepEqual(await branch({ ...origin, '.git/HEAD': 'ref: refs/heads/topic\n' }), {
      name: 'release/2.x',
      source: 'remote',
    });
    assert.deepEqual(await branch({ '.git/HEAD': 'ref: refs/heads/unborn\n' }), { name: 'unborn', source: 'local' });
    assert.deepEqual(await branch({ '.git/HEAD': 'ref: refs/heads/topic\n', '.git/refs/heads/master': 'abc\n' }), {
      name: 'master',
      source: 'local',
    });
    assert.deepEqual(
      await branch({
        '.git/HEAD': 'f00\n',
        '.git/packed-refs': '# pack-refs\nabc refs/heads/master\nabc refs/remotes/origin/trunk\n',
      }),
      { name: 'trunk', source: 'local' },
    );
    assert.deepEqual(await branch({}), { name: 'main', source: 'assumed' });
  });

  it('says what a person ought to know', async () => {
    const { notices } = await shapeOf({
      'Cargo.toml': '[workspace]\nmembers = ["sub", "here"]\n',
      'here/Cargo.toml': pkg('here', '[dependencies]\nsub = { path = "../sub" }\n'),
      'sub/Cargo.toml': pkg('sub'),
      '.gitmodules': '[submodule "sub"]\n\tpath = sub\n\turl = https://example.com/sub\n',
      '.github/workflows/ci.yaml': '',
      '.github/workflows/test.yml': '',
      '.github/workflows/rust-ci-security.yml': '',
      '.github/workflows/actions.lock': '',
      '.github/renovate.json': '{}',
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.80"\n',
      '.git/HEAD': 'ref: refs/heads/main\n',
    });
    assert.deepEqual(
      notices.map((notice) => notice.split(' ').slice(0, 2).join(' ')),
      ['sub is', 'rust-toolchain.toml pins', 'The workflows', '.github/workflows/actions.lock locks', 'Renovate is'],
    );
    assert.match(notices[2] ?? '', /: ci\.yaml\.$/);
  });

  describe('refuses', () => {
    it('broken TOML, with its place', async () => {
      const error = await refusal({ 'Cargo.toml': '\uFEFF[package]\r\nname = "a\r\nversion = "1.0.0"\r\n' });
      assert.deepEqual([error.file, error.position?.line], ['Cargo.toml', 2]);
      assert.match(error.message, /^Cargo\.toml:2:\d+: This is not valid TOML: .+\. Correct it, then try again\.$/);
    });

    it('a broken member, but not a broken stranger', async () => {
      const root = '[workspace]\nmembers = ["a"]\n';
      const error = await refusal({ 'Cargo.toml': root, 'a/Cargo.toml': '[package]\nname = 3\n' });
      assert.deepEqual([error.file, error.position], ['a/Cargo.toml', { line: 2, column: 1 }]);
      await shapeOf({ 'Cargo.toml': root, 'a/Cargo.toml': pkg('a'), 'b/Cargo.toml': '[package]\nname = 3\n' });
    });

    it('a broken crate that a lone package depends on', async () => {
      const error = await refusal({
        'Cargo.toml': pkg('main', '[dependencies]\nd = { path = "d" }\n'),
        'd/Cargo.toml': '[package\n',
      });
      assert.deepEqual([error.file, error.position?.line], ['d/Cargo.toml', 1]);
    });

    it('a member that is not there', async () => {
      const error = await refusal({
        'Cargo.toml': '[workspace]\nmembers = [\n  "here",\n  "gone",\n]\n',
        'here/Cargo.toml': pkg('here'),
      });
      assert.deepEqual([error.file, error.position], ['Cargo.toml', { line: 4, column: 3 }]);
      assert.match(error.what, /"gone" has no gone\/Cargo\.toml/);
    });

    it('a manifest of nothing, a broken configuration, a broken toolchain file', async () => {
      assert.match(
        (await refusal({ 'Cargo.toml': '[dependencies]\n' })).what,
        /neither a \[package\] nor a \[workspace\]/,
      );
      assert.equal((await refusal({ '.cargo/config.toml': 'a = ' })).file, '.cargo/config.toml');
      assert.equal((await refusal({ 'rust-toolchain.toml': '[toolchain]\nchannel = 1\n' })).position?.line, 2);
      assert.equal((await refusal({ 'Cargo.toml': '[workspace]\nmembers = "a"\n' })).position?.line, 2);
    });
  });

  it('reads each of 500 manifests once', async () => {
    const files: Record<string, string> = { 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n' };
    for (let number = 0; number < 500; number++) {
      const previous = number > 0 ? `[dependencies]\nc${number - 1} = { path = "../c${number - 1}" }\n` : '';
      files[`crates/c${number}/Cargo.toml`] = pkg(`c${number}`, previous);
      files[`crates/c${number}/src/lib.rs`] = '';
    }
    const workspace = new MemoryWorkspace(files);
    const { roots } = await detect(workspace);
    assert.equal(roots[0]?.packages.length, 500);
    const reads = [...workspace.reads].filter(([path]) => path.endsWith('Cargo.toml'));
    assert.equal(reads.length, 501);
    assert(reads.every(([, count]) => count === 1));
  });
});
