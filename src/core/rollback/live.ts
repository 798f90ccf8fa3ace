import type { ImageVersion, Release } from '../actions/delivery.js';
import type { Milliseconds } from '../actions/run.js';
import { liveTag, releaseOf, versionOf } from './facts.js';
import type { RollbackFacts } from './facts.js';
import { movesOf } from './moves.js';
import { versionIn } from './version.js';

/** What is live, and how it came to be. */
export interface Live {
  readonly image: ImageVersion;
  readonly version: string | null;
  /** Since when and by whom; null where nothing tells. */
  readonly since: Milliseconds | null;
  readonly by: string | null;
  /** The run that made it live; null where it is not known. */
  readonly runId: number | null;
  readonly release: Release | null;
  /** It became live by a rollback. */
  readonly rolledBack: { readonly reason: string } | null;
}

/** The image that carries `latest`; null when none does. */
export function liveImage(facts: RollbackFacts): Live | null {
  const image = facts.images.find(({ tags }) => tags.includes(liveTag));
  if (!image) return null;
  const version = versionOf(image);
  const release = releaseOf(version, facts.releases);
  const [newest] = movesOf(facts.delivered);
  if (newest) {
    // Where the newest known move led elsewhere, somebody moved the tag by hand since: nobody knows when.
    const known = newest.digest === image.digest ? newest : null;
    const rolledBack = known?.kind === 'rollback' ? { reason: known.reason ?? '' } : null;
    const { at = null, by = null, runId = null } = known ?? {};
    return { image, version, since: at, by, runId, release, rolledBack };
  }
  const deployment = productionDeployment(version, facts);
  const since = deployment?.stateAt ?? null;
  const by = deployment?.creator ?? null;
  return { image, version, since, by, runId: deployment?.runId ?? null, release, rolledBack: null };
}

/** The newest deployment of a version into production that succeeded. A rollback deploys a branch, so it is none. */
export function productionDeployment(version: string | null, { deployments }: Pick<RollbackFacts, 'deployments'>) {
  if (version === null) return null;
  const found = (deployments ?? []).filter(
    ({ ref, state }) => versionIn(ref) === version && (state === 'success' || state === 'inactive'),
  );
  return [...found].sort((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}
