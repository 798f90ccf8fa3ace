import { InputError } from '../scaffold/input-error.js';
import type { Workspace } from '../scaffold/workspace.js';
import { allDependencies, manifestFile, parseCargoManifest, type CargoManifest } from './cargo-manifest.js';
import { inheritedDependency } from './cargo-package.js';
import { globExpression, isGlob } from './glob.js';
import { isWithin, join } from './path.js';
import { findString } from './toml.js';

/** A workspace or a lone package, with the manifests of its packages. */
export interface FoundRoot {
  manifest: CargoManifest;
  /** Its own manifest is among them when it is a package. */
  members: CargoManifest[];
  reservation: string | undefined;
}

/**
 * Finds the folders in which cargo runs, among the folders with a Cargo.toml. What belongs to a workspace is part of it;
 * manifests that only serve tests are left out, broken or not. Throws an InputError for a manifest that cargo would
 * read and refuse.
 */
export async function findRoots(
  workspace: Workspace,
  folders: readonly string[],
  submodules: readonly string[],
): Promise<{ roots: FoundRoot[]; unreadable: string[] }> {
  const manifests = new ManifestReader(workspace, folders, submodules);
  const unreadable: string[] = [];
  const roots: FoundRoot[] = [];
  const claimed = new Set<string>();
  for (const folder of [...folders].sort(byDepth)) {
    if (claimed.has(folder) || isTestData(folder) || submodules.some((path) => isWithin(folder, path))) continue;
    const outer = roots.filter((root) => isWithin(folder, root.manifest.folder)).at(-1);
    const manifest = await readCandidate(manifests, folder, outer);
    if (!manifest) unreadable.push(manifestFile(folder));
    if (!manifest || manifest.toml.package?.workspace !== undefined) continue;
    // Cargo refuses to build a package below a workspace that neither lists nor excludes it: nobody works on it.
    if (outer?.manifest.toml.workspace && !manifest.toml.workspace && !isExcluded(folder, outer.manifest)) continue;
    const members = await manifests.members(manifest);
    for (const member of members) claimed.add(member.folder);
    roots.push({ manifest, members, reservation: reservationAbout(manifest, outer) });
  }
  return { roots, unreadable };
}

/** A manifest that may be a root; undefined for a broken one below another root, unless that root depends on it. */
async function readCandidate(manifests: ManifestReader, folder: string, outer: FoundRoot | undefined) {
  try {
    const manifest = await manifests.read(folder);
    if (!manifest || manifest.toml.package || manifest.toml.workspace) return manifest;
    throw new InputError({
      file: manifestFile(folder),
      what: 'The manifest has neither a [package] nor a [workspace].',
      advice: 'Add one of them or delete the file.',
    });
  } catch (error) {
    const isUsed = outer?.members.some((member) => pathDependencies(member, outer.manifest).includes(folder));
    if (isUsed === false && error instanceof InputError) return undefined;
    throw error;
  }
}

function reservationAbout({ folder, toml }: CargoManifest, outer: FoundRoot | undefined): string | undefined {
  const metadata = toml.package?.metadata;
  if (typeof metadata === 'object' && metadata !== null && 'cargo-fuzz' in metadata) {
    return 'fuzz targets need cargo-fuzz and a nightly toolchain';
  }
  if (folder.split('/').some((part) => /^(?:examples?|samples?|demos?)$/.test(part))) return 'it looks like an example';
  if (outer && isExcluded(folder, outer.manifest)) return `the workspace in ${outer.manifest.folder} excludes it`;
  return undefined;
}

/** Folders whose manifests are input of tests or generators. */
function isTestData(folder: string): boolean {
  const parts = folder.split('/');
  return (
    parts.some((part) => /^(?:fixtures?|test[-_]?data|snapshots?|templates?)$/.test(part)) ||
    parts.slice(0, -1).some((part) => part === 'tests' || part === 'test')
  );
}

function isExcluded(folder: string, { folder: root, toml }: CargoManifest): boolean {
  const within = (paths: readonly string[]) => paths.some((path) => isWithin(folder, join(root, path) ?? '..'));
  return within(toml.workspace?.exclude ?? []) && !within(toml.workspace?.members ?? []);
}

function byDepth(a: string, b: string): number {
  const depth = (folder: string) => (folder === '.' ? 0 : folder.split('/').length);
  return depth(a) - depth(b) || (a < b ? -1 : 1);
}

/** Reads each manifest at most once. */
class ManifestReader {
  readonly #workspace: Workspace;
  readonly #folders: readonly string[];
  readonly #submodules: readonly string[];
  readonly #read = new Map<string, Promise<CargoManifest | undefined>>();

  constructor(workspace: Workspace, folders: readonly string[], submodules: readonly string[]) {
    this.#workspace = workspace;
    this.#folders = folders;
    this.#submodules = submodules;
  }

  read(folder: string): Promise<CargoManifest | undefined> {
    let reading = this.#read.get(folder);
    if (!reading) {
      reading = this.#workspace
        .read(manifestFile(folder))
        .then((text) => (text === undefined ? undefined : parseCargoManifest(folder, text)));
      this.#read.set(folder, reading);
    }
    return reading;
  }

  /** The manifests of a workspace's packages: listed ones, the root's own, and path dependencies inside it. */
  async members(root: CargoManifest): Promise<CargoManifest[]> {
    const members = new Map<string, CargoManifest>();
    let next = root.toml.workspace ? await this.#listed(root) : [];
    if (root.toml.package) next.push(root);
    while (next.length > 0) {
      for (const manifest of next) members.set(manifest.folder, manifest);
      const linked = next.flatMap((manifest) => (root.toml.workspace ? pathDependencies(manifest, root) : []));
      const fresh = new Set(linked.filter((folder) => isWithin(folder, root.folder) && !members.has(folder)));
      const manifests = await Promise.all(
        [...fresh].filter((each) => !isExcluded(each, root)).map((each) => this.read(each)),
      );
      next = manifests.filter((manifest) => manifest !== undefined && !manifest.toml.workspace) as CargoManifest[];
    }
    return [...members.values()].sort((a, b) => byDepth(a.folder, b.folder));
  }

  async #listed(root: CargoManifest): Promise<CargoManifest[]> {
    const folders = new Set<string>();
    const required = new Map<string, string>();
    for (const pattern of root.toml.workspace?.members ?? []) {
      if (isGlob(pattern)) {
        const expression = globExpression(join(root.folder, pattern) ?? pattern);
        for (const folder of this.#folders) {
          if (expression.test(folder) && !isExcluded(folder, root)) folders.add(folder);
        }
        continue;
      }
      const folder = join(root.folder, pattern);
      if (folder === undefined) continue;
      folders.add(folder);
      required.set(folder, pattern);
    }
    folders.delete(root.folder);
    const read = await Promise.all(
      [...folders].map(async (folder) => {
        const manifest = await this.read(folder);
        const pattern = required.get(folder);
        if (manifest || pattern === undefined || this.#submodules.some((path) => isWithin(folder, path)))
          return manifest;
        throw missingMember(root, folder, pattern);
      }),
    );
    return read.filter((manifest) => manifest !== undefined);
  }
}

function missingMember(root: CargoManifest, folder: string, pattern: string): InputError {
  return new InputError({
    file: manifestFile(root.folder),
    position: findString(root.text, pattern),
    what: `The workspace member "${pattern}" has no ${manifestFile(folder)}.`,
    advice: 'Create the package or take it out of the members.',
  });
}

/** Folders of the repository that a package depends on by path, directly or through its workspace. */
function pathDependencies(manifest: CargoManifest, root: CargoManifest): string[] {
  return allDependencies(manifest).flatMap(([name, dependency]) => {
    const declared = inheritedDependency(name, dependency, root);
    if (typeof declared !== 'object' || declared.path === undefined) return [];
    const base = declared === dependency ? manifest.folder : root.folder;
    return join(base, declared.path) ?? [];
  });
}
