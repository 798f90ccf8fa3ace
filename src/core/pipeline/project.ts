import * as v from 'valibot';
import type { Workspace } from '../scaffold/workspace.js';
import { allDependencies } from './cargo-manifest.js';
import { describePackage } from './cargo-package.js';
import { findRoots, type FoundRoot } from './cargo-roots.js';
import { indexTargetFiles, targetPatterns, type TargetFiles } from './cargo-targets.js';
import { readCargoConfig } from './cargo-config.js';
import { defaultBranch } from './git.js';
import { noticesAbout } from './notices.js';
import { basename, dirname, join } from './path.js';
import { optionsSchema } from './options.js';
import { readToolchain } from './toolchain.js';

/** What is known of a repository before anything is asked. Paths are POSIX, relative to the repository. */
export interface ProjectShape {
  /** Cargo workspaces and lone packages that somebody may want checked, outermost first. */
  roots: CargoRoot[];
  dockerfiles: string[];
  /** Files in `.github/workflows`, ours or not. */
  workflows: string[];
  defaultBranch: DefaultBranch;
  /** Private Cargo registries, by name. */
  registries: string[];
  /** `rust-toolchain.toml` or `rust-toolchain` at the root. */
  toolchain: { path: string; channel: string | undefined } | undefined;
  /** The target that `.cargo/config.toml` builds for by default, e.g. `thumbv7em-none-eabihf`. */
  buildTarget: string | undefined;
  /** Whether `.config/nextest.toml` exists. */
  nextest: boolean;
  /** What a person ought to know before the pipeline is written, one sentence each. */
  notices: string[];
}

export interface DefaultBranch {
  name: string;
  /** `remote`: what origin calls its default; `local`: guessed from local branches; `assumed`: git says nothing. */
  source: 'remote' | 'local' | 'assumed';
}

/** A folder in which cargo runs: a workspace or a package of its own. */
export interface CargoRoot {
  /** `.` for the repository itself. */
  folder: string;
  kind: 'workspace' | 'package';
  packages: CargoPackage[];
  lockfile: boolean;
  /** Whether the pipeline should check it unless told otherwise. */
  recommended: boolean;
  /** Why it is not recommended; undefined when it is. */
  reservation: string | undefined;
}

/** A package with what it inherits from its workspace resolved. */
export interface CargoPackage {
  folder: string;
  name: string;
  version: string | undefined;
  rustVersion: string | undefined;
  /** Whether `cargo publish` accepts it: to the public registry, to these private ones, or not at all. */
  publish: 'public' | 'never' | string[];
  library: boolean;
  /** Names of targets. Targets that cargo finds by itself are included. */
  binaries: string[];
  tests: string[];
  benches: string[];
  /** Whether it depends on Criterion. */
  criterion: boolean;
}

const containerPatterns = ['Dockerfile', 'Dockerfile.*', '*.Dockerfile', 'Containerfile'];

/**
 * Reads what the repository is. Works on an empty one, too. Throws an InputError when a file that cargo reads is broken.
 */
export async function detect(workspace: Workspace): Promise<ProjectShape> {
  const [found, submodules, workflows, branch, toolchain, renovate, nextest] = await Promise.all([
    workspace.find(['Cargo.toml', ...targetPatterns, ...containerPatterns]),
    readSubmodules(workspace),
    workspace.list('.github/workflows'),
    defaultBranch(workspace),
    readToolchain(workspace),
    usesRenovate(workspace),
    workspace.kind('.config/nextest.toml'),
  ]);
  const { roots, unreadable } = await findRoots(
    workspace,
    found.filter((path) => basename(path) === 'Cargo.toml').map(dirname),
    submodules,
  );
  const config = await readCargoConfig(workspace, ['.', ...roots.map(({ manifest }) => manifest.folder)]);
  const files = indexTargetFiles(found.filter((path) => path.endsWith('.rs')));
  const shape: ProjectShape = {
    roots: await Promise.all(roots.map((root) => describeRoot(workspace, root, files))),
    dockerfiles: found.filter((path) => isContainerFile(basename(path))).sort(),
    workflows: workflows
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `.github/workflows/${name}`)
      .sort(),
    defaultBranch: branch,
    registries: [...new Set([...config.registries, ...roots.flatMap(registriesOf)])].sort(),
    toolchain,
    buildTarget: config.buildTarget,
    nextest: nextest === 'file',
    notices: [],
  };
  const locked = workflows.includes('actions.lock');
  return { ...shape, notices: noticesAbout(shape, { unreadable, submodules, locked, renovate }) };
}

function isContainerFile(name: string): boolean {
  return /^(?:Dockerfile|Dockerfile\..+|.+\.Dockerfile|Containerfile)$/.test(name);
}

async function describeRoot(workspace: Workspace, root: FoundRoot, files: TargetFiles): Promise<CargoRoot> {
  const { manifest, members } = root;
  const { folder } = manifest;
  const fits = v.is(optionsSchema.entries.roots.item, folder);
  const reservation = fits ? root.reservation : 'a folder of the pipeline may only have letters, digits and . _ + @ -';
  const lockfile = join(folder, 'Cargo.lock');
  return {
    folder,
    kind: manifest.toml.workspace ? 'workspace' : 'package',
    packages: members.flatMap((member) => describePackage(member, manifest, files) ?? []),
    lockfile: lockfile !== undefined && (await workspace.kind(lockfile)) === 'file',
    recommended: reservation === undefined,
    reservation,
  };
}

/** The private registries that a root's packages take from or publish to. */
function registriesOf({ manifest, members }: FoundRoot): string[] {
  const shared = Object.entries(manifest.toml.workspace?.dependencies ?? {});
  const used = [...shared, ...members.flatMap(allDependencies)].flatMap(([, dependency]) =>
    typeof dependency === 'object' ? (dependency.registry ?? []) : [],
  );
  const published = [manifest.toml.workspace?.package.publish, ...members.map(({ toml }) => toml.package?.publish)];
  const names = [...used, ...published.flatMap((publish) => (Array.isArray(publish) ? publish : []))];
  return names.filter((name) => name !== 'crates-io');
}

async function readSubmodules(workspace: Workspace): Promise<string[]> {
  const text = await workspace.read('.gitmodules');
  return [...(text ?? '').matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].flatMap(([, path]) => join('.', path ?? '') ?? []);
}

async function usesRenovate(workspace: Workspace): Promise<boolean> {
  const files = ['renovate.json', 'renovate.json5', '.renovaterc', '.renovaterc.json', '.github/renovate.json'];
  const kinds = await Promise.all([...files, '.github/renovate.json5'].map((path) => workspace.kind(path)));
  return kinds.includes('file');
}
