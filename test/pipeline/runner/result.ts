import type { Annotation } from './annotations.js';
import type { Combination } from './matrix.js';
import type { Result } from './status.js';

export interface StepResult {
  /** The step's name, else the first line of what it runs. */
  name: string;
  id: string | undefined;
  /** Before and after `continue-on-error`. */
  outcome: Result;
  conclusion: Result;
  outputs: Record<string, string>;
  /** Everything that it printed. */
  output: string;
}

/** One combination of a job's matrix. */
export interface LegResult {
  /** As GitHub shows it. */
  name: string;
  matrix: Combination;
  /** `not-run`: it wants a machine other than Linux x86-64. */
  result: Result | 'not-run';
  outputs: Record<string, string>;
  steps: StepResult[];
  /** What the steps wrote for people, as Markdown. */
  summary: string;
  annotations: Annotation[];
}

export interface JobResult {
  result: Result;
  outputs: Record<string, string>;
  legs: LegResult[];
}

/** A call of an action that a stand-in recorded. */
export interface ActionCall {
  job: string;
  action: string;
  with: Record<string, string>;
}

export interface RunResult {
  /** As GitHub shows it. */
  name: string;
  jobs: Record<string, JobResult>;
  calls: ActionCall[];
  /** Folders with the contents of the uploaded artifacts, by name. */
  artifacts: Record<string, string>;
}
