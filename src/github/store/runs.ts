import { ofPullRequest, type Run } from '../../core/actions/run.js';

/** The newer of two answers about the same run: lists are sometimes behind what the run itself already said. */
export function newer(one: Run, other: Run): Run {
  if (one.attempt !== other.attempt) return one.attempt > other.attempt ? one : other;
  return other.updatedAt > one.updatedAt ? other : one;
}

/** Runs from several answers, each once and as its newest answer says, newest first. */
export function mergeRuns(...answers: readonly (readonly Run[])[]): readonly Run[] {
  const runs = new Map<number, Run>();
  for (const run of answers.flat()) {
    const known = runs.get(run.id);
    runs.set(run.id, known ? newer(known, run) : run);
  }
  return [...runs.values()].sort((one, other) => other.createdAt - one.createdAt || other.id - one.id);
}

/** Commits whose runs are looked at: the one that one is on, the one that was judged before it, and the default branch's. */
export interface Commits {
  readonly current: string | null;
  readonly earlier: string | null;
  readonly main: string | null;
}

/** Runs that judge a commit, as far as their event tells; comments, schedules and the like have runs of a commit too. */
export const isPushed = ({ event }: Run): boolean =>
  /^(?:push|pull_request|pull_request_target|merge_group)$/.test(event);

/** Whether it is worth a look again soon. What has not moved for hours waits for a machine, or has been forgotten. */
export function isLively({ status, updatedAt }: Run, now: number): boolean {
  const goesOn = status === 'in_progress' || status === 'queued' || status === 'requested' || status === 'pending';
  return goesOn && now - updatedAt < 2 * 60 * 60_000;
}

/**
 * @param everything all runs that are known
 * @param runs of the branch one is on, newest first
 * @param mainRuns of the default branch, newest first
 * @param sha null in the web, where one looks at the newest commit: the newest that was judged stands for it
 */
export function chooseCommits(
  everything: readonly Run[],
  runs: readonly Run[],
  mainRuns: readonly Run[],
  sha: string | null,
  onDefaultBranch: boolean,
): Commits {
  const own = onDefaultBranch ? runs.filter((run) => !ofPullRequest(run)) : runs;
  const looked = sha ?? own.find(isPushed)?.sha ?? null;
  const current = everything.some((run) => run.sha === looked) ? looked : null;
  const judged = own.find((run) => run.status === 'completed' && run.conclusion !== 'cancelled')?.sha ?? null;
  const main = mainRuns.find((run) => !ofPullRequest(run))?.sha ?? null;
  return { current, earlier: judged === current ? null : judged, main };
}
