import type { Report } from '../gates/report.js';
import type { Check, RequiredCheck } from './check.js';
import type { Deployment, Environment, ImageVersion, Release } from './delivery.js';
import type { Job, Milliseconds, PendingDeployment, Run, Workflow } from './run.js';

/** What one is on: the branch and commit of the working copy, or of the remote where there is no working copy. */
export interface Head {
  /** Null when no branch is checked out. */
  readonly branch: string | null;
  readonly sha: string | null;
  /** The commit that GitHub has of the branch, as far as the working copy knows; null if it was never pushed. */
  readonly pushedSha: string | null;
}

/** A report that a run uploaded. */
export interface RunReport {
  readonly runId: number;
  readonly attempt: number;
  readonly report: Report;
}

/** What is known of one commit (of the branch one is on, or of the default branch). */
export interface CommitFacts {
  readonly branch: string;
  readonly sha: string;
  /** Newest first; runs of this commit only. */
  readonly runs: readonly Run[];
  /** By run id; of the run's newest attempt. Missing: not fetched. */
  readonly jobs: ReadonlyMap<number, readonly Job[]>;
  /** By run id. */
  readonly pending: ReadonlyMap<number, readonly PendingDeployment[]>;
  /** By run id; missing where the run has no report or it could not be read. */
  readonly reports: ReadonlyMap<number, RunReport>;
  /** By run id: why its report could not be read (expired, refused, not ours), in words. */
  readonly unreadable: ReadonlyMap<number, string>;
  /** Null until they are asked for. */
  readonly checks: readonly Check[] | null;
}

/** A run that waits for somebody, with what it waits for. */
export interface WaitingRun {
  readonly run: Run;
  readonly pending: readonly PendingDeployment[];
}

/** Delivery: asked for when somebody looks. Null: not asked for, or not allowed (then `problems` says why). */
export interface DeliveryFacts {
  readonly environments: readonly Environment[] | null;
  readonly deployments: readonly Deployment[] | null;
  readonly releases: readonly Release[] | null;
  readonly images: readonly ImageVersion[] | null;
  /** On any branch or tag: a release waits at its tag, which nobody has checked out. Missing: not asked for. */
  readonly waiting?: readonly WaitingRun[] | null;
}

/** Everything that is known of a repository, at one moment. Immutable. */
export interface Snapshot {
  readonly defaultBranch: string | null;
  readonly head: Head;
  readonly workflows: readonly Workflow[] | null;
  /** The newest runs of the branch one is on, and those that were asked for by "load more"; newest first. */
  readonly runs: readonly Run[];
  /** The commit one is on, when GitHub knows runs of it; else null. */
  readonly current: CommitFacts | null;
  /** The newest commit of the branch one is on that has finished runs, when that is not `current`: what a stale verdict is about. */
  readonly earlier: CommitFacts | null;
  /** The newest commit of the default branch that has runs. */
  readonly main: CommitFacts | null;
  readonly required: readonly RequiredCheck[] | null;
  readonly delivery: DeliveryFacts;
  /** When the newest complete answer came; null before the first one. */
  readonly updatedAt: Milliseconds | null;
}
