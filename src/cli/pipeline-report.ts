import type { InputError } from '../core/scaffold/input-error.js';
import type { Action, Plan, PlannedFile } from '../core/scaffold/plan.js';

/** How a command ended. */
export interface Outcome {
  /** `undecided`: nothing was written because decisions are missing. */
  status: 'changed' | 'unchanged' | 'undecided';
  dryRun: boolean;
  notices: readonly string[];
  plan: Plan;
}

const words: Record<Action, string> = {
  create: 'new',
  replace: 'replace',
  merge: 'merge',
  conflict: 'conflict',
  unchanged: 'unchanged',
  kept: 'yours',
  foreign: 'not ours',
  deleted: 'deleted',
  remove: 'remove',
};

/** The result for a terminal: a line for every file that something happens to or that the user should know of. */
export function humanReport({ status, dryRun, plan, notices }: Outcome): string {
  const lines = plan.files.filter(({ action }) => action !== 'unchanged').map(fileLine);
  if (status !== 'unchanged') lines.push(...notices.map((notice) => `note: ${notice}`));
  if (status === 'unchanged') lines.push('Nothing to do: the pipeline is up to date.');
  else if (status === 'undecided') {
    lines.push(
      `Nothing was written: ${fileCount(plan.open)} ${plan.open.length === 1 ? 'waits' : 'wait'} for a decision.`,
    );
    if (has(plan, 'foreign')) lines.push('  Choose with --force-foreign=keep, replace or rename.');
    if (has(plan, 'conflict')) lines.push('  Choose with --force-conflicts=yours, theirs or markers.');
  } else if (dryRun) lines.push(`${fileCount(plan.changes)} would change.`);
  else
    lines.push(`${fileCount(plan.changes)} changed. Look at them, commit and push; docs/ci-cd.md explains the rest.`);
  return `${lines.join('\n')}\n`;
}

/** The result for programs. */
export function jsonReport({ status, dryRun, notices, plan }: Outcome): string {
  const files = plan.files.map(({ path, action, reason }) => ({ path, action, reason }));
  const { options, template } = plan.manifest;
  return `${JSON.stringify({ status, dryRun, template, options, notices, files }, null, 2)}\n`;
}

/** Refused input for programs. */
export function errorReport({ file, position, what, advice, message }: InputError): string {
  return `${JSON.stringify({ status: 'error', error: { file, ...position, what, advice, message } }, null, 2)}\n`;
}

function fileLine({ action, path, reason }: PlannedFile): string {
  const line = `${words[action].padEnd(8)}  ${path}`;
  return action === 'create' ? line : `${line}  (${reason.replace(/\.$/, '')})`;
}

function has(plan: Plan, action: Action): boolean {
  return plan.open.some((file) => file.action === action);
}

function fileCount(files: readonly unknown[]): string {
  return `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
}
