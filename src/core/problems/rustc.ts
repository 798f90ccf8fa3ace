import { finding, placeAt } from './finding.js';
import type { LoggedFinding, LogReader, Place, Source } from './finding.js';

/** A diagnostic begins: `error[E0308]: mismatched types`; Miri's begin in the middle of a line of the test harness. */
const header = /^(?:test .+? \.\.\. )?(error|warning)(?:\[([\w:-]+)\])?: (.+)$/;
/** Where it is: rustc's arrow, or cargo-deny's. */
const arrow = /^\s*(?:-->|┌─|╭─+▸?|::: ) ?(.+?):(\d+):(\d+)$/;
const short = /^((?:[A-Za-z]:)?[^\s:][^:]*):(\d+):(\d+): (error|warning)(?:\[([\w:-]+)\])?: (.+)$/;
/** A line of the source as it is quoted, the line below it that underlines, and a remark. */
const quoted = /^\s*(\d+)\s*[|│](?: (.*))?$/;
const underline = /^\s*[|│](\s*)((?:\^|━)+)(?:\s+(.*))?$/;
const remark = /^\s*(?:[=├]\s*)?(note|help): (.*)$/;

/** Errors and warnings of rustc and of all that print like it: clippy, rustdoc, cargo, Miri, rustfmt, cargo-deny, zizmor. */
export const readDiagnostic: LogReader = (lines, at) => {
  const match = header.exec(lines[at] ?? '');
  if (!match) return undefined;
  const [, level, bracketed, message = ''] = match;
  const title = [message];
  let arrowAt = at + 1;
  // A message may have several lines; the arrow comes before anything else does.
  while (arrowAt < lines.length && arrowAt <= at + 12 && !arrow.test(lines[arrowAt] ?? '')) {
    const line = lines[arrowAt] ?? '';
    if (line.trim() === '' || header.test(line)) return undefined;
    title.push(line.trim());
    arrowAt++;
  }
  const where = arrow.exec(lines[arrowAt] ?? '');
  if (!where) return undefined;
  const path = where[1] ?? '';
  const denied = where[0].includes('┌');
  const line = Number(where[2]);
  const column = Number(where[3]);
  let end = arrowAt + 1;
  while (end < lines.length && !isEnd(lines, end)) end++;
  const body = lines.slice(arrowAt + 1, end);
  const { place, labels, quote } = span(body, line, column);
  const notes = body.flatMap((one) => remark.exec(one)?.slice(1, 3).join(': ') ?? []);
  const code = codeOf(bracketed, body);
  // What cargo-deny only warns of does not fail the gate.
  if (denied && level === 'warning') return { findings: [], next: end };
  const dependency = denied ? dependencyOf(path, body) : null;
  if (dependency) {
    const found = finding({
      path: 'Cargo.lock',
      anchor: `name = "${dependency.name}"`,
      title: `${dependency.name} ${dependency.version}: ${title[0] ?? ''}`,
      detail: labels.join('\n'),
      code,
      source: 'cargo-deny',
      logLine: at,
    });
    return { findings: [found], next: end };
  }
  return {
    findings: [
      finding({
        path,
        place,
        quote,
        severity: level === 'warning' ? 'warning' : 'error',
        title: title[0] ?? '',
        detail: [...title.slice(1), ...labels, ...notes].join('\n'),
        code,
        url: urlOf(code, body),
        source: sourceOf(path, code, message, where[0]),
        related: relatedOf(body, path),
        logLine: at,
      }),
    ],
    next: end,
  };
};

/** `--message-format short`: a line for each. */
export const readShort: LogReader = (lines, at) => {
  const match = short.exec(lines[at] ?? '');
  if (!match) return undefined;
  const [, path = '', line, column, level, code = null, message = ''] = match;
  // What is underlined is appended to the message, which itself may have colons.
  return {
    findings: [
      finding({
        path,
        place: placeAt(Number(line), Number(column)),
        severity: level === 'warning' ? 'warning' : 'error',
        title: message,
        code,
        url: urlOf(code, []),
        source: sourceOf(path, code, message, ''),
        logLine: at,
      }),
    ],
    next: at + 1,
  };
};

/** A blank line ends a diagnostic; so does the next one, and what cargo itself says. */
function isEnd(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  return line.trim() === '' || header.test(line) || short.test(line);
}

/** What is underlined in the line of the finding, and what is written there. */
function span(
  body: readonly string[],
  line: number,
  column: number,
): { place: Place; labels: string[]; quote: string | null } {
  const at = body.findIndex((one) => Number(quoted.exec(one)?.[1]) === line);
  const quote = quoted.exec(body[at] ?? '')?.[2] ?? null;
  const below = at === -1 ? null : underlined(body, at + 1);
  if (!below) return { place: placeAt(line, column), labels: [], quote };
  // rustc does not count the characters of a tab as it prints them, but it does count them as one column.
  const place = { line, column, endLine: line, endColumn: column + below.width };
  return { place, labels: below.label === '' ? [] : [below.label], quote };
}

/** The first underlining of the main kind below a quoted line, with its label, which may stand some lines below. */
function underlined(body: readonly string[], from: number): { width: number; label: string } | null {
  const line = body[from] ?? '';
  if (quoted.test(line)) return null;
  const only = underline.exec(line);
  if (only) return { width: (only[2] ?? '').length, label: only[3] ?? labelBelow(body, from, line.search(/[\^━]/)) };
  const first = /[\^━]+/.exec(line);
  if (!first) return null;
  const rest = line.slice(first.index + first[0].length);
  const label = /^\s+([^\s^━-].*)$/.exec(rest)?.[1] ?? '';
  return { width: first[0].length, label };
}

function labelBelow(body: readonly string[], from: number, column: number): string {
  for (const line of body.slice(from + 1, from + 4)) {
    if (quoted.test(line) || remark.test(line) || line.includes('├')) return '';
    const text = line.slice(column).trim();
    if (/^[^|│\s^━-]/.test(text)) return text;
  }
  return '';
}

/** The package that a finding of cargo-deny is about, when it points into what is not ours. */
function dependencyOf(path: string, body: readonly string[]): { name: string; version: string } | null {
  if (!/[\\/]registry[\\/]|^(?:registry|path|git|sparse)\+|[\\/]git[\\/]checkouts[\\/]/.test(path)) return null;
  const match = body.map((line) => /^\s*├ ([\w-]+) v(\S+)/.exec(line)).findLast((one) => one !== null);
  return match ? { name: match[1] ?? '', version: match[2] ?? '' } : null;
}

function codeOf(bracketed: string | undefined, body: readonly string[]): string | null {
  if (bracketed !== undefined) return bracketed;
  for (const line of body) {
    const lint =
      /rust-clippy\/[^#\s]*#(\w+)/.exec(line)?.[1] ??
      /`(?:#\[(?:warn|deny|forbid)\(|-[DWF] )((?:\w+::)?[\w-]+)\)?\]?`/.exec(line)?.[1];
    if (lint === undefined || lint === 'warnings') continue;
    return line.includes('rust-clippy/') ? `clippy::${lint}` : lint.replaceAll('-', '_');
  }
  return null;
}

function urlOf(code: string | null, body: readonly string[]): string | null {
  if (code !== null && /^E\d{4}$/.test(code)) return `https://doc.rust-lang.org/error_codes/${code}.html`;
  for (const line of body) {
    const url = /https:\/\/(?:rust-lang\.github\.io\/rust-clippy|docs\.zizmor\.sh)\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  return null;
}

function sourceOf(path: string, code: string | null, message: string, where: string): Source {
  if (where.includes('┌')) return 'cargo-deny';
  if (code?.startsWith('clippy::')) return 'clippy';
  if (code?.startsWith('rustdoc::')) return 'rustdoc';
  if (message.startsWith('Undefined Behavior') || message.startsWith('unsupported operation')) return 'miri';
  if (/\.ya?ml$/.test(path)) return 'zizmor';
  if (path.endsWith('.toml')) return 'cargo';
  return 'rustc';
}

/** Other places that a diagnostic names: `note: … --> src/lib.rs:1:2`. */
function relatedOf(body: readonly string[], own: string): LoggedFinding['related'] {
  return body.flatMap((line, index) => {
    const where = arrow.exec(line);
    if (!where) return [];
    const message = remark.exec(body[index - 1] ?? '')?.[2] ?? own;
    return [{ path: where[1] ?? '', place: placeAt(Number(where[2]), Number(where[3])), message }];
  });
}
