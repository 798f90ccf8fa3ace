import type { Run } from '../../core/actions/run.js';
import { parseReport, reportArtifact, reportFile } from '../../core/gates/report.js';
import type { Report } from '../../core/gates/report.js';
import { commitOf, liveTag } from '../../core/rollback/facts.js';
import type { Delivered, GatesOf, RollbackFacts } from '../../core/rollback/facts.js';
import { listNamedArtifacts } from '../api/artifacts.js';
import type { RepositoryFacts } from '../api/repository.js';
import { listRuns, listWorkflowRuns } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { listImages } from '../images.js';
import type { Store } from '../store.js';

export interface FactsPlace {
  readonly github: GitHub;
  readonly repository: RepositoryFacts;
  readonly store: Store;
}

/** The workflows of the pipeline that move `latest`, by their files; ids on GitHub. */
export interface DeliveryWorkflows {
  readonly rollback: number;
  readonly container: number | null;
}

/** How many runs of each workflow are read, and of how many images the gates are asked for. */
const reach = { runs: 12, images: 12 };

export interface Known {
  readonly facts: RollbackFacts;
  /** Runs that move `latest` and have not ended. */
  readonly underWay: readonly Run[];
}

/** Reads what one must know before a rollback. Rejects when the images cannot be read; what else cannot is left out. */
export async function readFacts(place: FactsPlace, workflows: DeliveryWorkflows, signal?: AbortSignal): Promise<Known> {
  const { github, repository, store } = place;
  const images = await listImages(github, repository, signal);
  const [runs, refreshed] = await Promise.all([runsOf(place, workflows, signal), deliveryOf(store)]);
  const delivered = await reportsOf(place, runs, signal);
  const { releases, deployments } = refreshed;
  const ungated: RollbackFacts = {
    images,
    releases,
    deployments: deployments?.filter(({ environment }) => environment === 'production') ?? null,
    delivered,
    gates: new Map(),
  };
  const tagged = images.filter(({ tags }) => tags.some((tag) => tag !== liveTag));
  const commits = tagged.slice(0, reach.images).flatMap((image) => commitOf(image, ungated) ?? []);
  const gates = await gatesOf(place, [...new Set(commits)], signal);
  return { facts: { ...ungated, gates }, underWay: runs.filter(({ status }) => status !== 'completed') };
}

async function runsOf({ github, repository }: FactsPlace, workflows: DeliveryWorkflows, signal?: AbortSignal) {
  const named = { owner: repository.owner, repo: repository.name };
  const ids = [workflows.rollback, ...(workflows.container === null ? [] : [workflows.container])];
  const lists = await Promise.all(
    ids.map((id) => listWorkflowRuns(github, named, id, { perPage: reach.runs }, signal)),
  );
  return lists.flat();
}

/** Releases and deployments as the store has them, once it has asked. */
async function deliveryOf(store: Store) {
  const unwatch = store.watch('delivery');
  try {
    const { releases, deployments } = store.snapshot.delivery;
    if (releases === null || deployments === null) await store.refresh();
    return store.snapshot.delivery;
  } finally {
    unwatch();
  }
}

/** What the runs reported, as far as it is still there and can be read. */
async function reportsOf(
  { github, repository, store }: FactsPlace,
  runs: readonly Run[],
  signal?: AbortSignal,
): Promise<Delivered[]> {
  const named = { owner: repository.owner, repo: repository.name };
  const ended = runs.filter(({ status }) => status === 'completed');
  const { value: artifacts } = await listNamedArtifacts(github, named, reportArtifact, signal);
  const found = ended.flatMap((run) => {
    const artifact = artifacts.find(({ runId, expired }) => runId === run.id && !expired);
    return artifact ? [{ run, artifact }] : [];
  });
  const read = await Promise.all(
    found.map(async ({ run, artifact }): Promise<Delivered | null> => {
      try {
        const report = reportIn(await store.artifactFiles(artifact, signal));
        return report && { run, report };
      } catch (error) {
        if (signal?.aborted) throw error;
        github.log.warn(`The report of run ${run.id} could not be read: ${String(error)}`);
        return null;
      }
    }),
  );
  return read.filter((one) => one !== null);
}

function reportIn(files: ReadonlyMap<string, Uint8Array>): Report | null {
  const bytes = files.get(reportFile);
  return bytes ? parseReport(new TextDecoder().decode(bytes)) : null;
}

const gateWorkflows = ['.github/workflows/test.yml', '.github/workflows/security.yml'];

/** How the gates of each commit stood, by the newest runs of the workflows that have gates. */
async function gatesOf({ github, repository, store }: FactsPlace, commits: readonly string[], signal?: AbortSignal) {
  const named = { owner: repository.owner, repo: repository.name };
  const known = store.snapshot.workflows?.map(({ path }) => path);
  const expected = gateWorkflows.filter((path) => known?.includes(path) ?? true);
  const states = await Promise.all(
    commits.map(async (sha): Promise<[string, GatesOf]> => {
      try {
        return [sha, gateOf(await listRuns(github, named, { sha, perPage: 30 }, signal), expected)];
      } catch (error) {
        if (signal?.aborted) throw error;
        return [sha, 'unknown'];
      }
    }),
  );
  return new Map(states);
}

/** @param expected the files of the workflows that must have succeeded */
export function gateOf(runs: readonly Run[], expected: readonly string[]): GatesOf {
  const newest = expected.map((path) => runs.find((run) => run.path === path && run.event !== 'schedule'));
  if (newest.some((run) => run?.conclusion === 'failure' || run?.conclusion === 'timed_out')) return 'failed';
  return newest.length > 0 && newest.every((run) => run?.conclusion === 'success') ? 'passed' : 'unknown';
}
