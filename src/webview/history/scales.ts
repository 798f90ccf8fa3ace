import { extent, median, quantile } from 'd3-array';
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';
import type { Series } from '../../core/history/panel/messages.js';

/** How a benchmark is drawn. */
export interface ChartOptions {
  /** In percent of the accepted level rather than in the unit. */
  readonly relative: boolean;
  readonly zero: boolean;
  readonly log: boolean;
  /** Leaves the furthest points outside; they are marked at the edge. */
  readonly clip: boolean;
  /** Runs lie apart as far as they were in time, or evenly. */
  readonly spacing: 'time' | 'run';
}

export type Domain = readonly [number, number];
export type YScale = ScaleContinuousNumeric<number, number>;

/** Where the runs of each series lie from left to right: milliseconds, or the position of the run among all. */
export function positionsOf(series: readonly Series[], spacing: ChartOptions['spacing']): Float64Array[] {
  const dated = series.every(({ at }) => at.every((time) => !Number.isNaN(time)));
  if (dated && spacing === 'time') return series.map(({ at }) => at);
  const keys = series.map(({ runs, attempts, at }) =>
    runs.map((run, index) => ({
      name: `${run} ${attempts[index] ?? 1}`,
      order: (dated ? at[index] : Number(run)) ?? NaN,
    })),
  );
  const all = new Map(keys.flat().map(({ name, order }) => [name, order]));
  // The sort is stable: what has no order stays where it is.
  const sorted = [...all].sort(([, a], [, b]) => (Number.isNaN(a - b) ? 0 : a - b));
  const position = new Map(sorted.map(([name], index) => [name, index]));
  return keys.map((names) => Float64Array.from(names, ({ name }) => position.get(name) ?? NaN));
}

/** From the first run to the last, with a margin. */
export function fullDomain(positions: readonly Float64Array[]): Domain {
  const [first, last] = extent(positions.flatMap((each) => [...each]).filter((each) => !Number.isNaN(each)));
  if (first === undefined) return [0, 1];
  // Of a single run the day around it is shown, or the place beside it.
  const margin = first === last ? (first > 1e9 ? 86_400_000 : 1) : (last - first) * 0.02;
  return [first - margin, last + margin];
}

/** The level that changes are shown against: what is accepted now, or else the first run. */
export function referenceOf({ normalLow, normalHigh, value }: Series): number {
  const last = normalLow.findLastIndex((low) => !Number.isNaN(low));
  return last < 0 ? (value[0] ?? 1) : Math.sqrt((normalLow[last] ?? 1) * (normalHigh[last] ?? 1));
}

/** Indices of the runs that are seen, and one more on each side, so that lines go on to the edge. */
export function visible(positions: Float64Array, [from, to]: Domain): Domain {
  let first = 0;
  while (first < positions.length && (positions[first] ?? 0) < from) first++;
  let last = first;
  while (last < positions.length && (positions[last] ?? 0) <= to) last++;
  return [Math.max(0, first - 1), Math.min(positions.length, last + 1)];
}

/**
 * The values from bottom to top.
 *
 * @param values of the runs
 * @param bounds what else should be seen, such as bands
 */
export function valueDomain(values: readonly number[], bounds: readonly number[], options: ChartOptions): Domain {
  const finite = values.filter(Number.isFinite);
  const others = bounds.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  let [low, high] = extent(options.clip ? unclipped(finite) : [...finite, ...others]) as [number, number];
  if (options.clip) {
    // The threshold is what one looks for, and costs little room; a wild interval does not count.
    const room = (high - low || Math.abs(high) || 1) * 0.5;
    for (const bound of others) {
      if (bound < low) low = Math.max(bound, low - room);
      if (bound > high) high = Math.min(bound, high + room);
    }
  }
  if (low === high) [low, high] = low === 0 ? [-1, 1] : [low - Math.abs(low) * 0.05, high + Math.abs(high) * 0.05];
  const margin = (high - low) * 0.06;
  const log = options.log && !options.relative;
  if (log) return low > 0 ? [low / 1.03, high * 1.03] : [high / 1000, high];
  if (options.zero && !options.relative) return [Math.min(0, low), Math.max(0, high + margin)];
  return [low - margin, high + margin];
}

/**
 * Without single runs that are far from their neighbours. A level that lasts is none of them, however far it is from the
 * one before: seven runs in a row have a median that follows it.
 */
function unclipped(values: readonly number[]): number[] {
  const off = values.map((value, index) => {
    const start = Math.min(Math.max(0, index - 3), Math.max(0, values.length - 7));
    return Math.abs(value - (median(values.slice(start, start + 7)) ?? value));
  });
  const reach = Math.max(8 * (median(off) ?? 0), 2 * (quantile(off, 0.9) ?? 0));
  const kept = values.filter((_, index) => (off[index] ?? 0) <= reach);
  return kept.length > 0 ? kept : [...values];
}

export function xScale(domain: Domain, [left, right]: Domain): YScale {
  return scaleLinear([...domain], [left, right]);
}

export function yScale(domain: Domain, [bottom, top]: Domain, options: ChartOptions): YScale {
  const log = options.log && !options.relative;
  return (log ? scaleLog() : scaleLinear()).domain([...domain]).range([bottom, top]);
}

/** Zooms by `factor` (below 1: nearer) with the place `at` staying where it is; never beyond `limits`. */
export function zoomed([from, to]: Domain, factor: number, at: number, limits: Domain): Domain {
  const full = limits[1] - limits[0];
  const least = full / 2000;
  const width = Math.min(full, Math.max(least, (to - from) * factor));
  const share = to === from ? 0.5 : (at - from) / (to - from);
  return within([at - share * width, at + (1 - share) * width], limits);
}

/** Moves by a share of what is seen; never beyond `limits`. */
export function panned([from, to]: Domain, share: number, limits: Domain): Domain {
  const step = (to - from) * share;
  return within([from + step, to + step], limits);
}

function within([from, to]: Domain, [least, most]: Domain): Domain {
  const width = Math.min(to - from, most - least);
  const start = Math.min(Math.max(from, least), most - width);
  return [start, start + width];
}
