import type { Step } from '../actions/run.js';
import type { Span } from './ansi.js';
import type { JobLog, LineKind } from './job-log.js';
import { failureLine, stepRanges } from './steps.js';

/** A log as a document: with a heading above the lines of each step. Line numbers of the document count from 0. */
export interface LogDocument {
  readonly lines: readonly DocumentLine[];
  readonly steps: readonly DocumentStep[];
  readonly groups: readonly { readonly title: string; readonly start: number; readonly end: number }[];
  /** The line of the document that shows a line of the log. */
  lineOf(logLine: number): number;
}

export interface DocumentLine {
  readonly text: string;
  readonly kind: LineKind | 'heading';
  readonly spans: readonly Span[];
}

export interface DocumentStep {
  readonly step: Step;
  /** Its heading. */
  readonly start: number;
  /** Its last line. */
  readonly end: number;
  /** Where to look first. */
  readonly focus: number;
}

/** @param heading what is written above the lines of a step */
export function logDocument(log: JobLog, steps: readonly Step[], heading: (step: Step) => string): LogDocument {
  const ranges = stepRanges(log, steps);
  const starts = ranges.map(({ start }) => start);
  /** Each heading above pushes a line down. */
  const lineOf = (logLine: number) => logLine + upTo(starts, logLine);
  const lines: DocumentLine[] = [];
  for (const [index, line] of log.lines.entries()) {
    const range = ranges[lines.length - index];
    if (range?.start === index) lines.push({ text: heading(range.step), kind: 'heading', spans: [] });
    lines.push(line);
  }
  return {
    lines,
    steps: ranges.map((range) => ({
      step: range.step,
      start: lineOf(range.start) - 1,
      end: lineOf(range.end),
      focus: range.step.conclusion === 'failure' ? lineOf(failureLine(log, range)) : lineOf(range.start) - 1,
    })),
    groups: log.groups.map(({ title, start, end }) => ({ title, start: lineOf(start), end: lineOf(end) })),
    lineOf,
  };
}

/** How many of the sorted numbers are not greater. */
function upTo(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
