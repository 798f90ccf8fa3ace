import type { ImageVersion, Release } from '../actions/delivery.js';
import type { Milliseconds } from '../actions/run.js';
import { commitOf, liveTag, platformsOf, releaseOf, versionOf } from './facts.js';
import type { GatesOf, RollbackFacts } from './facts.js';
import { liveImage, productionDeployment } from './live.js';
import { movesOf } from './moves.js';
import type { Move } from './moves.js';
import { compareVersions, isPrerelease, versionIn } from './version.js';

/** Why a version should not be live again. */
export interface KnownBad {
  readonly reason: string;
  readonly by: string | null;
  readonly at: Milliseconds;
}

/** A version that could become live. */
export interface Candidate {
  /** Of the image; null when the image is gone: then there is only the release. */
  readonly digest: string | null;
  readonly version: string | null;
  readonly tags: readonly string[];
  readonly createdAt: Milliseconds;
  readonly release: Release | null;
  readonly commit: string | null;
  /** Whether it ever was live; null where the records do not reach. */
  readonly wasLive: boolean | null;
  readonly gates: GatesOf;
  /** For example `linux/amd64`; null where they are not known. */
  readonly platforms: readonly string[] | null;
  readonly bad: KnownBad | null;
  /** Newer than what is live: then it is no rollback but a roll forward. */
  readonly newer: boolean;
  readonly prerelease: boolean;
}

/** A candidate whose image is there. */
export type Usable = Candidate & { readonly digest: string };

export const isUsable = (candidate: Candidate): candidate is Usable => candidate.digest !== null;

/** Everything but what is live, newest first; releases whose image is gone are among them, so that nobody looks for them. */
export function candidatesOf(facts: RollbackFacts): Candidate[] {
  const live = liveImage(facts);
  const moves = movesOf(facts.delivered);
  const images = facts.images.filter(
    ({ digest, tags }) =>
      digest !== live?.image.digest &&
      // What has no tag of its own is mostly a part of another image, such as one of its platforms.
      (tags.some((tag) => tag !== liveTag) ||
        moves.some((move) => move.digest === digest || move.from?.digest === digest)),
  );
  const found = images.map((image) => candidate(image, facts, moves, live?.image ?? null));
  const versions = new Set([live?.version, ...found.map(({ version }) => version)]);
  const gone = (facts.releases ?? []).filter(({ tag, draft }) => {
    const version = versionIn(tag);
    return !draft && version !== null && !versions.has(version);
  });
  return [...found, ...gone.map((release) => withoutImage(release, live?.image ?? null))].sort(newestFirst);
}

/** What most people want: the newest earlier release that is not known as bad; null when there is none. */
export function suggested(candidates: readonly Candidate[]): Usable | null {
  const earlier = candidates.filter(isUsable).filter(({ newer, bad, prerelease }) => !newer && !bad && !prerelease);
  return earlier.find(({ wasLive, gates }) => wasLive && gates !== 'failed') ?? earlier[0] ?? null;
}

function candidate(
  image: ImageVersion,
  facts: RollbackFacts,
  moves: readonly Move[],
  live: ImageVersion | null,
): Candidate {
  const { digest, tags, createdAt } = image;
  const known = moves.find((move) => move.digest === digest || move.from?.digest === digest);
  const version = versionOf(image) ?? (known?.digest === digest ? known.version : known?.from?.version) ?? null;
  const commit = commitOf(image, facts);
  return {
    digest,
    version,
    tags: tags.filter((tag) => tag !== liveTag),
    createdAt,
    release: releaseOf(version, facts.releases),
    commit,
    wasLive: wasLive(digest, version, facts, moves),
    gates: (commit === null ? undefined : facts.gates.get(commit)) ?? 'unknown',
    platforms: platformsOf(digest, facts),
    bad: knownBad(image, moves, facts.images),
    newer: live !== null && isNewer(image, live),
    prerelease: version !== null && isPrerelease(version),
  };
}

function withoutImage(release: Release, live: ImageVersion | null): Candidate {
  const version = versionIn(release.tag);
  const createdAt = release.publishedAt ?? release.createdAt;
  return {
    digest: null,
    version,
    tags: [],
    createdAt,
    release,
    commit: null,
    wasLive: null,
    gates: 'unknown',
    platforms: null,
    bad: null,
    newer: live !== null && isNewer({ tags: [release.tag], createdAt }, live),
    prerelease: release.prerelease,
  };
}

function wasLive(digest: string, version: string | null, facts: RollbackFacts, moves: readonly Move[]): boolean | null {
  if (moves.some((move) => move.digest === digest || move.from?.digest === digest)) return true;
  if (productionDeployment(version, facts)) return true;
  // Prereleases never become latest by themselves; of others, reports that have expired may have told.
  return version !== null && isPrerelease(version) ? false : null;
}

/**
 * A version is bad when the last thing that happened to it was that somebody went back from it. Rolling forward from an old
 * version says nothing bad about that.
 */
function knownBad({ digest }: ImageVersion, moves: readonly Move[], images: readonly ImageVersion[]): KnownBad | null {
  const last = moves.find(
    (move) => move.digest === digest || (move.from?.digest === digest && move.kind === 'rollback'),
  );
  if (last?.from?.digest !== digest || last.reason === null) return null;
  return isBack(last, images) ? { reason: last.reason, by: last.by, at: last.at } : null;
}

function isBack({ digest, version, from }: Move, images: readonly ImageVersion[]): boolean {
  if (!from) return false;
  if (version !== null && from.version !== null) return compareVersions(version, from.version) < 0;
  const to = images.find((image) => image.digest === digest);
  const before = images.find((image) => image.digest === from.digest);
  // Where nothing tells, it is safer to take it for a rollback.
  return !to || !before || to.createdAt <= before.createdAt;
}

type Dated = Pick<ImageVersion, 'tags' | 'createdAt'>;

function isNewer(one: Dated, other: Dated): boolean {
  const [a, b] = [versionOf(one), versionOf(other)];
  if (a !== null && b !== null && a !== b) return compareVersions(a, b) > 0;
  return one.createdAt > other.createdAt;
}

function newestFirst(a: Candidate, b: Candidate): number {
  // One order for all: what has a version by version, then what has none by age.
  if (a.version === null || b.version === null) {
    return Number(a.version === null) - Number(b.version === null) || b.createdAt - a.createdAt;
  }
  return compareVersions(b.version, a.version) || b.createdAt - a.createdAt;
}
