import { diffArrays } from 'diff';

/** Where a line is now. */
export interface MovedLine {
  /** From 1. */
  readonly line: number;
  /** The line itself has changed, or is gone: this is where it was. */
  readonly changed: boolean;
}

interface Part {
  readonly added: boolean;
  readonly removed: boolean;
  readonly value: readonly string[];
}

/** More lines than a person writes into a file; comparing them could take long. */
const most = 50_000;

/**
 * Maps lines of an older version of a file to those of a newer one.
 * @returns a function from a line (from 1) to where it is now; undefined when the versions cannot be compared in time
 */
export function movedLines(before: string, after: string): ((line: number) => MovedLine) | undefined {
  const old = before.split(/\r?\n/);
  const now = after.split(/\r?\n/);
  if (old.length > most || now.length > most) return undefined;
  // Out of time, it gives nothing; its types do not say so for this kind of option.
  const parts: readonly Part[] | undefined = diffArrays<string>(old, now, { timeout: 1000 });
  if (!parts) return undefined;
  const moved: MovedLine[] = [];
  let at = 1;
  for (const { added, removed, value } of parts) {
    if (added) {
      at += value.length;
      continue;
    }
    for (let count = value.length; count > 0; count--) {
      moved.push(removed ? { line: Math.min(at, now.length), changed: true } : { line: at++, changed: false });
    }
  }
  return (line) => moved[line - 1] ?? { line: Math.max(1, Math.min(line, now.length)), changed: true };
}

/**
 * Where a quoted line is now, where the older version is not at hand: at its place, else wherever it is nearest.
 * @param line where it was, from 1
 */
export function findLine(lines: readonly string[], line: number, quote: string | null): MovedLine {
  const last = Math.max(1, lines.length);
  if (quote === null) return { line: Math.min(line, last), changed: true };
  const wanted = quote.trim();
  const is = (at: number) => lines[at - 1]?.trim() === wanted;
  if (is(line)) return { line, changed: false };
  for (let away = 1; away < lines.length; away++) {
    // A blank line or a bracket is everywhere: only lines that say something are looked for.
    if (wanted.length < 4) break;
    if (is(line - away)) return { line: line - away, changed: false };
    if (is(line + away)) return { line: line + away, changed: false };
  }
  return { line: Math.min(line, last), changed: true };
}

/** The line that contains a text; a whole word counts more than a part of one. Null when there is none. */
export function anchoredLine(lines: readonly string[], anchor: string): number | null {
  const word = new RegExp(`(?<![\\w-])${anchor.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`);
  const whole = lines.findIndex((line) => word.test(line));
  const found = whole === -1 ? lines.findIndex((line) => line.includes(anchor)) : whole;
  return found === -1 ? null : found + 1;
}
