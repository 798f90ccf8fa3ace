import type { Machine } from '../runner/machine.js';
import type { Run } from '../runner/run.js';

/** What a stand-in is told of the step that it stands in for. */
export interface ActionStep {
  run: Run;
  job: string;
  machine: Machine;
  /** The inputs, with expressions evaluated. */
  with: Record<string, string>;
  /** The step's environment. */
  env: Record<string, string>;
}

/** What an action leaves to the steps after it. */
export interface ActionEffect {
  outputs?: Record<string, string>;
  /** Folders for PATH. */
  paths?: string[];
  /** What the log shows. */
  log?: string;
}

/** Stands in for an action of GitHub or of somebody else; throws where the action would fail. */
export interface StandIn {
  /** The inputs that it honours or may ignore; any other is an error. */
  inputs: readonly string[];
  perform(step: ActionStep): Promise<ActionEffect>;
}

/** An input, or its default where it is left out or empty. */
export function input(step: ActionStep, name: string, fallback: string): string {
  const given = step.with[name]?.trim() ?? '';
  return given === '' ? fallback : given;
}
