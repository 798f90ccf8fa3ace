import type { Deployment, DeploymentState, Environment } from '../actions/delivery.js';
import type { PendingDeployment, Run } from '../actions/run.js';
import type { CommitFacts, Snapshot } from '../actions/snapshot.js';
import { versionIn } from '../rollback/version.js';

/** A deployment that waits for somebody. */
export interface Approval {
  readonly run: Run;
  readonly pending: PendingDeployment;
}

/** How an environment stands. */
export interface EnvironmentState {
  readonly environment: Environment;
  /** The newest deployment that succeeded, null where there is none. */
  readonly live: Deployment | null;
  /** What people call what is live: the ref that was deployed or, after a rollback, the version that it led to. */
  readonly liveAs: string | null;
  /** The newest deployment, if it is another one than what is live: it is under way, or it failed. */
  readonly newest: Deployment | null;
  readonly approvals: readonly Approval[];
}

/** Everything that waits for approval, by whomever, in the commits that are known and wherever else a run waits. */
export function approvalsOf({ current, earlier, main, delivery }: Snapshot): Approval[] {
  const found = new Map<string, Approval>();
  for (const { run, pending } of delivery.waiting ?? []) {
    for (const one of pending) found.set(keyOf({ run, pending: one }), { run, pending: one });
  }
  for (const facts of [current, earlier, main]) for (const one of ofCommit(facts)) found.set(keyOf(one), one);
  return [...found.values()];
}

const keyOf = ({ run, pending }: Approval) => `${run.id}/${pending.environmentId}`;

function ofCommit(facts: CommitFacts | null): Approval[] {
  return [...(facts?.pending ?? [])].flatMap(([runId, pending]) => {
    const run = facts?.runs.find(({ id }) => id === runId);
    return run && run.status !== 'completed' ? pending.map((one) => ({ run, pending: one })) : [];
  });
}

/** The environments as they stand, those that something waits for first, then in the order of GitHub. */
export function environmentStates(snapshot: Snapshot): EnvironmentState[] | null {
  const { environments, deployments } = snapshot.delivery;
  if (environments === null) return null;
  const approvals = approvalsOf(snapshot);
  const states = environments.map((environment): EnvironmentState => {
    const own = (deployments ?? [])
      .filter((deployment) => deployment.environment === environment.name)
      .sort((a, b) => b.createdAt - a.createdAt);
    const live = own.find(({ state }) => state === 'success') ?? null;
    const [newest = null] = own;
    return {
      environment,
      live,
      liveAs: live && (rolledBackTo(live, snapshot) ?? live.ref),
      newest: newest === live ? null : newest,
      approvals: approvals.filter(({ pending }) => pending.environment === environment.name),
    };
  });
  return states.sort((a, b) => Number(b.approvals.length > 0) - Number(a.approvals.length > 0));
}

/**
 * The version that a rollback made live. It deploys the default branch, from which it runs, and moves the tag `latest`: null
 * for any other deployment, and where the images are not known.
 */
function rolledBackTo(live: Deployment, { defaultBranch, workflows, delivery }: Snapshot): string | null {
  const mayRollBack = workflows?.some(({ path }) => /\/rollback\.ya?ml$/.test(path)) === true;
  if (!mayRollBack || live.environment !== 'production' || live.ref !== defaultBranch) return null;
  const tags = delivery.images?.find((image) => image.tags.includes('latest'))?.tags ?? [];
  return tags.find((tag) => versionIn(tag) !== null) ?? null;
}

/** Whether a deployment is still on its way. */
export function isUnderWay(state: DeploymentState): boolean {
  return state === 'queued' || state === 'pending' || state === 'in_progress' || state === 'waiting';
}
