import { area, line } from 'd3-shape';
import { decimate } from '../../core/history/panel/decimate.js';
import { verdicts, type Series, type VerdictName } from '../../core/history/panel/messages.js';
import {
  positionsOf,
  referenceOf,
  valueDomain,
  visible,
  xScale,
  yScale,
  type ChartOptions,
  type Domain,
  type YScale,
} from './scales.js';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A run as it is drawn. */
export interface Mark {
  readonly series: number;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly verdict: VerdictName;
  /** It lies outside and is marked at the edge. */
  readonly clipped: 'above' | 'below' | undefined;
}

/** Everything that is drawn of a benchmark, in pixels. */
export interface Geometry {
  readonly x: YScale;
  readonly y: YScale;
  readonly line: string;
  /** What nine of ten samples lay in. */
  readonly interval: string;
  /** What would not be out of the ordinary. */
  readonly normal: string;
  /** Of the main series. */
  readonly marks: readonly Mark[];
  /** Of runs that are not comparable with the main series. */
  readonly others: readonly Mark[];
  readonly changes: readonly { readonly x: number; readonly text: string; readonly verdict: VerdictName }[];
  readonly releases: readonly { readonly x: number; readonly tag: string }[];
}

/** Where everything lies, for a part of the runs. Pure, so that each zoom step is one call. */
export function geometryOf(
  series: readonly Series[],
  releases: readonly { readonly at: number; readonly tag: string }[],
  options: ChartOptions,
  domain: Domain,
  frame: Frame,
): Geometry | undefined {
  const [main] = series;
  if (!main) return undefined;
  const positions = positionsOf(series, options.spacing);
  const [at = new Float64Array()] = positions;
  const shown = series.map((each) => inOptions(each, options));
  const [columns] = shown;
  if (!columns) return undefined;
  const [first, last] = visible(at, domain);
  const x = xScale(domain, [frame.left, frame.right]);
  const inView = (values: Float64Array) => [...values.slice(first, last)];
  const others = shown.slice(1).filter(({ unit }) => unit === main.unit);
  const values = [...inView(columns.value), ...others.flatMap(({ value }) => (options.clip ? [] : [...value]))];
  const thresholds = [...inView(columns.normalLow), ...inView(columns.normalHigh)];
  const intervals = [...inView(columns.low), ...inView(columns.high)];
  const y = yScale(
    valueDomain(values, options.clip ? thresholds : [...thresholds, ...intervals], options),
    [frame.bottom, frame.top],
    options,
  );
  const most = Math.max(200, 4 * Math.round(frame.right - frame.left));
  const drawn = decimate(columns.value, first, last, most);
  const xOf = (index: number) => x(at[index] ?? NaN);
  const yOf = (value: number | undefined) => {
    const place = y(value ?? NaN);
    return Number.isFinite(place) ? place : value !== undefined && value <= 0 ? 2 * frame.bottom : NaN;
  };
  const band = (low: Float64Array, high: Float64Array) =>
    area<number>()
      .defined((index) => !Number.isNaN(low[index]) && !Number.isNaN(high[index]))
      .x(xOf)
      .y0((index) => yOf(low[index]))
      .y1((index) => yOf(high[index]))(drawn) ?? '';
  const marksOf = (number: number, indices: readonly number[]): Mark[] =>
    indices.flatMap((index) => {
      const place = yOf(shown[number]?.value[index]);
      const left = x(positions[number]?.[index] ?? NaN);
      if (Number.isNaN(place) || !(left >= frame.left - 1 && left <= frame.right + 1)) return [];
      return {
        series: number,
        index,
        x: left,
        y: Math.min(frame.bottom, Math.max(frame.top, place)),
        verdict: verdicts[series[number]?.verdicts[index] ?? 0] ?? 'collecting',
        clipped: place < frame.top ? 'above' : place > frame.bottom ? 'below' : undefined,
      };
    });
  return {
    x,
    y,
    line:
      line<number>()
        .x(xOf)
        .y((index) => yOf(columns.value[index]))(drawn) ?? '',
    interval: band(columns.low, columns.high),
    normal: band(columns.normalLow, columns.normalHigh),
    marks: marksOf(0, drawn),
    others: shown.slice(1).flatMap(({ value, unit }, position) => {
      if (unit !== main.unit) return [];
      const number = position + 1;
      const [start, end] = visible(positions[number] ?? new Float64Array(), domain);
      return marksOf(number, decimate(value, start, end, most));
    }),
    changes: main.changes
      .map(({ index, text, verdict }) => ({ x: xOf(index), text, verdict }))
      .filter((change) => change.x >= frame.left && change.x <= frame.right),
    releases: releases
      .map(({ at: time, tag }) => ({ x: x(releasePosition(time, main, at)), tag }))
      .filter((release) => release.x >= frame.left && release.x <= frame.right)
      .sort((a, b) => a.x - b.x),
  };
}

/** Where a moment lies among the runs; between two of them where they stand evenly. */
export function releasePosition(time: number, { at }: Series, positions: Float64Array): number {
  const after = at.findIndex((each) => each >= time);
  if (after === 0)
    return time < (at[0] ?? NaN) && positions !== at ? NaN : at === positions ? time : (positions[0] ?? NaN);
  if (positions === at) return time;
  if (after < 0) return (positions.at(-1) ?? NaN) + 0.5;
  const [t0 = NaN, t1 = NaN] = [at[after - 1], at[after]];
  const [p0 = NaN, p1 = NaN] = [positions[after - 1], positions[after]];
  return p0 + ((time - t0) / (t1 - t0)) * (p1 - p0);
}

type Columns = Pick<Series, 'value' | 'low' | 'high' | 'normalLow' | 'normalHigh' | 'unit'>;

/** Each series against its own level: levels of different machines are not compared. */
function inOptions(series: Series, { relative }: ChartOptions): Columns {
  if (!relative) return series;
  const reference = referenceOf(series);
  const change = (values: Float64Array) => values.map((value) => value / reference - 1);
  return {
    unit: series.unit,
    value: change(series.value),
    low: change(series.low),
    high: change(series.high),
    normalLow: change(series.normalLow),
    normalHigh: change(series.normalHigh),
  };
}

/** The run nearest to a place, preferring comparable ones that are about as near. */
export function nearest(geometry: Geometry, x: number, y: number): Mark | undefined {
  let best: Mark | undefined;
  let least = Infinity;
  for (const mark of [...geometry.marks, ...geometry.others]) {
    const distance = Math.hypot(mark.x - x, (mark.y - y) / 3) + (mark.series === 0 ? 0 : 8);
    if (distance < least) [best, least] = [mark, distance];
  }
  return least <= 60 ? best : undefined;
}
