import { stepTest } from './student.js';

/** A place where a series changes its level. */
export interface ChangePoint {
  /** Index of the first value at the new level. */
  readonly index: number;
  /** p value of the t test between the values before and from there on. */
  readonly p: number;
}

/** What a split must satisfy. */
export interface SplitRules {
  /** The least number of values on either side. */
  readonly least: number;
  /** The largest p value that counts as a change. */
  readonly p: number;
}

/**
 * The most likely single change of a series: the split with the largest energy distance between its sides (E-divisive:
 * Matteson and James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", 2014, with
 * exponent 1), kept only if the t test agrees. The t test in place of permutations makes it deterministic (Hunter:
 * Fleming et al., arXiv 2301.03034, 2023).
 *
 * @returns undefined where no split satisfies the rules
 */
export function bestSplit(values: readonly number[], rules: SplitRules): ChangePoint | undefined {
  const index = largestEnergy(values, rules.least);
  if (index === undefined) return undefined;
  const p = stepTest(values, index);
  return p <= rules.p ? { index, p } : undefined;
}

/**
 * Every change of a series, in order. It is split as far as it can be, best splits first; then the least certain change
 * is dropped, and the rest judged again, until all of them count. Judging only after splitting keeps one step from hiding
 * another (Hunter, section 4).
 */
export function changePoints(values: readonly number[], rules: SplitRules): ChangePoint[] {
  const kept = splits(values, rules.least);
  for (;;) {
    const points = kept.map((index, at) => {
      const start = kept[at - 1] ?? 0;
      return { index, p: stepTest(values.slice(start, kept[at + 1]), index - start) };
    });
    const worst = Math.max(...points.map(({ p }) => p));
    if (!(worst > rules.p)) return points;
    kept.splice(
      points.findIndex(({ p }) => p === worst),
      1,
    );
  }
}

function splits(values: readonly number[], least: number): number[] {
  const index = largestEnergy(values, least);
  if (index === undefined) return [];
  const right = splits(values.slice(index), least);
  return [...splits(values.slice(0, index), least), index, ...right.map((at) => at + index)];
}

/** Moves one value after the other from the right side to the left, so that all splits together cost n² distances. */
function largestEnergy(values: readonly number[], least: number): number | undefined {
  const n = values.length;
  let within = { left: 0, right: pairs(values) };
  let across = 0;
  let best: { index: number; energy: number } | undefined;
  for (let index = 1; index <= n - least; index++) {
    const moved = values[index - 1] ?? 0;
    let toLeft = 0;
    let toRight = 0;
    for (let i = 0; i < index - 1; i++) toLeft += Math.abs((values[i] ?? 0) - moved);
    for (let i = index; i < n; i++) toRight += Math.abs((values[i] ?? 0) - moved);
    within = { left: within.left + toLeft, right: within.right - toRight };
    across += toRight - toLeft;
    if (index < least) continue;
    const right = n - index;
    const average = (sum: number, count: number) => (count > 1 ? sum / ((count * (count - 1)) / 2) : 0);
    const distance = (2 * across) / (index * right) - average(within.left, index) - average(within.right, right);
    const energy = ((index * right) / n) * distance;
    if (!best || energy > best.energy) best = { index, energy };
  }
  return best?.index;
}

function pairs(values: readonly number[]): number {
  let sum = 0;
  values.forEach((a, i) => {
    for (let j = i + 1; j < values.length; j++) sum += Math.abs(a - (values[j] ?? 0));
  });
  return sum;
}
