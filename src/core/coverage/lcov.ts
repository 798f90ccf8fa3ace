/** Coverage of a file, as far as the lcov format tells it. Lines from 1. */
export interface FileLines {
  /** As it stands in the file; see `inRepository`. */
  readonly path: string;
  /** Line to how often it ran. */
  readonly lines: ReadonlyMap<number, number>;
  readonly functions: readonly FunctionCount[];
  readonly branches: readonly BranchCount[];
}

export interface FunctionCount {
  readonly name: string;
  readonly line: number;
  readonly count: number;
}

export interface BranchCount {
  readonly line: number;
  readonly block: string;
  readonly branch: string;
  /** 0 where the line never ran, too. */
  readonly count: number;
}

export interface Totals {
  readonly covered: number;
  readonly coverable: number;
}

/** What a report may have at most; more is refused, because it is not a report of a project that people write. */
export const limits = { bytes: 100_000_000, files: 50_000, lines: 10_000_000 };

/** Thrown for what is no lcov, or too large. */
export class LcovError extends Error {
  override readonly name = 'LcovError';
}

/**
 * Reads an lcov report. What is not understood is passed over, as lcov's own readers do; a file that is reported several
 * times (one test binary each) is counted together. Rejects what holds no file at all although it is not empty.
 */
export function parseLcov(text: string): FileLines[] {
  if (text.length > limits.bytes) throw new LcovError('The coverage report is larger than 100 MB.');
  const files = new Map<string, Draft>();
  let current: Draft | undefined;
  let count = 0;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1);
    switch (colon === -1 ? line : line.slice(0, colon)) {
      case 'SF':
        current = draft(files, value);
        break;
      case 'DA':
        if (++count > limits.lines) throw new LcovError('The coverage report has more than 10 million lines.');
        current?.line(value);
        break;
      case 'FN':
        current?.function(value);
        break;
      case 'FNDA':
        current?.functionCount(value);
        break;
      case 'BRDA':
        current?.branch(value);
        break;
      case 'end_of_record':
        current = undefined;
        break;
    }
  }
  if (files.size === 0 && text.trim() !== '') throw new LcovError('The coverage report is not in the lcov format.');
  return [...files.values()].map((file) => file.result());
}

export function totalsOf(file: FileLines): Totals {
  let covered = 0;
  for (const count of file.lines.values()) if (count > 0) covered++;
  return { covered, coverable: file.lines.size };
}

/** Of several files together. */
export function sum(totals: readonly Totals[]): Totals {
  return totals.reduce(
    (all, one) => ({ covered: all.covered + one.covered, coverable: all.coverable + one.coverable }),
    { covered: 0, coverable: 0 },
  );
}

/**
 * Totals of each crate: a file belongs to the crate with the deepest folder above it; files of none are left out.
 * @param crates folder in the repository ("." is the repository) to name
 */
export function totalsByCrate(
  files: readonly FileLines[],
  crates: ReadonlyMap<string, string>,
): ReadonlyMap<string, Totals> {
  const totals = new Map<string, Totals>();
  const folders = [...crates.keys()].sort((a, b) => b.length - a.length);
  for (const file of files) {
    const folder = folders.find((one) => one === '.' || file.path.startsWith(`${one}/`));
    const name = folder === undefined ? undefined : crates.get(folder);
    if (name === undefined) continue;
    totals.set(name, sum([totals.get(name) ?? { covered: 0, coverable: 0 }, totalsOf(file)]));
  }
  return totals;
}

function draft(files: Map<string, Draft>, path: string): Draft {
  const known = files.get(path);
  if (known) return known;
  if (files.size >= limits.files) throw new LcovError('The coverage report has more than 50,000 files.');
  const added = new Draft(path);
  files.set(path, added);
  return added;
}

/** A file while it is read. */
class Draft {
  readonly #path: string;
  readonly #lines = new Map<number, number>();
  readonly #functions = new Map<string, { line: number; count: number }>();
  readonly #branches = new Map<string, BranchCount>();

  constructor(path: string) {
    this.#path = path;
  }

  line(value: string): void {
    const [line, count] = numbers(value);
    if (isLine(line) && isCount(count)) this.#lines.set(line, (this.#lines.get(line) ?? 0) + count);
  }

  /** `FN:line,name` or `FN:line,end,name`; names may have commas. */
  function(value: string): void {
    const match = /^(\d+),(?:\d+,)?(.+)$/.exec(value);
    const line = Number(match?.[1]);
    const name = match?.[2];
    if (name !== undefined && isLine(line))
      this.#functions.set(name, { line, count: this.#functions.get(name)?.count ?? 0 });
  }

  functionCount(value: string): void {
    const match = /^(\d+),(.+)$/.exec(value);
    const known = this.#functions.get(match?.[2] ?? '');
    if (known) known.count += Number(match?.[1]);
  }

  /** `BRDA:line,block,branch,count`, where a dash says that the line never ran. */
  branch(value: string): void {
    const match = /^(\d+),(.*),([^,]*),(-|\d+)$/.exec(value);
    const line = Number(match?.[1]);
    if (!match || !isLine(line)) return;
    const [, , block = '', branch = '', taken] = match;
    const key = `${line},${block},${branch}`;
    const count = (this.#branches.get(key)?.count ?? 0) + (taken === '-' ? 0 : Number(taken));
    this.#branches.set(key, { line, block, branch, count });
  }

  result(): FileLines {
    return {
      path: this.#path,
      lines: this.#lines,
      functions: [...this.#functions].map(([name, { line, count }]) => ({ name, line, count })),
      branches: [...this.#branches.values()],
    };
  }
}

function numbers(value: string): [number, number] {
  const [first = '', second = ''] = value.split(',');
  return [first === '' ? Number.NaN : Number(first), second === '' ? Number.NaN : Number(second)];
}

function isLine(line: number): boolean {
  return Number.isInteger(line) && line >= 1 && line < 10_000_000;
}

function isCount(count: number): boolean {
  return Number.isFinite(count) && count >= 0;
}
