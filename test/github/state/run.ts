import type { Artifact } from './artifact.js';
import type { Commit } from './git.js';
import type { Job } from './job.js';
import type { Jobs, JobPlan } from './plan.js';
import type { User } from './user.js';
import type { Workflow } from './workflow.js';

export type RunStatus = 'queued' | 'in_progress' | 'waiting' | 'pending' | 'completed';

export interface Attempt {
  readonly number: number;
  readonly plans: readonly JobPlan[];
  /** In the order in which they came up. A job comes up when those that it needs have ended. */
  readonly jobs: Job[];
  readonly actor: User;
  readonly debug: boolean;
  readonly startedAt: number;
  updatedAt: number;
  status: RunStatus;
  conclusion: string | null;
}

/** What somebody said about deployments that waited. */
export interface Review {
  readonly environments: readonly string[];
  readonly state: 'approved' | 'rejected';
  readonly comment: string;
  readonly user: User;
}

/** A run of a workflow. */
export interface Run {
  readonly id: number;
  readonly workflow: Workflow;
  readonly number: number;
  readonly event: string;
  /** A branch or a tag; null as for some forks. */
  readonly branch: string | null;
  readonly commit: Commit;
  readonly actor: User;
  readonly title: string;
  readonly createdAt: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly jobs: Jobs;
  /** Numbers of pull requests. */
  readonly pullRequests: readonly number[];
  readonly attempts: Attempt[];
  readonly artifacts: Artifact[];
  readonly reviews: Review[];
}

/** The newest attempt. */
export function newest(run: Run): Attempt {
  const attempt = run.attempts.at(-1);
  if (attempt === undefined) throw new Error(`Run ${run.id} has no attempt.`);
  return attempt;
}
