import type { Jobs } from './plan.js';

export interface DispatchInput {
  readonly type?: 'string' | 'boolean' | 'choice' | 'number' | 'environment';
  readonly required?: boolean;
  readonly default?: string;
  readonly options?: readonly string[];
}

/** A workflow file that GitHub knows. */
export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  state: 'active' | 'disabled_manually' | 'disabled_inactivity' | 'deleted';
  readonly createdAt: number;
  /** Undefined: it has no `workflow_dispatch`. */
  readonly dispatch: Readonly<Record<string, DispatchInput>> | undefined;
  readonly runName: ((inputs: Readonly<Record<string, string>>, ref: string) => string) | undefined;
  /** What its runs do, unless the run says otherwise. */
  readonly jobs: Jobs;
}

/** What a test says of a workflow. */
export interface WorkflowOptions {
  /** Default: the file name without its ending. */
  readonly name?: string;
  readonly dispatch?: Readonly<Record<string, DispatchInput>>;
  readonly runName?: NonNullable<Workflow['runName']>;
  readonly jobs?: Jobs;
  readonly state?: Workflow['state'];
  readonly at?: number;
}
