import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { templates } from '../../../src/core/scaffold/templates.js';
import { folderWith, put, removeFolders, run, snapshot, type Result } from './command-line.js';

const crate = { 'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': '' };
const testYml = '.github/workflows/test.yml';
const manifestJson = '.github/rust-ci.json';
const windows = process.platform === 'win32';

interface Json {
  status: string;
  dryRun: boolean;
  options: { defaultBranch: string; roots: string[]; coverage: { threshold: number } };
  notices: string[];
  files: { path: string; action: string; reason: string }[];
  error?: { file?: string; line?: number; column?: number; message: string };
}
const json = ({ out }: Result) => JSON.parse(out) as Json;
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
const text = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
const edit = (folder: string, path: string, change: (text: string) => string) => {
  const [before, after] = [text(folder, path), change(text(folder, path))];
  assert.notEqual(before, after, 'the edit changes something');
  writeFileSync(join(folder, path), after);
};
const actions = (result: Result) =>
  Object.fromEntries(
    json(result).files.flatMap(({ path, action }) => (action === 'unchanged' ? [] : [[path, action]])),
  );

/** Runs, expects a refusal that changes nothing, and gives the message. */
function refused(folder: string, args: string[], options = {}): string {
  const before = snapshot(folder);
  const result = run(folder, args, options);
  assert.equal(result.code, 1, result.out + result.err);
  assert.deepEqual(snapshot(folder), before, 'nothing changed');
  return result.err;
}

describe('rust-ci', function () {
  this.timeout(30_000);
  after(removeFolders);

  it('explains itself', () => {
    const folder = folderWith();
    assert.deepEqual(run(folder, ['--version']), { code: 0, out: `${version}\n`, err: '' });
    for (const args of [['--help'], ['scaffold', '--help'], ['update', '-h']]) {
      const { code, out } = run(folder, args);
      assert.equal(code, 0);
      assert.match(out, /usage: rust-ci/);
    }
  });

  it('refuses wrong usage with 2', () => {
    const folder = folderWith(crate);
    const wrong = [
      [],
      ['paint'],
      ['scaffold', '--colour'],
      ['scaffold', 'a', 'b'],
      ['scaffold', '--force-foreign=eat'],
      ['update', '--options'],
    ];
    for (const args of wrong) {
      const { code, out, err } = run(folder, args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, /rust-ci/);
    }
    assert.deepEqual(Object.keys(snapshot(folder)), ['Cargo.toml', 'src/lib.rs']);
  });
});

describe('rust-ci scaffold', function () {
  this.timeout(60_000);
  after(removeFolders);

  it('writes the pipeline once', () => {
    const folder = folderWith(crate);
    const { code, out, err } = run(folder, ['scaffold']);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^new +\.github\/workflows\/test\.yml$/m);
    const written = snapshot(folder);
    for (const path of templates.keys()) {
      if (path.startsWith('.github/workflows/')) assert(path in written, path);
    }
    assert.doesNotMatch(written[testYml] ?? '', /rust-ci:(?:if|end|each|value)/);
    const again = run(folder, ['scaffold']);
    assert.deepEqual([again.code, again.out.split('\n').at(-2)], [0, 'Nothing to do: the pipeline is up to date.']);
    assert.deepEqual(snapshot(folder), written);
  });

  it('makes scripts executable and nothing else', function () {
    if (windows) this.skip();
    const folder = folderWith();
    run(folder, ['scaffold']);
    assert.notEqual(statSync(join(folder, '.github/rust-ci/detect.sh')).mode & 0o100, 0);
    assert.equal(statSync(join(folder, testYml)).mode & 0o111, 0);
  });

  it('shows a patch that git applies to the same result', () => {
    const [shown, written] = [folderWith(crate), folderWith(crate)];
    git(shown, 'init', '--quiet', '--initial-branch=trunk');
    git(written, 'init', '--quiet', '--initial-branch=trunk');
    const before = snapshot(shown);
    const { code, out, err } = run(shown, ['scaffold', '--dry-run']);
    assert.equal(code, 0);
    assert.match(err, /files would change\./);
    assert.deepEqual(snapshot(shown), before);
    put(shown, 'scaffold.patch', out);
    git(shown, 'apply', 'scaffold.patch');
    rmSync(join(shown, 'scaffold.patch'));
    run(written, ['scaffold']);
    assert.deepEqual(snapshot(shown), snapshot(written));
    if (!windows) assert.notEqual(statSync(join(shown, '.github/rust-ci/detect.sh')).mode & 0o100, 0);
    assert.match(text(shown, testYml), /- trunk/);

    edit(shown, testYml, (old) => `${old}# mine\n`);
    git(shown, 'add', '.');
    git(shown, 'commit', '--quiet', '-m', 'all');
    const options = folderWith({ 'options.json': '{"workflows": ["test"], "coverage": {"threshold": 55}}' });
    const args = ['--options', join(options, 'options.json')];
    put(shown, 'update.patch', run(shown, ['update', '--dry-run', ...args]).out);
    git(shown, 'apply', 'update.patch');
    rmSync(join(shown, 'update.patch'));
    const applied = snapshot(shown);
    git(shown, 'reset', '--quiet', '--hard');
    assert.equal(run(shown, ['update', ...args]).code, 0);
    assert.deepEqual(snapshot(shown), applied);
    assert.match(text(shown, testYml), /THRESHOLD: 55\n[^]*# mine\n$/);
  });

  it('speaks JSON', () => {
    const folder = folderWith(crate);
    const dry = run(folder, ['scaffold', '--dry-run', '--json']);
    assert.deepEqual([dry.code, dry.err, json(dry).status, json(dry).dryRun], [0, '', 'changed', true]);
    assert(json(dry).files.every(({ action, path }) => action === 'create' && !path.includes('\\')));
    assert.equal(json(run(folder, ['scaffold', '--json'])).status, 'changed');
    assert.equal(json(run(folder, ['scaffold', '--json'])).status, 'unchanged');
    const broken = run(folderWith({ 'Cargo.toml': '[package\n' }), ['scaffold', '--json']);
    assert.deepEqual([broken.code, json(broken).status, json(broken).error?.line], [1, 'error', 1]);
  });

  it('takes the branch from git: unborn, from the remote, of a linked worktree, or none', () => {
    const branch = (folder: string) => json(run(folder, ['scaffold', '--dry-run', '--json'])).options.defaultBranch;
    const folder = folderWith(crate);
    assert.equal(branch(folder), 'main');
    git(folder, 'init', '--quiet', '--initial-branch=unborn');
    assert.equal(branch(folder), 'unborn');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'first');
    const linked = join(folderWith(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked, '-b', 'topic');
    git(folder, 'branch', '--quiet', '-m', 'unborn', 'master');
    assert.equal(branch(linked), 'master');
    git(folder, 'pack-refs', '--all');
    assert.equal(branch(linked), 'master');
    const clone = join(folderWith(), 'clone');
    git(folder, 'clone', '--quiet', folder, clone);
    git(clone, 'checkout', '--quiet', '-b', 'other');
    assert.equal(branch(clone), 'master');
  });

  it('finds crates in subfolders, but not in repositories inside the repository', () => {
    const folder = folderWith({
      'backend/Cargo.toml': crate['Cargo.toml'],
      'other/Cargo.toml': crate['Cargo.toml'],
      'other/.git': 'gitdir: ../x\n',
    });
    assert.deepEqual(json(run(folder, ['scaffold', '--dry-run', '--json'])).options.roots, ['backend']);
  });

  it('takes options from a file', () => {
    const folder = folderWith({ ...crate, 'options.json': '{"coverage": {"threshold": 66}, "workflows": ["test"]}' });
    assert.equal(run(folder, ['scaffold', '--options', 'options.json']).code, 0);
    assert.match(text(folder, testYml), /THRESHOLD: 66\n/);
    assert(!('.github/workflows/security.yml' in snapshot(folder)));
    const updated = json(run(folder, ['update', '--json']));
    assert.deepEqual([updated.status, updated.options.coverage.threshold], ['unchanged', 66]);
  });

  it('keeps CRLF and byte order marks of files that it updates', () => {
    const folder = folderWith(crate);
    run(folder, ['scaffold']);
    edit(folder, testYml, (old) => `\uFEFF${old}# mine\n`.replaceAll('\n', '\r\n'));
    put(folder, 'o.json', '{"coverage": {"threshold": 66}}');
    const result = run(folder, ['scaffold', '--json', '--options', 'o.json']);
    assert.equal(actions(result)[testYml], 'merge');
    assert.match(text(folder, testYml), /^\uFEFF#[^]*THRESHOLD: 66\r\n[^]*# mine\r\n$/);
    assert.doesNotMatch(text(folder, testYml), /[^\r]\n/);
  });

  it('keeps the mode of files that it updates, and writes through links inside the repository', function () {
    if (windows) this.skip();
    const folder = folderWith({ ...crate, 'o.json': '{"coverage": {"threshold": 66}}' });
    run(folder, ['scaffold']);
    const real = join(folder, 'ci/real.yml');
    put(folder, 'ci/real.yml', text(folder, testYml));
    rmSync(join(folder, testYml));
    symlinkSync('../../ci/real.yml', join(folder, testYml));
    chmodSync(real, 0o640);
    assert.equal(run(folder, ['scaffold', '--options', 'o.json']).code, 0);
    assert.match(readFileSync(real, 'utf8'), /THRESHOLD: 66\n/);
    assert.equal(statSync(real).mode & 0o777, 0o640);
  });

  describe('with a workflow of the same name', () => {
    const own = { ...crate, [testYml]: 'name: mine\non: push\n' };

    it('writes nothing without a decision', () => {
      const folder = folderWith(own);
      const message = refused(folder, ['scaffold']);
      assert.match(message, /not ours +\.github\/workflows\/test\.yml/);
      assert.match(message, /Nothing was written: 1 file waits for a decision\.\n +Choose with --force-foreign=keep/);
      const result = run(folder, ['scaffold', '--json']);
      assert.deepEqual([result.code, json(result).status], [1, 'undecided']);
    });

    it('takes every decision', () => {
      for (const choice of ['keep', 'replace', 'rename']) {
        const folder = folderWith(own);
        assert.equal(run(folder, ['scaffold', `--force-foreign=${choice}`]).code, 0);
        assert.equal(text(folder, testYml) === own[testYml], choice !== 'replace');
        assert.equal('.github/workflows/rust-ci-test.yml' in snapshot(folder), choice === 'rename');
        assert.equal(json(run(folder, ['update', '--json'])).status, 'unchanged', `${choice} is remembered`);
      }
      const forced = folderWith(own);
      assert.equal(run(forced, ['scaffold', '--force']).code, 0);
      assert.notEqual(text(forced, testYml), own[testYml]);
    });
  });

  describe('refuses', () => {
    it('a folder that does not exist, and one below the top of a repository', () => {
      const folder = folderWith({ 'sub/Cargo.toml': crate['Cargo.toml'] });
      assert.match(refused(folder, ['scaffold', 'gone']), /gone: There is no such folder/);
      git(folder, 'init', '--quiet');
      assert.match(refused(folder, ['scaffold', 'sub']), /sub: The folder lies inside the git repository/);
    });

    it('a broken Cargo.toml, with its place', () => {
      const folder = folderWith({ 'Cargo.toml': '[package]\nname = "demo\n' });
      assert.match(refused(folder, ['scaffold']), /^error: Cargo\.toml:2:\d+: This is not valid TOML/);
    });

    it('a manifest that is broken or newer, and broken options', () => {
      const folder = folderWith({
        ...crate,
        [manifestJson]: '{\n"schema": 2 }',
        'o.json': '{\n"roots": 1 }',
        'bad.json': '\xff',
      });
      assert.match(refused(folder, ['scaffold']), /rust-ci\.json:2:1: The pipeline was written by a newer version/);
      rmSync(join(folder, manifestJson));
      assert.match(refused(folder, ['scaffold', '--options', 'o.json']), /^error: o\.json:2:1: "roots" is not valid/);
      assert.match(
        refused(folder, ['scaffold', '--options', 'gone.json']),
        /gone\.json: The options file cannot be read/,
      );
    });

    it('files that are not UTF-8', () => {
      const folder = folderWith(crate);
      mkdirSync(join(folder, '.github/workflows'), { recursive: true });
      writeFileSync(join(folder, testYml), Buffer.from([0xff, 0xfe, 0x61, 0x00]));
      assert.match(refused(folder, ['scaffold']), /test\.yml: The file is not UTF-8 text/);
    });

    it('folders that are files and links that lead out', function () {
      assert.match(
        refused(folderWith({ '.github/workflows': '' }), ['scaffold']),
        /\.github\/workflows: This is a file/,
      );
      if (windows) this.skip();
      const outside = folderWith();
      const folder = folderWith(crate);
      symlinkSync(outside, join(folder, '.github'));
      assert.match(refused(folder, ['scaffold']), /\.github: This is a symbolic link that leads out/);
      assert.deepEqual(snapshot(outside), {});
      const dangling = folderWith(crate);
      mkdirSync(join(dangling, '.github/workflows'), { recursive: true });
      symlinkSync('../../../nowhere.yml', join(dangling, testYml));
      const { code, err } = run(dangling, ['scaffold']);
      assert.equal(code, 1);
      assert.match(err, /test\.yml: This is a symbolic link/);
    });

    it('read-only folders and files, without a trace', function () {
      if (windows) this.skip();
      const folder = folderWith(crate);
      chmodSync(folder, 0o555);
      assert.match(
        refused(folder, ['scaffold'], { asNobody: true }),
        /\.github\/.+: The file cannot be written \(permission denied\), so nothing was changed/,
      );
      chmodSync(folder, 0o777);
      assert.equal(run(folder, ['scaffold'], { asNobody: true }).code, 0);
      put(folder, 'o.json', '{"coverage": {"threshold": 66}, "workflows": ["test"]}');
      const args = ['update', '--options', 'o.json'];
      const options = { asNobody: true };
      chmodSync(join(folder, testYml), 0o444);
      assert.match(refused(folder, args, options), /test\.yml: The file cannot be written \(permission denied\)/);
      chmodSync(join(folder, testYml), 0o644);
      chmodSync(join(folder, '.github/workflows'), 0o555);
      assert.match(refused(folder, args, options), /\.github\/workflows\/.*\.yml: The file cannot be written/);
      chmodSync(join(folder, '.github/workflows'), 0o755);
      assert.equal(run(folder, args, options).code, 0);
    });
  });

  it('plans 500 crates', () => {
    const files: Record<string, string> = { 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n' };
    for (let number = 0; number < 500; number++) {
      files[`crates/c${number}/Cargo.toml`] = `[package]\nname = "c${number}"\nversion = "0.1.0"\n`;
      files[`crates/c${number}/src/lib.rs`] = '';
    }
    const { code, out } = run(folderWith(files), ['scaffold', '--dry-run', '--json']);
    assert.equal(code, 0);
    assert.deepEqual((JSON.parse(out) as Json).options.roots, ['.']);
  });
});

describe('rust-ci update', function () {
  this.timeout(30_000);
  after(removeFolders);

  it('needs a pipeline', () => {
    assert.match(refused(folderWith(crate), ['update']), /There is no pipeline in \.: .*Run rust-ci scaffold \./);
  });

  it('leaves deleted files deleted until --restore', () => {
    const folder = folderWith(crate);
    run(folder, ['scaffold']);
    const written = snapshot(folder);
    rmSync(join(folder, testYml));
    assert.deepEqual(actions(run(folder, ['update', '--json'])), { [testYml]: 'deleted' });
    assert.deepEqual(actions(run(folder, ['update', '--restore', '--json'])), { [testYml]: 'create' });
    assert.deepEqual(snapshot(folder), written);
  });

  it('stops at conflicts and takes every decision', () => {
    const edited = () => {
      const folder = folderWith({ ...crate, 'o.json': '{"coverage": {"threshold": 66}}' });
      run(folder, ['scaffold']);
      edit(folder, testYml, (old) => old.replace('THRESHOLD: 80', 'THRESHOLD: 90'));
      return folder;
    };
    const message = refused(edited(), ['update', '--options', 'o.json']);
    assert.match(
      message,
      /conflict +\.github\/workflows\/test\.yml {2}\(You and the template changed the same lines in 1 place\)/,
    );
    const results: [flag: string, expected: RegExp][] = [
      ['--force-conflicts=yours', /THRESHOLD: 90\n/],
      ['--force-conflicts=theirs', /THRESHOLD: 66\n/],
      ['--force', /THRESHOLD: 66\n/],
      [
        '--force-conflicts=markers',
        /<<<<<<< yours\n +THRESHOLD: 90\n\|{7} as it was generated\n +THRESHOLD: 80\n=======\n +THRESHOLD: 66\n>>>>>>> template\n/,
      ],
    ];
    for (const [flag, expected] of results) {
      const folder = edited();
      assert.equal(run(folder, ['update', '--options', 'o.json', flag]).code, 0);
      assert.match(text(folder, testYml), expected);
    }
  });
});
