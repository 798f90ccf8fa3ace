import { concerns, hasBegun, type AcceptedChange } from './baselines.js';
import type { Reading } from './level.js';
import type { Point } from './line.js';
import { boundsFor } from './rules.js';
import { Tracker, type Finding } from './tracker.js';

/** A run and what is said of it. */
export interface JudgedPoint {
  readonly point: Point;
  readonly finding: Finding;
  /** The same run was seen before; the finding is the one of then, and the point counts once. */
  readonly duplicate: boolean;
  /** Where the series has just begun: how many runs of the benchmark are not compared, being of other classes. */
  readonly incomparable: number;
}

interface Series {
  readonly tracker: Tracker;
  readonly seen: Map<string, Finding>;
  pending: AcceptedChange[];
}

/**
 * Judges runs one after the other, in run order. What it says of a run is what can be known when that run arrives.
 * Only runs of the same benchmark, branch, runner class, toolchain, unit and kind of measurement are compared.
 */
export class Judge {
  readonly #accepted = new Map<string, AcceptedChange[]>();
  readonly #series = new Map<string, Series>();
  /** Benchmarks that are judged in the same run: how many series each class has. */
  readonly #families = new Map<string, number>();
  readonly #runsOf = new Map<string, number>();

  constructor(accepted: readonly AcceptedChange[] = []) {
    for (const change of accepted) {
      const known = this.#accepted.get(change.benchmark);
      if (known) known.push(change);
      else this.#accepted.set(change.benchmark, [change]);
    }
  }

  judge(point: Point): JudgedPoint {
    const family = classOf(point);
    const benchmark = nameOf(point);
    const series = this.#seriesOf(point, family);
    const run = `${String(point.run)}\n${String(point.attempt)}`;
    const earlier = series.seen.get(run);
    const incomparable = (this.#runsOf.get(benchmark) ?? 0) - series.seen.size;
    if (earlier) return { point, finding: earlier, duplicate: true, incomparable };
    this.#acceptWhatHasBegun(series, point);
    const finding = series.tracker.judge(readingOf(point), boundsFor(this.#families.get(family) ?? 1));
    series.seen.set(run, finding);
    this.#runsOf.set(benchmark, (this.#runsOf.get(benchmark) ?? 0) + 1);
    return { point, finding, duplicate: false, incomparable };
  }

  #seriesOf(point: Point, family: string): Series {
    const key = `${family}\n${nameOf(point)}`;
    const known = this.#series.get(key);
    if (known) return known;
    const pending = (this.#accepted.get(point.benchmark) ?? []).filter((change) => concerns(change, point));
    const series = { tracker: new Tracker(), seen: new Map<string, Finding>(), pending };
    this.#series.set(key, series);
    this.#families.set(family, (this.#families.get(family) ?? 0) + 1);
    return series;
  }

  #acceptWhatHasBegun(series: Series, point: Point): void {
    const waiting = series.pending.filter((change) => !hasBegun(change, point));
    if (waiting.length === series.pending.length) return;
    series.pending = waiting;
    series.tracker.accept();
  }
}

/** Judges a whole history; one result for each point, in the same order. */
export function judgeHistory(points: readonly Point[], accepted: readonly AcceptedChange[] = []): JudgedPoint[] {
  const judge = new Judge(accepted);
  return points.map((point) => judge.judge(point));
}

function nameOf({ package: crate = '', benchmark }: Point): string {
  return `${crate}\n${benchmark}`;
}

/** What must be the same for two runs to be comparable, the benchmark aside. */
function classOf({ branch = '', runner = '', toolchain = '', unit, measurement }: Point): string {
  return [branch, runner, toolchain, unit, measurement.kind].join('\n');
}

function readingOf({ measurement, commit, run }: Point): Reading {
  return {
    value: Math.log(measurement.value),
    stretches: measurement.stretches.map(Math.log),
    sampled: measurement.kind === 'samples',
    origin: { commit, run },
  };
}
