import { parse } from 'smol-toml';
import type { Repository } from '../repository';

/** What a Cargo.toml declares, as far as commands name it. */
interface Manifest {
  readonly folder: string;
  readonly name: string | undefined;
  readonly rustVersion: string | undefined;
  /** `rust-version.workspace = true` */
  readonly inheritsRustVersion: boolean;
  readonly sharedRustVersion: string | undefined;
  readonly features: ReadonlySet<string>;
  readonly targets: Readonly<Record<TargetKind, ReadonlySet<string>>>;
  readonly defaultRun: string | undefined;
}

export type TargetKind = 'bin' | 'bench' | 'example' | 'test';

/** Everything that the manifests of a repository declare, taken together. */
export interface CargoProject {
  readonly packages: ReadonlySet<string>;
  /** Names in Cargo.lock, which `-p` may name too. */
  readonly locked: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
  readonly targets: Readonly<Record<TargetKind, ReadonlySet<string>>>;
  /** Every `rust-version`, without repetition. */
  readonly rustVersions: readonly string[];
  /** That of the package or workspace in the root of the repository. */
  readonly rootRustVersion: string | undefined;
}

export interface ToolchainFile {
  readonly path: string;
  readonly channel: string | undefined;
  readonly components: readonly string[];
  readonly targets: readonly string[];
}

const kinds: readonly TargetKind[] = ['bin', 'bench', 'example', 'test'];
const folders: Readonly<Record<TargetKind, string>> = {
  bin: 'src/bin',
  bench: 'benches',
  example: 'examples',
  test: 'tests',
};
const ignored = /(?:^|\/)(?:target|node_modules|vendor|\.git)\//;

const projects = new WeakMap<Repository, { readonly key: string; readonly project: CargoProject }>();

/** Undefined where the repository has no Cargo.toml, or one cannot be read: then nothing can be said to be missing. */
export function cargoProject(repository: Repository | undefined): CargoProject | undefined {
  if (repository === undefined) return undefined;
  const files = repository.list();
  const paths = files.filter((path) => /(?:^|\/)Cargo\.toml$/.test(path) && !ignored.test(path));
  if (paths.length === 0) return undefined;
  const texts = paths.map((path) => repository.read(path) ?? '');
  const key = `${files.length}\0${texts.map((text) => text.length).join()}\0${texts.join('').length}`;
  const known = projects.get(repository);
  if (known?.key === key) return known.project;
  const rust = files.filter((path) => path.endsWith('.rs') && !ignored.test(path));
  const manifests: Manifest[] = [];
  for (const path of paths) {
    const read = repository.derive(path, 'cargo', (text) => ({ manifest: readManifest(path, text, rust) }));
    if (read?.manifest === undefined) return undefined;
    manifests.push(read.manifest);
  }
  const project = together(manifests, repository);
  projects.set(repository, { key, project });
  return project;
}

function together(manifests: readonly Manifest[], repository: Repository): CargoProject {
  const shared = manifests.find(({ sharedRustVersion }) => sharedRustVersion !== undefined)?.sharedRustVersion;
  const version = (manifest: Manifest): string | undefined =>
    manifest.rustVersion ?? (manifest.inheritsRustVersion ? shared : undefined);
  const root = manifests.find(({ folder }) => folder === '');
  const union = (pick: (manifest: Manifest) => Iterable<string>): Set<string> =>
    new Set(manifests.flatMap((each) => [...pick(each)]));
  return {
    packages: union(({ name }) => (name === undefined ? [] : [name])),
    locked:
      repository.derive(
        'Cargo.lock',
        'names',
        (text) => new Set([...text.matchAll(/^name = "([^"]+)"/gm)].map((match) => match[1] ?? '')),
      ) ?? new Set(),
    features: union(({ features }) => features),
    targets: {
      bin: union(({ targets }) => targets.bin),
      bench: union(({ targets }) => targets.bench),
      example: union(({ targets }) => targets.example),
      test: union(({ targets }) => targets.test),
    },
    rustVersions: [...new Set(manifests.flatMap((manifest) => version(manifest) ?? []))],
    rootRustVersion: root === undefined ? undefined : (version(root) ?? root.sharedRustVersion),
  };
}

type Table = Readonly<Record<string, unknown>>;

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function tables(value: unknown): Table[] {
  return Array.isArray(value) ? value.map(table) : [];
}

function readManifest(path: string, content: string, rust: readonly string[]): Manifest | undefined {
  let toml: Table;
  try {
    toml = parse(content.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  const folder = path.slice(0, -'Cargo.toml'.length);
  const settings = table(toml['package']);
  const name = text(settings['name']);
  const targets = Object.fromEntries(kinds.map((kind) => [kind, targetNames(kind, toml, folder, rust)])) as Record<
    TargetKind,
    Set<string>
  >;
  if (name !== undefined && rust.includes(`${folder}src/main.rs`)) targets.bin.add(name);
  return {
    folder,
    name,
    rustVersion: text(settings['rust-version']),
    inheritsRustVersion: table(settings['rust-version'])['workspace'] === true,
    sharedRustVersion: text(table(table(toml['workspace'])['package'])['rust-version']),
    features: new Set([...Object.keys(table(toml['features'])), ...optionalDependencies(toml), 'default']),
    targets,
    defaultRun: text(settings['default-run']),
  };
}

function optionalDependencies(toml: Table): string[] {
  const places = [toml, ...Object.values(table(toml['target'])).map(table)];
  return places.flatMap((place) =>
    Object.entries({ ...table(place['dependencies']), ...table(place['build-dependencies']) })
      .filter(([, dependency]) => table(dependency)['optional'] === true)
      .map(([name]) => name),
  );
}

function targetNames(kind: TargetKind, toml: Table, folder: string, rust: readonly string[]): Set<string> {
  const names = new Set(tables(toml[kind]).flatMap((target) => text(target['name']) ?? []));
  const prefix = `${folder}${folders[kind]}/`;
  for (const path of rust) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const name = /^([^/]+)(?:\/main)?\.rs$/.exec(rest)?.[1];
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** The toolchain file in the root of the repository, which beats what a job installs. */
export function toolchainFile(repository: Repository | undefined): ToolchainFile | undefined {
  for (const path of ['rust-toolchain', 'rust-toolchain.toml']) {
    const file = repository?.derive(path, 'toolchain', (content) => readToolchainFile(path, content));
    if (file !== undefined) return file;
  }
  return undefined;
}

function readToolchainFile(path: string, content: string): ToolchainFile {
  const bare = /^\s*([\w.-]+)\s*$/.exec(content)?.[1];
  if (bare !== undefined) return { path, channel: bare, components: [], targets: [] };
  try {
    const settings = table(parse(content.replace(/^\uFEFF/, ''))['toolchain']);
    const list = (value: unknown): string[] =>
      Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    return {
      path,
      channel: text(settings['channel']),
      components: list(settings['components']),
      targets: list(settings['targets']),
    };
  } catch {
    return { path, channel: undefined, components: [], targets: [] };
  }
}
