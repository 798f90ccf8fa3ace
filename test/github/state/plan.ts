import type { Duration } from '../duration.js';
import type { Run } from './run.js';

export type JobConclusion =
  'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'action_required';

/** What a step will do. */
export interface StepPlan {
  readonly name: string;
  /** Default: its share of what the job takes. */
  readonly duration?: Duration;
  readonly conclusion?: 'success' | 'failure' | 'skipped';
  /** It runs also after a step that failed. */
  readonly always?: boolean;
  /** What it prints, without times. */
  readonly log?: string;
}

/** A note at a line of a file, as `::error file=…` makes it. */
export interface AnnotationPlan {
  readonly path: string;
  readonly line: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
  readonly level?: 'notice' | 'warning' | 'failure';
  readonly title?: string;
  readonly message: string;
}

export interface ArtifactPlan {
  readonly name: string;
  /** Files by name: they become a zip. Bytes: served as they are, as upload-artifact does with `archive: false`. */
  readonly content: Readonly<Record<string, string | Uint8Array>> | Uint8Array;
  /** Default: 90 days. */
  readonly expiresIn?: Duration;
  /** What GitHub claims; default: the truth. */
  readonly digest?: string | null;
}

/** What a job will do. */
export interface JobPlan {
  /** The id in the workflow, by which other jobs need it; default: the name. */
  readonly id?: string;
  readonly name: string;
  readonly needs?: readonly string[];
  readonly runsOn?: string;
  /** How long it waits for a runner. Default: 2 s. */
  readonly queue?: Duration;
  /** How long it takes. Default: what its steps take, or 30 s. */
  readonly duration?: Duration;
  /** Default: success. A failing job without a failing step fails in its last one. */
  readonly conclusion?: JobConclusion;
  /** It runs also when jobs that it needs did not succeed, as with `if: always()`. */
  readonly always?: boolean;
  /** Its failure does not fail the run, as with `continue-on-error`. */
  readonly mayFail?: boolean;
  readonly environment?: string;
  readonly steps?: readonly StepPlan[];
  readonly annotations?: readonly AnnotationPlan[];
  /** Uploaded when the job ends, also when it failed. Asked for at that time when it is a function. */
  readonly artifacts?: readonly ArtifactPlan[] | ((run: Run) => readonly ArtifactPlan[]);
  /** What else changes when it succeeds. */
  readonly effect?: (run: Run) => void;
}

/** What decides what a run will do. */
export interface PlanContext {
  readonly inputs: Readonly<Record<string, string>>;
  readonly ref: string;
  readonly sha: string;
  readonly event: string;
  readonly attempt: number;
}

export type Jobs = readonly JobPlan[] | ((context: PlanContext) => readonly JobPlan[]);
