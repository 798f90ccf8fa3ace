import type { Estimates, Sample } from './criterion/schema.js';
import { ascending, mean, quantile } from './statistics/robust.js';

/** The share of the samples that lies below the value that is judged. */
const undisturbed = 0.05;
/** Into how many stretches a run is cut. */
const stretchCount = 5;

/** What is judged and shown of one benchmark in one run. Times (or whatever is measured) of one iteration. */
export interface Measurement {
  /** Where it comes from. Values of different kinds are never compared with each other. */
  readonly kind: 'samples' | 'estimates';
  /**
   * The value that is judged. Of samples: their 5 % quantile, the time of an undisturbed iteration, because what a shared
   * machine does to a benchmark only ever adds time (Chen and Revels, "Robust benchmarking in noisy environments",
   * arXiv 1608.04295). Of estimates: the mean.
   */
  readonly value: number;
  /** The same value of each fifth of the run: how slow the machine was for a while without any change of code. */
  readonly stretches: readonly number[];
  /** What Criterion prints: the slope, or the mean where each sample has as many iterations as the next. */
  readonly typical: number;
  /** The range that holds nine of ten samples, or the confidence interval of the typical value. */
  readonly low: number;
  readonly high: number;
}

/** Measures a run by its samples, or by its estimates where there are none; undefined if neither has a usable number. */
export function measure(sample: Sample | undefined, estimates: Estimates | undefined): Measurement | undefined {
  return (sample && ofSamples(sample, estimates)) ?? (estimates && ofEstimates(estimates));
}

function ofSamples({ iters, times }: Sample, estimates: Estimates | undefined): Measurement | undefined {
  const perIteration: number[] = [];
  let products = 0;
  let squares = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] ?? 0;
    const count = iters[i] ?? 0;
    // A timer that saw nothing pass, or a number that JSON could not hold, says nothing about speed.
    if (!(time > 0 && count > 0 && time < Infinity)) continue;
    perIteration.push(time / count);
    products += time * count;
    squares += count * count;
  }
  if (perIteration.length === 0) return undefined;
  const sorted = ascending(perIteration);
  const flat = iters.every((count) => count === iters[0]);
  return {
    kind: 'samples',
    value: quantile(sorted, undisturbed),
    stretches: stretchesOf(perIteration),
    typical: typicalOf(estimates) ?? (flat ? mean(perIteration) : products / squares),
    low: quantile(sorted, 0.05),
    high: quantile(sorted, 0.95),
  };
}

function stretchesOf(perIteration: readonly number[]): number[] {
  const count = Math.min(stretchCount, perIteration.length);
  const bound = (index: number) => Math.round((index * perIteration.length) / count);
  return Array.from({ length: count }, (_, index) =>
    quantile(ascending(perIteration.slice(bound(index), bound(index + 1))), undisturbed),
  );
}

/** Without samples their standard deviation stands in for how slow and how fast a part of the run was. */
function ofEstimates(estimates: Estimates): Measurement | undefined {
  const { mean: average, median, slope, stdDev, medianAbsDev } = estimates;
  const [judged] = [average, median, slope].filter(isPositive);
  const typical = typicalOf(estimates);
  if (!judged || typical === undefined) return undefined;
  const { point } = judged;
  const spread = [stdDev, medianAbsDev].find(isPositive)?.point ?? 0;
  const slowest = point + spread;
  const interval = isPositive(slope) ? slope : judged;
  return {
    kind: 'estimates',
    value: point,
    stretches: spread > 0 ? [point ** 2 / slowest, point, slowest] : [point],
    typical,
    low: interval.low ?? typical,
    high: interval.high ?? typical,
  };
}

function typicalOf(estimates: Estimates | undefined): number | undefined {
  if (!estimates) return undefined;
  return [estimates.slope, estimates.mean, estimates.median].find(isPositive)?.point;
}

function isPositive<E extends { readonly point: number }>(estimate: E | undefined): estimate is E {
  return estimate !== undefined && estimate.point > 0 && estimate.point < Infinity;
}
