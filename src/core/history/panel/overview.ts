import type { JudgedPoint } from '../judge.js';
import type { Point } from '../line.js';
import type { Finding } from '../tracker.js';
import { originText, percent, reasonOf, unsignedPercent } from '../words.js';
import { byBenchmark, isLocal, seriesOf } from './benchmark.js';
import { thinned } from './decimate.js';
import type { Row } from './messages.js';

/** A run, judged or not yet. */
export interface Run {
  readonly point: Point;
  readonly judged: JudgedPoint | undefined;
}

/** How many points the small line of a benchmark has at most. */
const sparkPoints = 60;
/** From here on a benchmark is told what it cannot show rather than what it can. */
const noisy = 0.1;

/**
 * All benchmarks, the most significant first.
 *
 * @param runs in run order
 * @param branch the default branch, whose newest runs are shown where there are any
 */
export function overviewOf(runs: readonly Run[], branch: string | undefined): Row[] {
  const rows = [...byBenchmark(runs, ({ point }) => point)].map(([key, all]) => rowOf(key, all, branch));
  return rows.sort(
    (a, b) => b.significance - a.significance || (a.benchmark < b.benchmark ? -1 : a.benchmark > b.benchmark ? 1 : 0),
  );
}

function rowOf(key: string, runs: readonly Run[], branch: string | undefined): Row {
  const name = mainSeries(runs, branch);
  const series = runs.filter(({ point }) => seriesOf(point) === name);
  const last = series.at(-1);
  if (!last) throw new Error('A benchmark without a run.');
  const { point, judged } = last;
  const finding = judged?.finding;
  return {
    key,
    benchmark: point.benchmark,
    package: point.package ?? null,
    unit: point.unit,
    value: point.measurement.value,
    typical: point.measurement.typical,
    verdict: finding?.verdict ?? null,
    words: finding ? wordsOf(finding) : '',
    reason: judged ? reasonOf(judged) : '',
    change: finding && finding.verdict !== 'collecting' ? finding.change : null,
    significance: finding ? significanceOf(finding) : 0,
    spark: thinned(
      series.map((run) => run.point.measurement.value),
      sparkPoints,
    ),
    runs: series.length,
    where: whereOf(point),
  };
}

/** The series that a person wants first: of the default branch, or the newest that was not measured on this computer. */
export function mainSeries(runs: readonly Run[], branch: string | undefined): string {
  const points = runs.map(({ point }) => point);
  const newest =
    points.findLast((point) => !isLocal(point) && point.branch === branch) ??
    points.findLast((point) => !isLocal(point)) ??
    points.at(-1);
  return newest ? seriesOf(newest) : '';
}

/** A verdict in a few words. */
export function wordsOf(finding: Finding): string {
  switch (finding.verdict) {
    case 'collecting':
      return `collecting, ${finding.known} of ${finding.needed}`;
    case 'stable':
      if (finding.resolvable === undefined) return 'stable, history too short to resolve changes';
      return finding.resolvable >= noisy
        ? `cannot resolve below ${unsignedPercent(finding.resolvable)}`
        : `stable, resolves ${unsignedPercent(finding.resolvable)}`;
    case 'suspect':
      return `${percent(finding.change)}, suspect`;
    case 'regression':
    case 'improvement':
      return `${percent(finding.change)}, confirmed in ${finding.runs} runs since ${originText(finding.since)}`;
    case 'recovered':
      return `recovered since ${originText(finding.since)}`;
  }
}

/** What was measured where, for people: branch, machine and toolchain. */
export function whereOf({ branch, runner, toolchain }: Point): string {
  return [branch, runner, toolchain].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Confirmed slowdowns first, then what may become one, then good news; among equals the more unusual first. */
function significanceOf(finding: Finding): number {
  if (finding.verdict === 'collecting') return 0;
  const weight = { stable: 1, recovered: 2, improvement: 3, suspect: 4, regression: 5 }[finding.verdict];
  return weight + Math.min(0.99, Math.abs(finding.deviations) / 100);
}
