import type { CargoPackage } from '../pipeline/project.js';

/** What release.yml would do, without doing it. */
export interface Rehearsal {
  readonly ref: string;
  readonly environment: 'staging' | 'production';
  /** The tag that would be released; null where it would stop. */
  readonly tag: string | null;
  readonly prerelease: boolean;
  readonly problem: RehearsalProblem | null;
}

export type RehearsalProblem =
  | { readonly kind: 'noVersion' }
  /** The packages have several versions: the branch must name one. */
  | { readonly kind: 'severalVersions'; readonly versions: readonly string[] }
  /** It was released already: a version is released once. */
  | { readonly kind: 'tagExists' }
  /** The version is none that a tag like v1.2.3 can name. */
  | { readonly kind: 'prereleaseVersion'; readonly version: string };

/** The packages whose version is that of a release, as release.sh chooses them: at a root, else with a binary, else all. */
export function leadingPackages<T extends Pick<CargoPackage, 'folder' | 'name' | 'binaries'>>(
  roots: readonly { readonly folder: string; readonly packages: readonly T[] }[],
): readonly T[] {
  const all = roots.flatMap(({ packages }) => packages);
  const top = roots.flatMap(({ folder, packages }) => packages.filter((one) => one.folder === folder));
  if (top.length > 0) return top;
  const programs = all.filter(({ name, binaries }) => name !== 'xtask' && binaries.length > 0);
  return programs.length > 0 ? programs : all;
}

/**
 * Plays a push to `release-*` and a tag `v*` through, as release.sh would decide.
 * @param packages those at the root of the workspaces, or all
 * @param tags that GitHub has
 */
export function rehearse(
  packages: readonly Pick<CargoPackage, 'version'>[],
  tags: readonly string[],
): readonly Rehearsal[] {
  const versions = [...new Set(packages.flatMap(({ version }) => version ?? []))].sort();
  const [version] = versions;
  const staging = { environment: 'staging' as const, prerelease: true };
  const production = { environment: 'production' as const, prerelease: false };
  if (version === undefined) {
    const problem: RehearsalProblem = { kind: 'noVersion' };
    return [
      { ref: 'release-*', ...staging, tag: null, problem },
      { ref: 'v*', ...production, tag: null, problem },
    ];
  }
  const several: RehearsalProblem | null = versions.length > 1 ? { kind: 'severalVersions', versions } : null;
  const plain = /^\d+\.\d+\.\d+$/.test(version);
  const tag = `v${version}`;
  const problem: RehearsalProblem | null = !plain
    ? { kind: 'prereleaseVersion', version }
    : tags.includes(tag)
      ? { kind: 'tagExists' }
      : null;
  return [
    { ref: `release-${version}`, ...staging, tag: plain ? `${tag}-rc.N` : `${tag}.N`, problem: several },
    { ref: tag, ...production, tag: problem ? null : tag, problem },
  ];
}
