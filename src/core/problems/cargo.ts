import { finding } from './finding.js';
import type { LogReader } from './finding.js';

const header = /^error: (.+)$/;
/** What only says that something said above went wrong. */
const hollow =
  /^(?:could not compile|aborting due to|test failed|doctest failed|test run failed|build failed|\d+ targets? failed|could not document|process didn't exit|this file contains|`.*` (?:generated|failed)|\d+ vulnerabilit|failed to run custom)/;

/** What cargo says of manifests, dependencies and the lock file: `error: …` with causes, without a place in a file. */
export const readCargo: LogReader = (lines, at) => {
  const message = header.exec(lines[at] ?? '')?.[1];
  if (message === undefined || hollow.test(message)) return undefined;
  let end = at + 1;
  while (end < lines.length && end < at + 30 && belongs(lines, end)) end++;
  const body = lines.slice(at + 1, end);
  const whole = [message, ...body].join('\n');
  const where = fileOf(whole);
  if (where === null) return undefined;
  const causes = body.map((line) => line.trim()).filter((line) => line !== '' && line !== 'Caused by:');
  return {
    findings: [
      finding({
        path: where,
        anchor: where.endsWith('.lock') ? null : anchorOf(whole),
        title: titleOf(message, causes),
        detail: causes.join('\n'),
        source: 'cargo',
        logLine: at,
      }),
    ],
    next: end,
  };
};

/** What is wrong in a line: cargo says first what it was doing, and last what hindered it. */
function titleOf(message: string, causes: readonly string[]): string {
  if (message.endsWith(':')) return `${message} ${causes[0] ?? ''}`;
  const last = /^failed to (?:parse|load|read) /.test(message) ? causes.at(-1) : undefined;
  return last === undefined ? message : `${message.replace(/ at `[^`]+`$/, '')}: ${last}`;
}

/** The causes are indented, after a blank line; the rest of a sentence follows at once. */
function belongs(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (/^(?:error|warning)\b/.test(line)) return false;
  if (line.trim() !== '') return true;
  const next = lines[at + 1] ?? '';
  return (
    /^(?:Caused by:|package `|failed to select|  )/.test(next) ||
    (next.trim() === '' && (lines[at + 2] ?? '').startsWith('failed to select'))
  );
}

function fileOf(text: string): string | null {
  return (
    /parse manifest at `([^`]+)`/.exec(text)?.[1] ??
    /the lock file (\S+Cargo\.lock)/.exec(text)?.[1] ??
    ownerOf(text) ??
    (text.includes('failed to load manifest for dependency') ? 'Cargo.toml' : undefined) ??
    /`([^`]*Cargo\.toml)`/.exec(text)?.[1] ??
    (/requires rustc|rust-version|no matching package|failed to load manifest/.test(text) ? 'Cargo.toml' : null)
  );
}

/** "required by package `x v0.1.0 (/path)`". */
function ownerOf(text: string): string | null {
  const folder = /required by package `[^`(]*\(([^)`]+)\)`/.exec(text)?.[1];
  if (folder === undefined || folder.startsWith('registry+')) return null;
  return `${folder.replace(/[\\/]$/, '')}${folder.includes('\\') ? '\\' : '/'}Cargo.toml`;
}

function anchorOf(text: string): string | null {
  const key = /failed to parse the `([^`]+)` key/.exec(text)?.[1];
  if (key !== undefined) return key;
  if (text.includes('requires rustc')) return 'rust-version';
  return (
    /(?:no matching package named|failed to select a version for(?: the requirement)?|manifest for dependency) `([\w-]+)/.exec(
      text,
    )?.[1] ?? null
  );
}
