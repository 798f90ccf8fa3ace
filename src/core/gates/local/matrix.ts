import { evaluate } from './expression.js';
import type { Contexts } from './expression.js';
import type { WorkflowJob } from './workflow-file.js';

export type Combination = Readonly<Record<string, unknown>>;

/** The combinations of a job's matrix; one empty one where it has none. `exclude` holds, `include` joins or adds, as on GitHub. */
export function combinationsOf(job: WorkflowJob, contexts: Contexts): readonly Combination[] {
  if (job.strategy?.matrix === undefined) return [{}];
  const matrix = evaluate(job.strategy.matrix, contexts);
  if (!isCombination(matrix)) throw new Error('The matrix is not a map.');
  const axes = Object.entries(matrix).filter(([key]) => key !== 'include' && key !== 'exclude');
  let rows: Combination[] = axes.length === 0 ? [] : [{}];
  for (const [key, values] of axes)
    rows = rows.flatMap((row) => listOf(values).map((value) => ({ ...row, [key]: value })));
  const excluded = listOf(matrix['exclude']).filter(isCombination);
  rows = rows.filter((row) => !excluded.some((entry) => contains(row, entry)));
  const own = axes.map(([key]) => key);
  const added: Combination[] = [];
  for (const entry of listOf(matrix['include']).filter(isCombination)) {
    const shared = Object.fromEntries(Object.entries(entry).filter(([key]) => own.includes(key)));
    const fits = (row: Combination) => contains(row, shared);
    if (rows.some(fits)) rows = rows.map((row) => (fits(row) ? { ...row, ...entry } : row));
    else added.push(entry);
  }
  return [...rows, ...added];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function isCombination(value: unknown): value is Combination {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contains(whole: Combination, part: Combination): boolean {
  return Object.entries(part).every(([key, value]) => JSON.stringify(whole[key]) === JSON.stringify(value));
}
