import type { Deployment } from '../../core/actions/delivery.js';
import type { DeliveryFacts, WaitingRun } from '../../core/actions/snapshot.js';
import {
  listDeployments,
  listDeploymentStatuses,
  listEnvironments,
  listReleases,
  type BareDeployment,
} from '../api/delivery.js';
import type { RepositoryName } from '../api/fields.js';
import { listPending, listRuns } from '../api/runs.js';
import type { RepositoryFacts } from '../api/repository.js';
import type { GitHub } from '../client.js';
import { listImages } from '../images.js';
import { GitHubError } from '../problem.js';

export const noDelivery: DeliveryFacts = { environments: null, deployments: null, releases: null, images: null };

/** Deployments of one environment whose state is asked for: the newest, and back to the one that is live. */
const mostStates = 5;
const mostEnvironments = 12;

/**
 * Environments, deployments, releases and images. What can't be had keeps its last value.
 * @param onProblem told which part failed, and why
 */
export async function updateDelivery(
  github: GitHub,
  repository: RepositoryName,
  facts: RepositoryFacts,
  last: DeliveryFacts,
  signal: AbortSignal,
  onProblem: (part: 'environments' | 'deployments' | 'releases' | 'images', error: unknown) => void,
): Promise<DeliveryFacts> {
  const part = async <K extends 'environments' | 'deployments' | 'releases' | 'images'>(
    name: K,
    ask: () => Promise<DeliveryFacts[K]>,
  ): Promise<DeliveryFacts[K]> => {
    try {
      return await ask();
    } catch (error) {
      onProblem(name, error);
      return last[name];
    }
  };
  const [environments, deployments, releases, images, waiting] = await Promise.all([
    part('environments', () => listEnvironments(github, repository, signal)),
    part('deployments', () => deploymentsWithStates(github, repository, signal)),
    part('releases', () => listReleases(github, repository, signal)),
    part('images', () =>
      listImages(github, facts, signal).catch((error: unknown) => {
        // Nothing was pushed yet, or the account may not know that there is something.
        if (error instanceof GitHubError && error.problem.kind === 'not-found') return [];
        throw error;
      }),
    ),
    waitingRuns(github, repository, signal).catch((error: unknown) => {
      onProblem('deployments', error);
      return last.waiting ?? null;
    }),
  ]);
  return { environments, deployments, releases, images, waiting };
}

/** Runs that are asked what they wait for. */
const mostWaiting = 10;

/** What waits for somebody, wherever it runs. */
async function waitingRuns(
  github: GitHub,
  repository: RepositoryName,
  signal: AbortSignal,
): Promise<readonly WaitingRun[]> {
  const runs = await listRuns(github, repository, { status: 'waiting', perPage: mostWaiting }, signal);
  return Promise.all(
    runs.map(async (run) => ({ run, pending: await listPending(github, repository, run.id, signal) })),
  );
}

async function deploymentsWithStates(
  github: GitHub,
  repository: RepositoryName,
  signal: AbortSignal,
): Promise<readonly Deployment[]> {
  const bare = await listDeployments(github, repository, signal);
  const byEnvironment = new Map<string, BareDeployment[]>();
  for (const deployment of bare) {
    const known = byEnvironment.get(deployment.environment);
    if (known) known.push(deployment);
    else byEnvironment.set(deployment.environment, [deployment]);
  }
  const found = await Promise.all(
    [...byEnvironment.values()].slice(0, mostEnvironments).map((each) => untilLive(github, repository, each, signal)),
  );
  return found.flat().sort((one, other) => other.createdAt - one.createdAt || other.id - one.id);
}

/** The newest deployments of an environment, back to the newest that succeeded. */
async function untilLive(
  github: GitHub,
  repository: RepositoryName,
  deployments: readonly BareDeployment[],
  signal: AbortSignal,
): Promise<readonly Deployment[]> {
  const found: Deployment[] = [];
  for (const deployment of deployments.slice(0, mostStates)) {
    const statuses = await listDeploymentStatuses(github, repository, deployment.id, signal);
    const [newest] = statuses;
    found.push({
      ...deployment,
      state: newest?.state ?? 'pending',
      stateAt: newest?.at ?? deployment.createdAt,
      runId: statuses.find(({ runId }) => runId !== null)?.runId ?? null,
      url: statuses.find(({ url }) => url !== null)?.url ?? null,
    });
    if (newest?.state === 'success') break;
  }
  return found;
}
