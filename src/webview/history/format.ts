import { scaleTime } from 'd3-scale';
import type { Domain } from './scales.js';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `23 Nov 2026`; empty where the time is not known. */
export function date(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '' : day.format(milliseconds);
}

/** `23 Nov 2026, 14:05`. */
export function dateTime(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '' : minute.format(milliseconds);
}

export function shortCommit(commit: string | null): string {
  return commit?.slice(0, 7) ?? '';
}

/** `1.2 MB`. */
export function bytes(size: number): string {
  const [divisor, unit] = size < 1e3 ? [1, 'B'] : size < 1e6 ? [1e3, 'kB'] : size < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${divisor === 1 ? size : (size / divisor).toFixed(1)} ${unit}`;
}

const units: readonly (readonly [number, string])[] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

/** Numbers on the vertical axis: all in the same unit and with as many digits as the finest of them needs. */
export function axisTexts(ticks: readonly number[], unit: string, relative: boolean): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const fitting = unit === 'ns' ? units.find(([factor]) => largest >= factor) : undefined;
  const [factor, name] = relative ? [0.01, '%'] : (fitting ?? [1, unit]);
  const scaled = ticks.map((tick) => Number((tick / factor).toPrecision(6)));
  const digits = Math.min(6, Math.max(0, ...scaled.map((value) => String(value).split('.')[1]?.length ?? 0)));
  return scaled.map((value) => `${relative && value > 0 ? '+' : ''}${value.toFixed(digits)} ${name}`);
}

/** Times on the horizontal axis with their texts, as many as there is room for. */
export function timeTicks([from, to]: Domain, count: number): { at: number; text: string }[] {
  const scale = scaleTime([new Date(from), new Date(to)], [0, 1]);
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((tick) => ({ at: tick.getTime(), text: format(tick) }));
}
