import { finding } from './finding.js';
import type { LogReader } from './finding.js';

const header = /^Diff in (.+?)(?::(\d+):?| at line (\d+):)$/;

/** `Diff in src/lib.rs:12:` and what follows: the lines that rustfmt would take out and put in. */
export const readRustfmt: LogReader = (lines, at) => {
  const match = header.exec(lines[at] ?? '');
  if (!match) return undefined;
  const [, path = '', after, before] = match;
  let end = at + 1;
  // Every line of the difference has its sign before it; the runner cuts the blank of an empty one off.
  while (end < lines.length && !header.test(lines[end] ?? '') && isDifference(lines[end] ?? '')) end++;
  const body = lines.slice(at + 1, end);
  while (body.at(-1)?.trim() === '') body.pop();
  const unchanged = body.findIndex((line) => /^[-+]/.test(line));
  const first = Number(after ?? before) + Math.max(unchanged, 0);
  const removed = body.filter((line) => line.startsWith('-')).length;
  const changed = body.slice(Math.max(unchanged, 0)).filter((line) => line !== '');
  while (changed.length > 0 && !/^[-+]/.test(changed.at(-1) ?? '')) changed.pop();
  const spanned = changed.filter((line) => !line.startsWith('+')).length;
  return {
    findings: [
      finding({
        path,
        place: { line: first, column: null, endLine: first + Math.max(spanned, 1) - 1, endColumn: null },
        title: removed === 0 ? 'rustfmt would insert something here' : 'rustfmt would write this differently',
        detail: changed.slice(0, 20).join('\n'),
        source: 'rustfmt',
        logLine: at,
      }),
    ],
    next: end,
  };
};

function isDifference(line: string): boolean {
  return line === '' || /^[-+ ]/.test(line);
}
