import { mean } from './robust.js';
import { incompleteBeta, independentShare } from './student.js';

/** A straight line through a series. */
export interface Trend {
  /** From one value to the next. */
  readonly slope: number;
  /** The sum of the squared distances from the line. */
  readonly rest: number;
  /** Two-sided p value of the t test that there is no slope. */
  readonly p: number;
}

/**
 * The line of least squares through a series, tested for values whose distances from it resemble their neighbours'. What
 * wanders up and down stays correlated after the line is taken away, and is no trend; what creeps does not.
 */
export function trendTest(values: readonly number[]): Trend {
  const count = values.length;
  if (count < 4) return { slope: 0, rest: 0, p: 1 };
  const centre = mean(values);
  const middle = (count - 1) / 2;
  const spread = (count * (count ** 2 - 1)) / 12;
  let slope = 0;
  values.forEach((value, index) => (slope += ((index - middle) * (value - centre)) / spread));
  const rests = values.map((value, index) => value - centre - slope * (index - middle));
  let squares = 0;
  let products = 0;
  rests.forEach((rest, index) => {
    squares += rest * rest;
    products += rest * (rests[index - 1] ?? 0);
  });
  if (squares === 0) return { slope, rest: 0, p: slope === 0 ? 1 : 0 };
  const independent = count * independentShare(products / squares, count);
  const freedom = Math.max(1, independent - 2);
  const error = squares / (count - 2) / (spread * (independent / count));
  return { slope, rest: squares, p: incompleteBeta(freedom / (freedom + slope ** 2 / error), freedom / 2, 0.5) };
}
