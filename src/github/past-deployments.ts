import type { Deployment } from '../core/actions/delivery.js';
import type { PastDeployment } from '../core/history/timeline.js';
import { listDeployments, listDeploymentStatuses } from './api/delivery.js';
import type { RepositoryName } from './api/fields.js';
import type { GitHub } from './client.js';

/** Each takes a request for its states. */
const most = 60;

/**
 * Deployments from before what is live now.
 * @param known those that need not be asked for: recent ones, and what was found earlier
 * @param progress told how many of how many are there
 */
export async function pastDeployments(
  github: GitHub,
  repository: RepositoryName,
  known: readonly Deployment[],
  progress: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<readonly PastDeployment[]> {
  const ids = new Set(known.map(({ id }) => id));
  const bare = (await listDeployments(github, repository, signal)).filter(({ id }) => !ids.has(id)).slice(0, most);
  const found: PastDeployment[] = [];
  for (const deployment of bare) {
    progress(found.length, bare.length);
    const statuses = await listDeploymentStatuses(github, repository, deployment.id, signal);
    const [newest] = statuses;
    const success = statuses.find(({ state }) => state === 'success');
    // What became inactive without ever having succeeded was never live.
    const state = newest?.state === 'inactive' && !success ? 'unknown' : (newest?.state ?? 'unknown');
    found.push({
      ...deployment,
      state,
      stateAt: newest?.at ?? deployment.createdAt,
      runId: statuses.find(({ runId }) => runId !== null)?.runId ?? null,
      url: statuses.find(({ url }) => url !== null)?.url ?? null,
      ...(success && { liveAt: success.at }),
    });
  }
  return found;
}
