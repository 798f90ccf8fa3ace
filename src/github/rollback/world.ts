import { liveTag } from '../../core/rollback/facts.js';
import type { Sent, World } from '../../core/rollback/carry-out.js';
import type { Truth } from '../../core/rollback/truth.js';
import { isTitleOf } from '../../core/rollback/wish.js';
import { listJobs } from '../api/jobs.js';
import type { RepositoryFacts } from '../api/repository.js';
import { getRun, listPending, listWorkflowRuns } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { listImages } from '../images.js';
import type { Operations } from '../operations.js';
import { GitHubError, type Problem } from '../problem.js';
import { readManifest, type ImageName, type RegistryAccess } from '../registry.js';

export interface RollbackPlace {
  readonly github: GitHub;
  readonly repository: RepositoryFacts;
  readonly operations: Operations;
  /** rollback.yml, as GitHub knows it. */
  readonly workflowId: number;
  readonly image: ImageName;
  readonly registry: RegistryAccess;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** The world that a rollback is carried out in: GitHub, and the registry. */
export function rollbackWorld(place: RollbackPlace): World {
  const { github, repository, operations, workflowId } = place;
  const named = { owner: repository.owner, repo: repository.name };
  return {
    dispatch: async (inputs) => {
      try {
        return {
          kind: 'started',
          runId: await operations.dispatch({ id: workflowId }, repository.defaultBranch, inputs),
        };
      } catch (error) {
        return sentDespite(error);
      }
    },
    find: async (request) => {
      // Lists that are filtered by event or time can lag behind; the workflow has no other runs than these.
      const runs = await listWorkflowRuns(github, named, workflowId, { perPage: 50 });
      return runs.find(({ title }) => isTitleOf(title, request))?.id ?? null;
    },
    look: async (runId) => {
      const run = await getRun(github, named, runId);
      if (run.status === 'completed') return { run, jobs: [], pending: [] };
      const jobs = await listJobs(github, named, runId);
      const waits = run.status === 'waiting' || jobs.some(({ status }) => status === 'waiting');
      return { run, jobs, pending: waits ? await listPending(github, named, runId) : [] };
    },
    truth: () => readTruth(place),
    pause: place.pause,
  };
}

/** Whether a request that failed may have arrived all the same. */
function sentDespite(error: unknown): Sent {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof GitHubError && !mayHaveArrived(error.problem)) return { kind: 'refused', why };
  return { kind: 'lost', why };
}

export function mayHaveArrived({ kind }: Problem): boolean {
  switch (kind) {
    case 'offline':
    case 'server':
    case 'unexpected':
    case 'proxy':
      return true;
    case 'signed-out':
    case 'unauthorized':
    case 'saml':
    case 'missing-scope':
    case 'rate-limited':
    case 'not-found':
    case 'forbidden':
    case 'certificate':
    case 'unsupported':
    case 'rejected':
      return false;
  }
}

/** What `latest` is now: as the registry shows it, else as GitHub lists packages. Never rejects. */
export async function readTruth({
  github,
  repository,
  image,
  registry,
}: Pick<RollbackPlace, 'github' | 'repository' | 'image' | 'registry'>): Promise<Truth> {
  try {
    const manifest = await readManifest(image, liveTag, registry);
    // A registry says "not found" of what it does not show to just anybody, too.
    if (manifest) {
      const { digest, platforms, missing } = manifest;
      return { kind: 'shown', latest: digest, platforms, missing, source: 'registry' };
    }
  } catch (error) {
    github.log.warn(wordsOf(error));
  }
  try {
    const images = await listImages(github, repository);
    const live = images.find(({ tags }) => tags.includes(liveTag));
    return { kind: 'shown', latest: live?.digest ?? null, platforms: null, missing: [], source: 'packages' };
  } catch (error) {
    return { kind: 'unreadable', why: wordsOf(error) };
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
