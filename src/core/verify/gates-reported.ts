import type { CommitFacts } from '../actions/snapshot.js';
import type { Result } from './result.js';

/** What the newest run of a workflow said of its gates. */
export interface Reported {
  readonly workflow: string;
  readonly result: Result;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Gates that checked nothing, with the reason. */
  readonly skipped: readonly { readonly id: string; readonly reason: string | null }[];
  /** Why there is nothing to read: no run yet, no report in it. */
  readonly why: 'noRun' | 'notEnded' | 'noReport' | null;
}

/** Whether the workflows that have gates reported them for a commit. */
export function gatesReported(commit: CommitFacts | null, workflows: readonly string[]): Reported[] {
  return workflows.map((workflow) => {
    const none = { workflow, passed: [], failed: [], skipped: [] };
    const run = commit?.runs.find(({ path }) => path === workflow);
    if (!run) return { ...none, result: 'unknown', why: 'noRun' };
    if (run.status !== 'completed') return { ...none, result: 'unknown', why: 'notEnded' };
    const gates = commit?.reports.get(run.id)?.report.gates;
    if (!gates) return { ...none, result: 'wrong', why: 'noReport' };
    const of = (...states: string[]) => gates.filter(({ state }) => states.includes(state));
    const failed = of('fail', 'cancelled').map(({ id }) => id);
    const passed = of('pass').map(({ id }) => id);
    return {
      workflow,
      // A run in which every gate was skipped has checked nothing.
      result: failed.length > 0 ? 'wrong' : passed.length > 0 ? 'ok' : 'attention',
      passed,
      failed,
      skipped: of('skipped').map(({ id, reason }) => ({ id, reason })),
      why: null,
    };
  });
}
