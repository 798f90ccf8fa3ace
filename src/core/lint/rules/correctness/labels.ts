/** Labels of GitHub's own runners. Source: actions/runner-images, August 2026, and GitHub's reference of larger runners. */
const hosted = new Set(
  (
    'ubuntu-latest ubuntu-slim ubuntu-26.04 ubuntu-26.04-arm ubuntu-24.04 ubuntu-24.04-arm ubuntu-22.04 ubuntu-22.04-arm ' +
    'ubuntu-latest-4-cores ubuntu-latest-8-cores ubuntu-latest-16-cores ubuntu-latest-32-cores ubuntu-latest-64-cores ' +
    'windows-latest windows-2025 windows-2025-vs2026 windows-2022 windows-11-arm windows-11-vs2026-arm windows-latest-8-cores ' +
    'macos-latest macos-latest-large macos-latest-xlarge macos-26 macos-26-intel macos-26-large macos-26-xlarge ' +
    'macos-15 macos-15-intel macos-15-large macos-15-xlarge macos-14 macos-14-large macos-14-xlarge macos-14-intel'
  ).split(' '),
);

/** Labels that runners of one's own have by themselves. */
const selfHosted = new Set(['self-hosted', 'linux', 'macos', 'windows', 'x64', 'arm', 'arm64', 'x86']);

/** Removed images, and what took their place. */
const removed = new Map([
  ['ubuntu-20.04', 'ubuntu-24.04'],
  ['ubuntu-18.04', 'ubuntu-24.04'],
  ['ubuntu-16.04', 'ubuntu-24.04'],
  ['windows-2019', 'windows-2025'],
  ['windows-2016', 'windows-2025'],
  ['macos-13', 'macos-15-intel'],
  ['macos-13-large', 'macos-15-large'],
  ['macos-13-xlarge', 'macos-15-xlarge'],
  ['macos-12', 'macos-15-intel'],
  ['macos-12-large', 'macos-15-large'],
  ['macos-11', 'macos-15-intel'],
  ['macos-10.15', 'macos-15-intel'],
]);

/** Hosts of runners for GitHub Actions, whose labels say which machine is wanted. */
const vendors =
  /^(?:blacksmith-|depot-|namespace-profile-|nscloud-|warp-|buildjet-|ubicloud|runs-on[=/]|cirun-|actuated-|codspeed-|gha-|gpu-|spot|latitude-|oracle-|mac-m\d|linux-|windows-\d+-core|ghcr|shipfox-|tenki-|useblacksmith|avx|runner[-_])/i;

export type LabelVerdict =
  { readonly kind: 'known' | 'unknown' } | { readonly kind: 'removed'; readonly instead: string };

/** @param own labels of the repository's own runners, from `.github/actionlint.yaml` */
export function judgeLabel(label: string, own: readonly RegExp[]): LabelVerdict {
  const name = label.toLowerCase();
  if (own.some((pattern) => pattern.test(label))) return { kind: 'known' };
  const instead = removed.get(name);
  if (instead !== undefined) return { kind: 'removed', instead };
  return { kind: hosted.has(name) || selfHosted.has(name) || vendors.test(label) ? 'known' : 'unknown' };
}

/** The operating system of GitHub's own runner; undefined for labels that say nothing of it. */
export function systemOf(label: string): 'linux' | 'macos' | 'windows' | undefined {
  const name = label.toLowerCase();
  if (/^(?:ubuntu-|linux$)/.test(name)) return 'linux';
  if (/^macos(?:-|$)/.test(name)) return 'macos';
  return /^windows(?:-|$)/.test(name) ? 'windows' : undefined;
}

/** Everything that could have been meant. */
export const hostedLabels: ReadonlySet<string> = hosted;

/** Labels of GitHub's own images, of which a job can have only one kind. */
export function imageOf(label: string): string | undefined {
  const name = label.toLowerCase();
  if (!hosted.has(name) && !removed.has(name)) return undefined;
  return name;
}
