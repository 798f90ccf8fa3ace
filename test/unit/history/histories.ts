import { judgeHistory } from '../../../src/core/history/judge.js';
import { inRunOrder, pointOf, type HistoryLine, type Point } from '../../../src/core/history/line.js';
import { verdictOf, type Verdict } from '../../../src/core/history/verdict.js';
import noise from './data/noise.txt';

/** The samples of one run, in nanoseconds of one iteration. */
export type Run = readonly number[];

const measuredRuns = new Map<string, Run[]>();
for (const line of noise
  .trim()
  .split('\n')
  .filter((text) => !text.startsWith('#'))) {
  const [benchmark, code, , ...samples] = line.split(' ');
  const key = `${benchmark ?? ''} ${code ?? ''}`;
  measuredRuns.set(key, [...(measuredRuns.get(key) ?? []), samples.map(Number)]);
}

/** Real runs of `mix` or `sort`, in the order in which they were taken. */
export function measured(benchmark: 'mix' | 'sort', code: 'identical' | 'plus3' | 'plus5' | 'plus10'): readonly Run[] {
  const runs = measuredRuns.get(`${benchmark} ${code}`);
  if (!runs) throw new Error(`There is no noise of ${benchmark} ${code}.`);
  return runs;
}

/** A run whose samples all lie within a tenth of a per cent of `value`, always the same ones for the same seed. */
export function steady(value: number, seed: number): Run {
  return Array.from({ length: 20 }, (_, index) => value * (1 + 0.001 * Math.sin(seed * 12.9898 + index * 78.233)));
}

/** Runs 1, 2, 3 … of one benchmark; commit `c1`, `c2` … */
export function history(runs: readonly Run[], change: Partial<HistoryLine> = {}, first = 1): Point[] {
  return runs.map((times, index) => {
    const run = first + index;
    const line = { benchmark: 'bench', commit: `c${run}`, run, runner: 'linux', toolchain: '1.90' };
    const point = pointOf({ ...line, iters: times.map(() => 1), times: [...times], ...change });
    if (!point) throw new Error('A generated run has no usable sample.');
    return point;
  });
}

/** The verdicts in run order. */
export function verdicts(points: readonly Point[], accepted?: Parameters<typeof judgeHistory>[1]): Verdict[] {
  return judgeHistory(inRunOrder(points), accepted).map(verdictOf);
}
