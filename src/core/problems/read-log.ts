import { readAdvisory, readDenied, readThreshold } from './advisories.js';
import { readCargo } from './cargo.js';
import type { LogContext, LoggedFinding, LogReader } from './finding.js';
import { finding } from './finding.js';
import { readDiagnostic, readShort } from './rustc.js';
import { readRustfmt } from './rustfmt.js';
import { readTests, unexplained } from './tests.js';

const readers: readonly LogReader[] = [
  readDiagnostic,
  readDenied,
  readShort,
  readRustfmt,
  readTests,
  readCargo,
  readAdvisory,
  readThreshold,
];

/** More findings than anybody reads; a log can have millions of lines. */
const most = 1000;

/**
 * Everything that a log says is wrong.
 * @param lines plain text, without timestamps and escape sequences
 */
export function findingsInLog(lines: readonly string[]): LoggedFinding[] {
  const context: LogContext = { target: null, test: null, doctest: null, explained: new Set() };
  const found: LoggedFinding[] = [];
  for (let at = 0; at < lines.length && found.length < most;) {
    let next = at + 1;
    for (const read of readers) {
      const result = read(lines, at, context);
      if (!result) continue;
      found.push(...result.findings);
      next = result.next;
      break;
    }
    at = next;
  }
  return [...found, ...unexplained(lines, context)];
}

/** What the runner marked as an error, for a log in which nothing else could be understood. */
export function runnerErrors(lines: readonly { readonly text: string; readonly kind: string }[]): LoggedFinding[] {
  return lines.flatMap(({ text, kind }, at) =>
    kind === 'error' && !/^Error: Process completed with exit code \d+\.?$/.test(text)
      ? [finding({ title: text.replace(/^Error: /, ''), source: 'ci', logLine: at })]
      : [],
  );
}
