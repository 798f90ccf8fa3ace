import type { Report } from '../gates/report.js';
import type { BencherResult } from './criterion/bencher.js';
import type { CriterionBenchmark } from './criterion/tree.js';
import { pointOf, type Point } from './line.js';
import { measure } from './measurement.js';

/** Where and when benchmarks ran: what Criterion's own files do not tell. */
export type Circumstances = Omit<Point, 'benchmark' | 'package' | 'throughput' | 'measurement' | 'unit'> & {
  /** Of custom measurements; Criterion does not write it down. */
  readonly unit?: string;
};

/** The runs in a report of benchmarks.yml, as the history branch holds them; those without a usable number are left out. */
export function pointsOfReport({ benchmarks = [], ...report }: Report): Point[] {
  const circumstances = {
    commit: report.commit,
    run: report.run.id,
    attempt: report.run.attempt,
    branch: report.ref.replace(/^refs\/heads\//, ''),
    runner: report.machine?.runner,
    toolchain: report.machine?.toolchain,
    at: report.created,
  };
  return benchmarks.flatMap((benchmark) => pointOf({ ...benchmark, ...circumstances }) ?? []);
}

/** Runs in Criterion's own files, for example of the working copy; those without a usable number are left out. */
export function pointsOfCriterion(benchmarks: readonly CriterionBenchmark[], where: Circumstances): Point[] {
  return benchmarks.flatMap(({ id, sample, estimates, throughput }) => {
    const measurement = measure(sample, estimates);
    return measurement
      ? { ...where, unit: where.unit ?? 'ns', benchmark: id, package: undefined, throughput, measurement }
      : [];
  });
}

/** Runs in the output of `--output-format bencher`, which tells medians and standard deviations only. */
export function pointsOfBencher(results: readonly BencherResult[], where: Circumstances): Point[] {
  return results.flatMap(({ id, value, deviation, unit }) => {
    const measurement = measure(undefined, { median: { point: value }, stdDev: { point: deviation } });
    return measurement ? { ...where, unit, benchmark: id, package: undefined, throughput: undefined, measurement } : [];
  });
}
