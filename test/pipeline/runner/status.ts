import { data } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A function without arguments that answers yes or no. */
function answer(name: string, call: () => boolean): FunctionDefinition {
  return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(call()) };
}

/** The status functions of a job's `if`: `results` are those of every job before it, direct or not. */
export function jobStatus(results: readonly Result[]): FunctionDefinition[] {
  return [
    answer('success', () => results.every((result) => result === 'success')),
    answer('failure', () => results.includes('failure')),
    answer('cancelled', () => results.includes('cancelled')),
    answer('always', () => true),
  ];
}

/** The status functions of a step's `if`: `status` is the job's so far. */
export function stepStatus(status: Result): FunctionDefinition[] {
  return [
    answer('success', () => status === 'success'),
    answer('failure', () => status === 'failure'),
    answer('cancelled', () => status === 'cancelled'),
    answer('always', () => true),
  ];
}
