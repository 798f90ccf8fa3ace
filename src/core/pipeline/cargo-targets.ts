import type { CargoManifest, Target } from './cargo-manifest.js';

/** Files by which cargo finds targets without being told, as patterns for `Workspace.find`. */
export const targetPatterns = ['src/lib.rs', 'main.rs', 'bin/*.rs', 'tests/*.rs', 'benches/*.rs'];

const places =
  /^(?:(?<folder>.*)\/)?(?<path>src\/(?<single>lib|main)\.rs|(?<kind>src\/bin|tests|benches)\/(?<name>[^/]+?)(?:\/main)?\.rs)$/;

type Kind = 'lib' | 'main' | 'src/bin' | 'tests' | 'benches';
interface Found {
  kind: Kind;
  name: string;
  path: string;
}
/** Target files by the folder that would be their package. */
export type TargetFiles = ReadonlyMap<string, readonly Found[]>;

/** Sorts files by package folder. Files that no package claims are never looked up. */
export function indexTargetFiles(paths: readonly string[]): TargetFiles {
  const index = new Map<string, Found[]>();
  for (const file of paths) {
    const groups = places.exec(file)?.groups;
    if (!groups) continue;
    const { folder = '.', path = '', single, kind, name = '' } = groups;
    const found = index.get(folder) ?? [];
    found.push({ kind: (single ?? kind) as Kind, name, path });
    index.set(folder, found);
  }
  return index;
}

export interface Targets {
  library: boolean;
  binaries: string[];
  tests: string[];
  benches: string[];
}

/** The targets of a package: the declared ones and those that cargo finds by itself. */
export function targetsOf({ folder, toml }: CargoManifest, files: TargetFiles): Targets {
  const found = files.get(folder) ?? [];
  const settings = toml.package;
  const names = (declared: readonly Target[], kind: Kind, automatic: boolean): string[] => {
    const claimed = new Set(declared.map((target) => target.path));
    const discovered = automatic ? found.filter((file) => file.kind === kind && !claimed.has(file.path)) : [];
    return [...new Set([...declared.flatMap(({ name }) => name ?? []), ...discovered.map(({ name }) => name)])].sort();
  };
  const main = found.some(({ kind }) => kind === 'main') && settings?.autobins !== false;
  const mainIsDeclared = toml.bin.some(({ path, name }) => path === 'src/main.rs' || name === settings?.name);
  const binaries = names(toml.bin, 'src/bin', settings?.autobins ?? true);
  return {
    library: toml.lib !== undefined || (found.some(({ kind }) => kind === 'lib') && settings?.autolib !== false),
    binaries: main && !mainIsDeclared && settings ? [...new Set([settings.name, ...binaries])].sort() : binaries,
    tests: names(toml.test, 'tests', settings?.autotests ?? true),
    benches: names(toml.bench, 'benches', settings?.autobenches ?? true),
  };
}
