import type { Point } from '../../core/history/line.js';

/** Says what is being fetched, and how much of it is there, between 0 and 1. */
export type Report = (what: string, share?: number) => void;

/** What a source found, or could not read, in words for people. */
export interface Found {
  readonly points: readonly Point[];
  readonly problems: readonly string[];
}

/** Somewhere benchmark runs come from. */
export interface HistorySource {
  /** Yields what it has as it comes. Rejects when it cannot be reached at all; stops early when the signal says so. */
  load(signal: AbortSignal, report: Report): AsyncIterable<Found>;
}
