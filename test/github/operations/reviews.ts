import { ApiError, ok, type Answer, type Call } from '../http/call.js';
import { timestamp } from '../duration.js';
import type { JsonObject } from '../json.js';
import { environmentReference, shownDeployment, shownReviewer } from '../shapes/delivery.js';
import type { Environment } from '../state/delivery.js';
import type { Job } from '../state/job.js';
import type { RepositoryState } from '../state/repository.js';
import { newest, type Run } from '../state/run.js';
import { atLeast, type User } from '../state/user.js';

interface Pending {
  readonly environment: Environment;
  readonly job: Job;
  readonly mayApprove: boolean;
  readonly shown: JsonObject;
}

/** What waits for somebody in a run. */
export function pending({ repository, viewer }: Pick<Call, 'repository' | 'viewer'>, run: Run): Pending[] {
  const { addresses } = repository.world;
  return newest(run).jobs.flatMap((job) => {
    const environment = repository.deliveries.environment(job.plan.environment ?? '');
    if (job.status !== 'waiting' || environment === undefined) return [];
    const mayApprove = viewer !== undefined && mayReview(repository, environment, run, viewer);
    const shown = {
      environment: environmentReference(repository, environment),
      wait_timer: environment.waitTimer,
      wait_timer_started_at: environment.waitTimer > 0 ? timestamp(job.createdAt) : null,
      current_user_can_approve: mayApprove,
      reviewers: environment.reviewers.map((reviewer) => shownReviewer(reviewer, addresses)),
    };
    return [{ environment, job, mayApprove, shown }];
  });
}

function mayReview(repository: RepositoryState, environment: Environment, run: Run, viewer: User): boolean {
  if (!atLeast(repository.role(viewer), 'read')) return false;
  if (environment.preventSelfReview && newest(run).actor === viewer) return false;
  return environment.reviewers.some(({ type, reviewer }) =>
    type === 'User' ? reviewer === viewer : reviewer.members.includes(viewer),
  );
}

/** Approves or rejects what waits. */
export function review(call: Call, run: Run, user: User): Answer {
  const { body, repository } = call;
  const wanted = new Set((body['environment_ids'] ?? []) as readonly number[]);
  const waiting = pending(call, run).filter(({ environment }) => wanted.has(environment.id));
  if (waiting.length === 0) throw new ApiError(422, 'No pending deployment requests to approve or reject');
  if (waiting.some(({ mayApprove }) => !mayApprove)) {
    throw new ApiError(403, 'User is not authorized to approve or reject these deployments');
  }
  const environments = waiting.map(({ environment }) => environment.name);
  const state = body['state'] === 'approved' ? 'approved' : 'rejected';
  const comment = typeof body['comment'] === 'string' ? body['comment'] : '';
  repository.runs.review(run, { environments, state, comment, user });
  const ids = new Set(waiting.map(({ job }) => job.deploymentId));
  const deployments = repository.deliveries.deployments.filter(({ id }) => ids.has(id));
  return ok(deployments.map((deployment) => shownDeployment(repository, deployment)));
}
