import type { Deployment, Environment, ImageVersion, Release } from '../actions/delivery.js';
import type { Milliseconds, Run } from '../actions/run.js';
import type { Approval } from '../delivery/live.js';
import { liveTag, versionOf, type Delivered } from '../rollback/facts.js';
import { versionIn } from '../rollback/version.js';
import type { Lane, ReleaseRow, Span, Timeline } from './panel/messages.js';

/** Where rollbacks and `latest` take effect. */
const production = 'production';

/** A deployment of which it is known when it succeeded. */
export type PastDeployment = Deployment & { readonly liveAt?: Milliseconds };

/** What is known of deliveries. Null: not allowed to see, or not fetched. */
export interface DeliveryHistory {
  readonly environments: readonly Environment[] | null;
  readonly deployments: readonly PastDeployment[] | null;
  readonly releases: readonly Release[] | null;
  readonly images: readonly ImageVersion[] | null;
  /** Runs with reports that can still be read, in any order. */
  readonly delivered: readonly Delivered[];
  /** Runs that are known, by which a rollback without a report is recognised. */
  readonly runs: readonly Pick<Run, 'id' | 'path'>[];
  /** Runs that somebody has to let into an environment. */
  readonly waiting: readonly Approval[];
}

/**
 * Joins releases, deployments, images and rollbacks: what was live where and when. A rollback deploys the default
 * branch as far as GitHub knows; what it went back to is in its report.
 */
export function timelineOf(history: DeliveryHistory, now: Milliseconds): Timeline {
  const lanes = namesOf(history).map((environment) => laneOf(environment, history));
  return { lanes, releases: releasesOf(history, lanes), now };
}

/** Production first, since that is what counts; the others by name. Environments that never saw anything are left out. */
function namesOf({ environments, deployments, delivered, waiting }: DeliveryHistory): string[] {
  const known = new Set((environments ?? []).map(({ name }) => name));
  const used = new Set([
    ...(deployments ?? []).map(({ environment }) => environment),
    ...waiting.map(({ pending }) => pending.environment),
    ...(delivered.some(({ report }) => report.rollback) ? [production] : []),
  ]);
  // GitHub makes an environment for Pages, which is no place of ours, unless it is one of the repository's.
  const names = [...used].filter((name) => known.has(name) || name !== 'github-pages');
  return names.sort((a, b) => Number(b === production) - Number(a === production) || (a < b ? -1 : 1));
}

/** What happened at a moment, before it is known how long it lasted. */
interface Happening extends Omit<Span, 'state' | 'until'> {
  readonly state: Exclude<Span['state'], 'replaced'>;
  /** When it was taken down, where nothing replaced it. */
  readonly ended: Milliseconds | null;
}

function laneOf(environment: string, history: DeliveryHistory): Lane {
  const all = [
    ...(history.deployments ?? [])
      .filter((deployment) => deployment.environment === environment)
      .map((deployment) => deployed(deployment, history)),
    ...(environment === production ? unlisted(history) : []),
    ...waitingIn(environment, history),
  ].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const live = all.filter(({ state }) => state === 'live');
  const spans = all.map(({ ended, ...happening }): Span => {
    if (happening.state !== 'live') return { ...happening, until: null };
    const next = live[live.findIndex(({ id }) => id === happening.id) + 1];
    const until = next?.from ?? ended;
    return { ...happening, state: until === null ? 'live' : 'replaced', until };
  });
  return { environment, spans };
}

function deployed(deployment: PastDeployment, history: DeliveryHistory): Happening {
  const { id, ref, sha, creator, createdAt, stateAt, runId, state } = deployment;
  const base = {
    id: `deployment ${id}`,
    state: stateOf(deployment),
    // Of what is inactive, `stateAt` tells the end.
    from: deployment.liveAt ?? (state === 'inactive' ? createdAt : stateAt),
    ended: state === 'inactive' ? stateAt : null,
    runId,
    waitsFor: reviewers(deployment, history),
  };
  const report = history.delivered.find(({ run }) => run.id === runId)?.report;
  if (report?.rollback) {
    const { to, reason, actor, done } = report.rollback;
    const failed = !done && base.state === 'live';
    return {
      ...base,
      state: failed ? 'failed' : base.state,
      kind: 'rollback',
      version: to.version ?? to.digest.slice(0, 19),
      // The commit of the deployment is that of the workflow, not of what is live.
      sha: null,
      digest: to.digest,
      by: actor,
      reason,
    };
  }
  if (isRollback(runId, history)) {
    return {
      ...base,
      kind: 'rollback',
      version: 'an unknown version',
      sha: null,
      digest: null,
      by: creator,
      reason: null,
    };
  }
  const version = ref === sha ? sha.slice(0, 7) : ref;
  const digest = imageOf(version, history.images)?.digest ?? report?.image?.digest ?? null;
  return { ...base, kind: 'deployment', version, sha, digest, by: creator, reason: null };
}

function isRollback(runId: number | null, { runs }: DeliveryHistory): boolean {
  return runs.some(({ id, path }) => id === runId && path.endsWith('/rollback.yml'));
}

function stateOf({ state }: Deployment): Happening['state'] {
  switch (state) {
    case 'success':
    case 'inactive':
      return 'live';
    case 'failure':
    case 'error':
      return 'failed';
    case 'waiting':
      return 'waiting';
    case 'queued':
    case 'pending':
    case 'in_progress':
      return 'running';
    case 'unknown':
      return 'unknown';
  }
}

function reviewers({ environment, runId }: Deployment, { waiting }: DeliveryHistory): string[] {
  const found = waiting.find(({ run, pending }) => run.id === runId && pending.environment === environment);
  return [...(found?.pending.reviewers ?? [])];
}

/** Rollbacks that are reported but whose deployments are not known. */
function unlisted({ deployments, delivered }: DeliveryHistory): Happening[] {
  const listed = new Set((deployments ?? []).map(({ runId }) => runId));
  return delivered.flatMap(({ run, report: { rollback, created } }) => {
    if (!rollback || listed.has(run.id)) return [];
    const { to, reason, actor, done } = rollback;
    return [
      {
        id: `run ${run.id}`,
        version: to.version ?? to.digest.slice(0, 19),
        kind: 'rollback' as const,
        state: done ? ('live' as const) : ('failed' as const),
        from: Date.parse(created),
        ended: null,
        sha: null,
        digest: to.digest,
        by: actor,
        reason,
        runId: run.id,
        waitsFor: [],
      },
    ];
  });
}

/** What waits although no deployment says so yet. */
function waitingIn(environment: string, { deployments, waiting }: DeliveryHistory): Happening[] {
  return waiting.flatMap(({ run, pending }) => {
    const listed = deployments?.some((each) => each.runId === run.id && each.environment === environment);
    if (pending.environment !== environment || listed === true) return [];
    return [
      {
        id: `waiting ${run.id}`,
        version: run.branch ?? run.sha.slice(0, 7),
        kind: run.path.endsWith('/rollback.yml') ? ('rollback' as const) : ('deployment' as const),
        state: 'waiting' as const,
        from: run.startedAt,
        ended: null,
        sha: run.sha,
        digest: null,
        by: run.actor,
        reason: null,
        runId: run.id,
        waitsFor: [...pending.reviewers],
      },
    ];
  });
}

/** Newest first. */
function releasesOf(history: DeliveryHistory, lanes: readonly Lane[]): ReleaseRow[] {
  const { releases, images } = history;
  return (releases ?? [])
    .map((release): ReleaseRow => {
      const { tag, name, notes, prerelease, draft, author, assets } = release;
      const image = imageOf(tag, images);
      const live = lanes
        .filter(({ spans }) => spans.some(({ state, version }) => state === 'live' && isSame(version, tag)))
        .map(({ environment }) => environment);
      return {
        tag,
        name: name || tag,
        notes,
        prerelease,
        draft,
        author,
        at: release.publishedAt ?? release.createdAt,
        live,
        downloads: assets.reduce((sum, { downloads }) => sum + downloads, 0),
        assets: assets.map(({ name: file, size, downloads, digest }) => ({ name: file, size, downloads, digest })),
        image: image ? { digest: image.digest, tags: [...image.tags] } : null,
        obstacle: obstacleOf(release, image, images, live),
      };
    })
    .sort((a, b) => b.at - a.at);
}

function obstacleOf(
  { draft }: Release,
  image: ImageVersion | undefined,
  images: readonly ImageVersion[] | null,
  live: readonly string[],
): string | null {
  if (draft) return 'a draft';
  if (image?.tags.includes(liveTag) || live.includes(production)) return 'live now';
  // Where images cannot be seen, the rollback itself finds out.
  return images === null || image ? null : 'no image of it';
}

function imageOf(version: string, images: readonly ImageVersion[] | null): ImageVersion | undefined {
  const wanted = versionIn(version);
  return images?.find((image) => image.tags.includes(version) || (wanted !== null && versionOf(image) === wanted));
}

function isSame(version: string, tag: string): boolean {
  const wanted = versionIn(tag);
  return version === tag || (wanted !== null && versionIn(version) === wanted);
}
