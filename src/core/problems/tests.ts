import { finding, placeAt } from './finding.js';
import type { LogContext, LoggedFinding, LogReader } from './finding.js';

const running = /^\s*Running (?:unittests )?(\S+\.rs) \(/;
const block = /^\s*---- (.+?) stdout ----$/;
const doctest = /^(\S+\.rs) - (.*?)\s*\(line (\d+)\)$/;
const panic = /^\s*thread '(.*)' (?:\(\d+\) )?panicked at (?!')(.+):(\d+):(\d+):$/;
/** Before Rust 1.73: the message first, in quotes, with the place behind it. */
const oldPanic = /^\s*thread '(.*)' panicked at '(.*)$/;
const oldPanicEnd = /^(.*)', (\S.*?):(\d+):(\d+)$/;
const notPanicked = /^\s*note: test did not panic as expected(?: at (.+):(\d+):(\d+))?$/;
const nextest = /^\s*(?:FAIL|TIMEOUT|SIG[A-Z]+|ABORT|LEAK-FAIL)\s+\[[^\]]*\]\s+(?:\([^)]*\)\s+)?(\S+)\s+(\S.*)$/;
const failed = /^test (.+?)(?: - should panic)? \.\.\. FAILED$/;
const error = /^\s*Error: (.+)$/;

/** Panics and failed tests of cargo test and cargo-nextest. */
export const readTests: LogReader = (lines, at, context) => {
  const line = lines[at] ?? '';
  if (!/thread '|---- |Running |\.\.\. FAILED|did not panic|Error: |\[ /.test(line)) return undefined;
  if (remember(line, context)) return { findings: [], next: at + 1 };
  return readPanic(lines, at, context) ?? readOldPanic(lines, at, context) ?? readFailure(lines, at, context);
};

/** Keeps what a line tells of those that follow. */
function remember(line: string, context: LogContext): boolean {
  const target = running.exec(line)?.[1];
  if (target !== undefined) {
    context.target = target;
    context.test = context.doctest = null;
    return true;
  }
  const shown = block.exec(line)?.[1];
  if (shown !== undefined) {
    const doc = doctest.exec(shown);
    context.test = shown;
    context.doctest = doc ? { path: doc[1] ?? '', item: doc[2] ?? '', line: Number(doc[3]) } : null;
    return true;
  }
  const run = nextest.exec(line);
  if (run) {
    // cargo-nextest names the binary as package::target; the file of the target is not told.
    context.test = run[2] ?? null;
    context.doctest = null;
    context.target = targetOf(run[1] ?? '');
    return true;
  }
  return false;
}

function targetOf(binary: string): string | null {
  const name = /^[^:]+::(?:\w+\/)?([\w-]+)$/.exec(binary)?.[1];
  return name === undefined ? 'src/lib.rs' : `tests/${name}.rs`;
}

function readPanic(lines: readonly string[], at: number, context: LogContext): ReturnType<LogReader> {
  const match = panic.exec(lines[at] ?? '');
  if (!match) return undefined;
  const [, thread = '', path = '', line, column] = match;
  let end = at + 1;
  const indentation = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  while (end < lines.length && end < at + 60 && !endsMessage(lines[end] ?? '')) end++;
  const message = lines
    .slice(at + 1, end)
    .map((one) => (one.startsWith(indentation) ? one.slice(indentation.length) : one));
  return {
    findings: [located(thread, path, Number(line), Number(column), message, at, context)],
    next: end,
  };
}

function readOldPanic(lines: readonly string[], at: number, context: LogContext): ReturnType<LogReader> {
  const match = oldPanic.exec(lines[at] ?? '');
  if (!match) return undefined;
  const message: string[] = [];
  for (let end = at; end < Math.min(lines.length, at + 60); end++) {
    const text = end === at ? (match[2] ?? '') : (lines[end] ?? '');
    const last = oldPanicEnd.exec(text);
    message.push(last?.[1] ?? text);
    if (!last) continue;
    const [, , path = '', line, column] = last;
    return {
      findings: [located(match[1] ?? '', path, Number(line), Number(column), message, at, context)],
      next: end + 1,
    };
  }
  return undefined;
}

function endsMessage(line: string): boolean {
  return (
    line.trim() === '' || /^\s*(?:note: run with |stack backtrace:|---- |thread '|failures:|test result:)/.test(line)
  );
}

function located(
  thread: string,
  path: string,
  line: number,
  column: number,
  message: readonly string[],
  at: number,
  context: LogContext,
): LoggedFinding {
  const { doctest: doc } = context;
  // The harness names the thread after the test; a test that starts threads or runs in one has another name there.
  const test = doc ? doc.item : context.test !== null && thread === 'main' ? context.test : thread;
  context.explained.add(context.test ?? test);
  context.explained.add(test);
  // Where the code of a documentation test panics is told since Rust 1.95; before that it is a file that no longer exists.
  const own = doc && path !== doc.path ? placeAt(doc.line, null) : placeAt(line, column);
  const [first = 'panicked', ...rest] = message;
  return finding({
    path: doc ? doc.path : path,
    place: own,
    title: `${doc ? 'Documentation test of' : 'Test'} ${test} failed: ${first.trim()}`,
    detail: rest.join('\n').trimEnd(),
    source: 'test',
    code: null,
    logLine: at,
  });
}

/** A test that failed without a panic: it returned an error, or did not panic although it should. */
function readFailure(lines: readonly string[], at: number, context: LogContext): ReturnType<LogReader> {
  const line = lines[at] ?? '';
  const should = notPanicked.exec(line);
  const returned = should ? null : error.exec(line)?.[1];
  const { test, target } = context;
  if (test === null || (!should && (returned === null || returned === undefined)) || context.explained.has(test))
    return undefined;
  context.explained.add(test);
  const [, path, row, column] = should ?? [];
  return {
    findings: [
      finding({
        path: path ?? target,
        place: path === undefined ? null : placeAt(Number(row), Number(column)),
        anchor: path === undefined ? `fn ${test.split('::').at(-1) ?? test}(` : null,
        title: should ? `Test ${test} failed: it did not panic as expected` : `Test ${test} failed: ${returned ?? ''}`,
        source: 'test',
        logLine: at,
      }),
    ],
    next: at + 1,
  };
}

/** Tests that are listed as failed, but whose output explains nothing. */
export function unexplained(lines: readonly string[], context: LogContext): LoggedFinding[] {
  const found = new Map<string, LoggedFinding>();
  for (const [at, line] of lines.entries()) {
    if (!line.includes('FAILED')) continue;
    const test = failed.exec(line.trim())?.[1];
    if (test === undefined || context.explained.has(test) || doctest.test(test)) continue;
    found.set(test, finding({ title: `Test ${test} failed`, source: 'test', logLine: at }));
  }
  return [...found.values()];
}
