/** Times are milliseconds since 1970, as `Date.now()` gives them. */
export type Milliseconds = number;

/** What GitHub calls `status`. A value that is not known yet is `unknown`, and never taken for success. */
export const statuses = ['queued', 'requested', 'pending', 'waiting', 'in_progress', 'completed', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** What GitHub calls `conclusion`, of what is completed. */
export const conclusions = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
  'stale',
  'startup_failure',
  'unknown',
] as const;
export type Conclusion = (typeof conclusions)[number];

/** How far something is: a run, a job, a step or a check. The conclusion is null until the status is `completed`. */
export interface Progress {
  readonly status: Status;
  readonly conclusion: Conclusion | null;
}

/** Runs that GitHub attributes to a branch because a pull request from a branch of that name, maybe of a fork, belongs to it. */
export const ofPullRequest = ({ event }: Pick<Run, 'event'>): boolean => event.startsWith('pull_request');

export interface Workflow {
  readonly id: number;
  readonly name: string;
  /** In the repository, for example `.github/workflows/test.yml`. */
  readonly path: string;
  /** GitHub runs it; false when somebody, or inactivity, switched it off. */
  readonly enabled: boolean;
  readonly url: string;
}

export interface Run extends Progress {
  readonly id: number;
  readonly workflowId: number;
  /** Of the workflow, in the repository. */
  readonly path: string;
  /** Of the workflow. */
  readonly name: string;
  /** What GitHub shows as the title: `run-name`, the commit message or the title of the pull request. */
  readonly title: string;
  /** Counts the runs of the workflow, from 1. */
  readonly number: number;
  /** From 1; a rerun raises it and keeps the id. */
  readonly attempt: number;
  readonly event: string;
  /** Null where it is unknown, as for some forks. */
  readonly branch: string | null;
  /** The commit that ran; of a pull request its head. */
  readonly sha: string;
  readonly actor: string | null;
  readonly createdAt: Milliseconds;
  /** Of this attempt. */
  readonly startedAt: Milliseconds;
  readonly updatedAt: Milliseconds;
  readonly url: string;
}

export interface Step extends Progress {
  readonly number: number;
  readonly name: string;
  readonly startedAt: Milliseconds | null;
  readonly completedAt: Milliseconds | null;
}

export interface Job extends Progress {
  readonly id: number;
  readonly runId: number;
  readonly attempt: number;
  /** What GitHub shows: `caller / callee` for reusable workflows, `name (value, value)` for a matrix. */
  readonly name: string;
  readonly startedAt: Milliseconds | null;
  readonly completedAt: Milliseconds | null;
  readonly steps: readonly Step[];
  /** The check run that carries its annotations. */
  readonly checkRunId: number | null;
  readonly url: string;
}

/** Somebody must let a job of this run into an environment. */
export interface PendingDeployment {
  readonly environmentId: number;
  readonly environment: string;
  /** Whether the person who is signed in may approve. */
  readonly canApprove: boolean;
  /** Names of people and teams. */
  readonly reviewers: readonly string[];
  /** In minutes; 0 when only people are waited for. */
  readonly waitTimer: number;
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  /** Bytes of the archive. */
  readonly size: number;
  readonly expired: boolean;
  /** `sha256:…`; null where GitHub does not tell (Enterprise Server, old uploads). */
  readonly digest: string | null;
  readonly createdAt: Milliseconds;
}

export interface Annotation {
  /** In the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly endLine: number;
  /** From 1; null where the annotation is about whole lines. */
  readonly column: number | null;
  readonly endColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string | null;
  readonly message: string;
}
