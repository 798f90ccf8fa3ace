import type { Lane, Span } from '../../core/history/panel/messages.js';
import type { Domain } from './scales.js';
import { xScale } from './scales.js';

/** A span as it is drawn, in pixels. */
export interface Bar {
  readonly span: Span;
  readonly x: number;
  readonly width: number;
  /** Its text fits into it. */
  readonly labelled: boolean;
}

/** Narrower bars could neither be seen nor hit. */
const least = 6;
const moment = 16;
const characterWidth = 7;

/** From the first deployment to now, with a margin. */
export function timeDomain(lanes: readonly Lane[], now: number): Domain {
  const first = Math.min(now, ...lanes.flatMap(({ spans }) => spans.map(({ from }) => from)));
  const length = Math.max(now - first, 3_600_000);
  return [now - length * 1.02, now + length * 0.04];
}

/** Where the spans of a lane lie. What failed or waits was never live: it is a mark at its moment. */
export function barsOf({ spans }: Lane, domain: Domain, [left, right]: Domain, now: number): Bar[] {
  const x = xScale(domain, [left, right]);
  return spans
    .filter(({ from, until }) => from <= domain[1] && (until ?? now) >= domain[0])
    .map((span) => {
      const start = Math.max(left, x(span.from));
      const end = Math.min(right, x(span.until ?? now));
      const width = isMoment(span) ? moment : Math.max(least, end - start);
      const labelled = !isMoment(span) && width > span.version.length * characterWidth + 10;
      return { span, x: Math.min(start, right - width), width, labelled };
    });
}

export function isMoment({ state }: Span): boolean {
  return state === 'failed' || state === 'waiting' || state === 'running' || state === 'unknown';
}

/** What a span is, in a sentence. */
export function spanText(span: Span, environment: string, format: (time: number) => string): string {
  const { version, state, kind, from, until, by, reason, waitsFor } = span;
  const who = by === null ? '' : ` by ${by}`;
  const what = kind === 'rollback' ? `rollback to ${version}` : version;
  const why = reason === null ? '' : `: ${reason}`;
  const start = format(from);
  switch (state) {
    case 'live':
      return `${environment}: ${what}, live since ${start}${who}${why}`;
    case 'replaced':
      return `${environment}: ${what}, live from ${start} to ${until === null ? 'an unknown time' : format(until)}${who}${why}`;
    case 'failed':
      return `${environment}: ${what}, failed on ${start}${who}${why}`;
    case 'waiting':
      return `${environment}: ${what}, waits for approval since ${start}${waitsFor.length > 0 ? ` (by ${waitsFor.join(', ')})` : ''}`;
    case 'running':
      return `${environment}: ${what}, being deployed since ${start}${who}`;
    case 'unknown':
      return `${environment}: ${what} on ${start}${who}; how it ended is not known`;
  }
}
