import type { ImageVersion } from '../../core/actions/delivery.js';
import type { Artifact, Run } from '../../core/actions/run.js';
import { parseReport, reportArtifact, reportFile } from '../../core/gates/report.js';
import type { Report } from '../../core/gates/report.js';
import { commitOf, liveTag } from '../../core/rollback/facts.js';
import type { Delivered, GatesOf, RollbackFacts } from '../../core/rollback/facts.js';
import { listNamedArtifacts, listRunArtifacts } from '../api/artifacts.js';
import type { RepositoryFacts } from '../api/repository.js';
import { listRuns, listWorkflowRuns } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { listImages } from '../images.js';
import { GitHubError } from '../problem.js';
import { readManifest, type ImageName, type RegistryAccess } from '../registry.js';
import type { Store } from '../store.js';

export interface FactsPlace {
  readonly github: GitHub;
  readonly repository: RepositoryFacts;
  readonly store: Store;
  /** How the registry of the images is asked. */
  readonly registry: (host: string) => RegistryAccess;
}

/** The workflows of the pipeline that move `latest`, by their files; ids on GitHub. */
export interface DeliveryWorkflows {
  readonly rollback: number;
  readonly container: number | null;
}

/** How many runs of each workflow are read, and of how many images the gates and the registry are asked for. */
const reach = { runs: 12, images: 12 };
/** Milliseconds that the registry has to tell what images run on: a person waits. */
const registryTime = 6000;

export interface Known {
  readonly facts: RollbackFacts;
  /** Runs that move `latest` and have not ended. */
  readonly underWay: readonly Run[];
}

/** Reads what one must know before a rollback. Rejects when the images cannot be read; what else cannot is left out. */
export async function readFacts(
  place: FactsPlace,
  workflows: DeliveryWorkflows,
  image: ImageName,
  signal?: AbortSignal,
): Promise<Known> {
  const { store } = place;
  const listed = await imagesOf(place, signal);
  const [{ images, platforms }, runs, refreshed] = await Promise.all([
    shownBy(place, image, listed, signal),
    runsOf(place, workflows, signal),
    deliveryOf(store),
  ]);
  const delivered = await reportsOf(place, runs, signal);
  const { releases, deployments } = refreshed;
  const ungated: RollbackFacts = {
    images,
    releases,
    deployments: deployments?.filter(({ environment }) => environment === 'production') ?? null,
    delivered,
    gates: new Map(),
    platforms,
  };
  const commits = images
    .filter(isTagged)
    .slice(0, reach.images)
    .flatMap((image) => commitOf(image, ungated) ?? []);
  const gates = await gatesOf(place, [...new Set(commits)], signal);
  return { facts: { ...ungated, gates }, underWay: runs.filter(({ status }) => status !== 'completed') };
}

const isTagged = ({ tags }: ImageVersion) => tags.some((tag) => tag !== liveTag);

/** Where no image was pushed yet, there is no package either. */
async function imagesOf({ github, repository }: FactsPlace, signal?: AbortSignal): Promise<readonly ImageVersion[]> {
  try {
    return await listImages(github, repository, signal);
  } catch (error) {
    if (error instanceof GitHubError && error.problem.kind === 'not-found') return [];
    throw error;
  }
}

/** What the registry itself shows of the newest images: what they run on, and that they are there. It need not answer. */
async function shownBy(
  { github, registry }: FactsPlace,
  image: ImageName,
  images: readonly ImageVersion[],
  signal?: AbortSignal,
): Promise<{ images: readonly ImageVersion[]; platforms: ReadonlyMap<string, readonly string[]> }> {
  const enough = AbortSignal.timeout(registryTime);
  const access = { ...registry(image.registry), signal: signal ? AbortSignal.any([signal, enough]) : enough };
  const platforms = new Map<string, readonly string[]>();
  const absent = new Set<string>();
  const asked = images.filter((one) => isTagged(one) || one.tags.includes(liveTag)).slice(0, reach.images);
  await Promise.all(
    asked.map(async ({ digest }) => {
      try {
        const manifest = await readManifest(image, digest, access);
        if (!manifest) absent.add(digest);
        else {
          const there = manifest.platforms.filter((platform) => !manifest.missing.includes(platform));
          if (there.length > 0) platforms.set(digest, there);
        }
      } catch (error) {
        if (signal?.aborted) throw error;
        github.log.info(`The registry does not show ${digest}: ${String(error)}`);
      }
    }),
  );
  // A registry says "not found" of everything to those who may see nothing.
  const isBelieved = platforms.size > 0;
  return { images: isBelieved ? images.filter(({ digest }) => !absent.has(digest)) : images, platforms };
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
  const newest = await listNamedArtifacts(github, named, reportArtifact, signal);
  const isReport = (run: Run) => (artifact: Artifact) =>
    artifact.runId === run.id && artifact.name === reportArtifact && !artifact.expired;
  const reportArtifactOf = async (run: Run): Promise<Artifact | undefined> => {
    const found = newest.value.find(isReport(run));
    // Every run of every workflow has a report: where there are many, that of the last rollback is not among the newest.
    if (found !== undefined || !newest.more) return found;
    return (await listRunArtifacts(github, named, run.id, signal)).find(isReport(run));
  };
  const read = await Promise.all(
    ended.map(async (run): Promise<Delivered | null> => {
      try {
        const artifact = await reportArtifactOf(run);
        if (artifact === undefined) return null;
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

const gateWorkflows = ['test.yml', 'security.yml'];

/** How the gates of each commit stood, by the newest runs of the workflows that have gates. */
async function gatesOf({ github, repository, store }: FactsPlace, commits: readonly string[], signal?: AbortSignal) {
  const named = { owner: repository.owner, repo: repository.name };
  const known = store.snapshot.workflows?.map(({ path }) => path) ?? null;
  const expected = gateWorkflows.flatMap((file) => pathOf(file, known) ?? []);
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

/**
 * Where a workflow of the pipeline lies: it has another name where there was one of the user's own. Undefined: nowhere.
 * @param known the files of the workflows that there are; null where nobody knows
 */
export function pathOf(file: string, known: readonly string[] | null): string | undefined {
  const paths = [`.github/workflows/rust-ci-${file}`, `.github/workflows/${file}`];
  return known === null ? paths[1] : paths.find((path) => known.includes(path));
}

/** @param expected the files of the workflows that must have succeeded */
export function gateOf(runs: readonly Run[], expected: readonly string[]): GatesOf {
  const newest = expected.map((path) => runs.find((run) => run.path === path && run.event !== 'schedule'));
  if (newest.some((run) => run?.conclusion === 'failure' || run?.conclusion === 'timed_out')) return 'failed';
  return newest.length > 0 && newest.every((run) => run?.conclusion === 'success') ? 'passed' : 'unknown';
}
