import { scaleTime } from 'd3-scale';
import { formatValue, percent } from '../../core/history/words.js';
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

/** A number on the vertical axis. */
export function axisValue(value: number, unit: string, relative: boolean): string {
  if (relative) return Math.abs(value) < 1e-9 ? '0 %' : percent(value);
  if (value === 0) return '0';
  return formatValue(Number(value.toPrecision(4)), unit).replace(/\.?0+(?= )/, (zeros) =>
    zeros.includes('.') ? '' : zeros,
  );
}

/** Times on the horizontal axis with their texts, as many as there is room for. */
export function timeTicks([from, to]: Domain, count: number): { at: number; text: string }[] {
  const scale = scaleTime([new Date(from), new Date(to)], [0, 1]);
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((tick) => ({ at: tick.getTime(), text: format(tick) }));
}
