import type { Deployment, ImageVersion, Release } from '../actions/delivery.js';
import type { Run } from '../actions/run.js';
import type { Report } from '../gates/report.js';
import { versionIn } from './version.js';

/** A run that delivered, with what it reported. */
export interface Delivered {
  readonly run: Pick<Run, 'id' | 'actor' | 'url'>;
  readonly report: Report;
}

/** How the gates of a commit stood: `unknown` unless a run says it. */
export type GatesOf = 'passed' | 'failed' | 'unknown';

/** What is known when somebody thinks about a rollback. */
export interface RollbackFacts {
  /** Every version of the image that the registry lists. */
  readonly images: readonly ImageVersion[];
  /** Null where they could not be read. */
  readonly releases: readonly Release[] | null;
  /** Into production; null where they could not be read. */
  readonly deployments: readonly Deployment[] | null;
  /** Runs of container.yml and rollback.yml that can still be read, in any order. */
  readonly delivered: readonly Delivered[];
  /** By commit. */
  readonly gates: ReadonlyMap<string, GatesOf>;
  /** What images run on, by digest, as far as the registry was asked. */
  readonly platforms: ReadonlyMap<string, readonly string[]>;
}

/** The tag that stands for what is live. */
export const liveTag = 'latest';

/** The version that an image's tags name; null for none. */
export function versionOf({ tags }: Pick<ImageVersion, 'tags'>): string | null {
  return tags.map(versionIn).find((version) => version !== null) ?? null;
}

/** The commit that an image was built from, as its tags or a report tell. */
export function commitOf(
  { digest, tags }: ImageVersion,
  { delivered }: Pick<RollbackFacts, 'delivered'>,
): string | null {
  for (const tag of tags) {
    const sha = /^sha-([0-9a-f]{40})$/.exec(tag)?.[1];
    if (sha !== undefined) return sha;
  }
  return delivered.find(({ report }) => report.image?.digest === digest)?.report.commit ?? null;
}

/** The release of a version; drafts are nobody's release. */
export function releaseOf(version: string | null, releases: readonly Release[] | null): Release | null {
  if (version === null) return null;
  return releases?.find(({ tag, draft }) => !draft && versionIn(tag) === version) ?? null;
}

/** What the image runs on, as the registry shows it or else a report names it; null where nothing is known. */
export function platformsOf(
  digest: string,
  { delivered, platforms }: Pick<RollbackFacts, 'delivered' | 'platforms'>,
): readonly string[] | null {
  const shown = platforms.get(digest);
  if (shown) return shown;
  for (const { report } of delivered) {
    if (report.image?.digest === digest) return report.image.platforms;
    if (report.rollback?.to.digest === digest) return report.rollback.platforms;
  }
  return null;
}
