import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { DiskWorkspace } from '../../../src/cli/disk-workspace.js';
import { detect, type CargoPackage } from '../../../src/core/pipeline/project.js';

interface Metadata {
  packages: {
    name: string;
    manifest_path: string;
    version: string;
    rust_version: string | null;
    publish: string[] | null;
    targets: { name: string; kind: string[] }[];
  }[];
}

/** What both tell of a package. */
type Described = Omit<CargoPackage, 'criterion'> & { criterion: undefined };

/** What cargo makes of a folder; undefined when it refuses. */
function cargoMetadata(folder: string): Metadata | undefined {
  const args = ['metadata', '--no-deps', '--offline', '--format-version=1'];
  const { status, stdout } = spawnSync('cargo', args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Metadata) : undefined;
}

function asCargoSaysIt(root: string, { packages }: Metadata): Described[] {
  const posix = (path: string) => relative(root, path).replaceAll('\\', '/') || '.';
  return packages.map(({ name, manifest_path, version, rust_version, publish, targets }) => {
    const named = (kind: string) =>
      targets
        .filter((target) => target.kind.includes(kind))
        .map((target) => target.name)
        .sort();
    return {
      folder: posix(dirname(manifest_path)),
      name,
      version,
      rustVersion: rust_version ?? undefined,
      publish: publish === null ? 'public' : publish.length === 0 ? 'never' : publish,
      library: named('lib').length > 0,
      binaries: named('bin'),
      tests: named('test'),
      benches: named('bench'),
      criterion: undefined,
    };
  });
}

const folders = ['.', 'a', 'a/in', 'b', 'b/in', 'crates/c', 'crates/d', 'crates/d/in'];
const member = fc.constantFrom('a', 'b', 'a/*', 'b/**', 'crates/*', 'crates/?', 'crates/c', '*', 'c*/[!c]', './a/in');
const package_ = fc.record({
  isPackage: fc.boolean(),
  isWorkspace: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  members: fc.uniqueArray(member, { maxLength: 3 }),
  exclude: fc.uniqueArray(fc.constantFrom('a', 'b/in', 'crates', 'crates/d'), { maxLength: 1 }),
  inherits: fc.boolean(),
  lines: fc.subarray([
    'rust-version = "1.80"',
    'publish = false',
    'autobins = false',
    'autotests = false',
    'autobenches = false',
  ]),
  dependencies: fc.subarray(folders.slice(1), { maxLength: 2 }),
  files: fc.subarray(
    [
      'src/main.rs',
      'src/bin/x.rs',
      'src/bin/y/main.rs',
      'tests/t.rs',
      'tests/u/main.rs',
      'tests/u/v.rs',
      'benches/n.rs',
    ],
    { maxLength: 5 },
  ),
  targets: fc.subarray(['[[bin]]\nname = "z"\npath = "src/bin/x.rs"', '[[test]]\nname = "w"\npath = "src/lib.rs"']),
});
type Package = typeof package_ extends fc.Arbitrary<infer T> ? T : never;

const nameOf = (folder: string) => (folder === '.' ? 'top' : folder.replaceAll('/', '-'));

function manifestOf(folder: string, described: Package, present: readonly string[]): string {
  const { isPackage, isWorkspace, members, exclude, inherits, lines, dependencies, targets, files } = described;
  const isTop = folder === '.';
  const texts: string[] = [];
  if (isPackage || !(isTop || isWorkspace)) {
    const version = inherits && isTop ? 'version.workspace = true' : 'version = "0.1.0"';
    texts.push(`[package]\nname = "${nameOf(folder)}"\nedition = "2021"\n${[version, ...lines].join('\n')}`);
    texts.push(...targets.filter((target) => files.some((file) => target.includes(file)) || target.includes('lib.rs')));
    const toTop = (path: string) => relative(folder, path).replaceAll('\\', '/');
    const others = dependencies.filter((each) => each !== folder && present.includes(each));
    texts.push(`[dependencies]\n${others.map((each) => `${nameOf(each)} = { path = "${toTop(each)}" }`).join('\n')}`);
  }
  if (isTop || isWorkspace) {
    const own = isTop ? { members, exclude } : { members: [], exclude: [] };
    texts.push(`[workspace]\nmembers = ${JSON.stringify(own.members)}\nexclude = ${JSON.stringify(own.exclude)}`);
    if (isTop) texts.push('[workspace.package]\nversion = "2.0.0"');
  }
  return `${texts.join('\n\n')}\n`;
}

describe('detect, compared with cargo', function () {
  this.timeout(120_000);

  before(function () {
    if (spawnSync('cargo', ['--version']).status !== 0) this.skip();
  });

  it('property: finds the packages and targets that cargo finds, and nothing that cargo refuses', async () => {
    let compared = 0;
    const layout = fc.tuple(
      ...folders.map((folder) => (folder === '.' ? package_ : fc.option(package_, { nil: undefined }))),
    );
    await fc.assert(
      fc.asyncProperty(layout, async (packages) => {
        const root = realpathSync(mkdtempSync(join(tmpdir(), 'rust-ci-cargo-')));
        try {
          const present = folders.flatMap((folder, index) => {
            const described = packages[index];
            return described ? [{ folder, described }] : [];
          });
          const write = (path: string, text: string) => {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), text);
          };
          for (const { folder, described } of present) {
            write(
              `${folder}/Cargo.toml`,
              manifestOf(
                folder,
                described,
                present.map((each) => each.folder),
              ),
            );
            for (const file of ['src/lib.rs', ...described.files]) write(`${folder}/${file}`, 'fn main() {}\n');
          }
          const top = cargoMetadata(root);
          if (!top) return;
          compared++;
          const { roots } = await detect(new DiskWorkspace(root));
          for (const found of roots) {
            const expected: Metadata | undefined = found.folder === '.' ? top : cargoMetadata(join(root, found.folder));
            assert(expected, `cargo accepts ${found.folder}`);
            const plain = found.packages.map((each) => ({ ...each, criterion: undefined }));
            const order = (list: Described[]) => list.sort((a, b) => (a.folder < b.folder ? -1 : 1));
            assert.deepEqual(order(plain), order(asCargoSaysIt(root, expected)));
          }
          const known = new Set(
            roots.flatMap(({ folder, packages }) => [folder, ...packages.map((each) => each.folder)]),
          );
          for (const { folder } of present.filter((each) => !known.has(each.folder))) {
            assert.equal(cargoMetadata(join(root, folder)), undefined, `cargo refuses ${folder}, too`);
          }
        } finally {
          rmSync(root, { recursive: true });
        }
      }),
      { numRuns: Number(process.env['RUST_CI_RUNS'] ?? 15) },
    );
    assert(compared > 0, 'cargo accepted some of the workspaces');
  });
});
