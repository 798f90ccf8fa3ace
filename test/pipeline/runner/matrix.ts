import { evaluate, type Scope } from './expression.js';
import type { Job } from './schema.js';

export type Combination = Record<string, unknown>;

function list(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`The matrix's ${what} is not a list.`);
}

function isCombination(value: unknown): value is Combination {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function combinations(value: unknown, what: string): Combination[] {
  return list(value ?? [], what).map((entry) => {
    if (!isCombination(entry)) throw new Error(`An entry of the matrix's ${what} is not a map.`);
    return entry;
  });
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Every value of `part` is in `whole`. */
function matches(part: Combination, whole: Combination): boolean {
  return Object.entries(part).every(([key, value]) => same(whole[key], value));
}

function product(axes: [string, unknown[]][]): Combination[] {
  return axes.reduce<Combination[]>(
    (rows, [key, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))),
    axes.length > 0 ? [{}] : [],
  );
}

/** An `include` entry joins every combination whose own values it would not change; otherwise it is one of its own. */
function include(rows: Combination[], entries: Combination[], axes: string[]): Combination[] {
  const result = rows.map((row) => ({ original: row, row }));
  const added: Combination[] = [];
  for (const entry of entries) {
    const shared = Object.fromEntries(Object.entries(entry).filter(([key]) => axes.includes(key)));
    const hosts = result.filter(({ original }) => matches(shared, original));
    for (const host of hosts) host.row = { ...host.row, ...entry };
    if (hosts.length === 0) added.push(entry);
  }
  return [...result.map(({ row }) => row), ...added];
}

function evaluated(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((entry) => evaluated(entry, scope));
  if (!isCombination(value)) return evaluate(value, scope);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, evaluated(entry, scope)]));
}

/** The combinations of a job's matrix, in GitHub's order; one empty combination for a job without a matrix. */
export function expandMatrix(strategy: Job['strategy'], scope: Scope): Combination[] {
  if (strategy === undefined) return [{}];
  const matrix = evaluated(evaluate(strategy.matrix, scope), scope);
  if (!isCombination(matrix)) throw new Error('The matrix is not a map.');
  const axes = Object.entries(matrix)
    .filter(([key]) => key !== 'include' && key !== 'exclude')
    .map(([key, values]): [string, unknown[]] => [key, list(values, `vector "${key}"`)]);
  const empty = axes.find(([, values]) => values.length === 0);
  if (empty) throw new Error(`The matrix's vector "${empty[0]}" does not contain any values.`);
  const excluded = combinations(matrix['exclude'], 'exclude');
  const rows = product(axes).filter((row) => !excluded.some((entry) => matches(entry, row)));
  const all = include(
    rows,
    combinations(matrix['include'], 'include'),
    axes.map(([key]) => key),
  );
  if (all.length === 0) throw new Error('The matrix has no combination.');
  return all;
}
