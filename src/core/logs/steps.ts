import type { Step } from '../actions/run.js';
import type { JobLog } from './job-log.js';

/** The part of a log that a step wrote: indexes of lines, `end` is the last one. */
export interface StepRange {
  readonly step: Step;
  readonly start: number;
  readonly end: number;
}

/**
 * Which part of a job's log belongs to which step. Steps that wrote nothing (skipped ones among them) are left out. The
 * log does not name steps: the runner's marks for the beginning of a step count, between the seconds that GitHub tells.
 */
export function stepRanges(log: JobLog, steps: readonly Step[]): readonly StepRange[] {
  const ran = steps
    .filter((step) => step.startedAt !== null && step.conclusion !== 'skipped')
    .toSorted((a, b) => a.number - b.number);
  const starts: { step: Step; start: number }[] = [];
  let from = 0;
  for (const [index, step] of ran.entries()) {
    const next = ran[index + 1]?.startedAt ?? null;
    const start = index === 0 ? 0 : beginning(log, step, from, next);
    if (start === undefined) continue;
    starts.push({ step, start });
    from = start + 1;
  }
  return starts
    .map(({ step, start }, index) => ({ step, start, end: (starts[index + 1]?.start ?? log.lines.length) - 1 }))
    .filter(({ start, end }) => end >= start);
}

/** Where in the log somebody should look first who asks why it failed: an index of a line in the range. */
export function failureLine(log: JobLog, range: Pick<StepRange, 'start' | 'end'>): number {
  const within = (test: (line: JobLog['lines'][number]) => boolean) => {
    for (let at = range.start; at <= range.end; at++) {
      const line = log.lines[at];
      if (line && test(line)) return at;
    }
    return undefined;
  };
  return (
    within(
      ({ text, kind }) =>
        kind === 'plain' && /^\s*(?:error(?:\[[\w:-]+\])?: |Diff in |thread '.*' .*panicked at )/.test(text),
    ) ??
    within(({ text, kind }) => kind === 'error' && !text.startsWith('Error: Process completed with exit code')) ??
    within(({ kind }) => kind === 'error') ??
    range.end
  );
}

function beginning(log: JobLog, step: Step, from: number, next: number | null): number | undefined {
  const earliest = second(step.startedAt ?? 0);
  // The log is written a moment after the step has begun, and both times are rounded to seconds in some places.
  const latest = next === null ? null : second(next) + 2000;
  let first: number | undefined;
  let marked: number | undefined;
  for (let at = firstAt(log, earliest, from); at < log.lines.length; at++) {
    const line = log.lines[at];
    if (!line) break;
    if (latest !== null && timeOf(line.time) > latest) break;
    first ??= at;
    if (!isBeginning(line.text, line.kind)) continue;
    if (line.text === step.name) return at;
    marked ??= at;
    // A mark that is later than the next step began is not this step's.
    if (next !== null && timeOf(line.time) >= second(next) + 1000) break;
    if (!step.name.startsWith('Run ')) break;
  }
  return marked ?? first;
}

/** What the runner writes when a step begins: what it runs, or that it cleans up. */
function isBeginning(text: string, kind: string): boolean {
  return (
    (kind === 'group' && /^(?:Run |Checking docker|Build container|Pull down action)/.test(text)) ||
    (kind !== 'group' && (text === 'Post job cleanup.' || text === 'Cleaning up orphan processes'))
  );
}

/** Index of the first line from `from` on that is not older. */
function firstAt(log: JobLog, earliest: number, from: number): number {
  let low = from;
  let high = log.lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(log.lines[middle]?.time ?? '') < earliest) low = middle + 1;
    else high = middle;
  }
  return low;
}

function timeOf(iso: string): number {
  // More digits than milliseconds have are legal in ISO 8601, but not in every engine.
  return iso === '' ? 0 : Date.parse(iso.replace(/(\.\d{3})\d+Z$/, '$1Z'));
}

function second(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
