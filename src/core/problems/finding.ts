export type Severity = 'error' | 'warning' | 'info';

/** Which program found it; `ci` for what only an annotation or the runner says. */
export type Source =
  | 'rustc'
  | 'clippy'
  | 'rustdoc'
  | 'rustfmt'
  | 'test'
  | 'miri'
  | 'cargo'
  | 'cargo-deny'
  | 'cargo-audit'
  | 'tarpaulin'
  | 'zizmor'
  | 'ci';

/** A place as a tool tells it: lines and columns from 1, columns count characters. The end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number | null;
  readonly endLine: number;
  readonly endColumn: number | null;
}

/** What a log says, with the path as it stands there. */
export interface LoggedFinding {
  /** Null where no file is named. */
  readonly path: string | null;
  readonly place: Place | null;
  /** Where the place is not told: a text that the right line of the file contains. */
  readonly anchor: string | null;
  /** The line of the source as the log quotes it; null where it does not. */
  readonly quote: string | null;
  readonly severity: Severity;
  /** One line. */
  readonly title: string;
  /** What else is said: labels, notes, left and right of an assertion. Lines; may be empty. */
  readonly detail: string;
  readonly code: string | null;
  /** Explains the code. */
  readonly url: string | null;
  readonly source: Source;
  readonly related: readonly { readonly path: string; readonly place: Place; readonly message: string }[];
  /** Index of its first line in the log; null for an annotation. */
  readonly logLine: number | null;
}

/** A finding in the repository. */
export interface Finding extends LoggedFinding {
  /** In the repository; null where it is about no file of it. */
  readonly path: string | null;
  /** The jobs that report it, by name: several legs of a matrix find the same. */
  readonly jobs: readonly string[];
  readonly jobIds: readonly number[];
}

/** A finding with what most have. */
export function finding(
  given: Pick<LoggedFinding, 'title' | 'source' | 'logLine'> & Partial<LoggedFinding>,
): LoggedFinding {
  return {
    path: null,
    place: null,
    anchor: null,
    quote: null,
    severity: 'error',
    detail: '',
    code: null,
    related: [],
    ...given,
    // Anybody can write into a log; VS Code runs what is addressed with `command:`.
    url: given.url?.startsWith('https://') === true ? given.url : null,
  };
}

/** The place of one character, or of a whole line where no column is told. */
export function placeAt(line: number, column: number | null): Place {
  return { line, column, endLine: line, endColumn: column === null ? null : column + 1 };
}

/** Reads one kind of finding. */
/** Looks at one line; a finding may take more of them. Undefined: nothing begins here. */
export type LogReader = (
  lines: readonly string[],
  at: number,
  context: LogContext,
) => { findings: LoggedFinding[]; next: number } | undefined;

/** What the lines before told. */
export interface LogContext {
  /** The source file of the test binary that is running, as cargo names it. */
  target: string | null;
  /** The test whose output is shown. */
  test: string | null;
  /** Where a documentation test stands. */
  doctest: { readonly path: string; readonly line: number; readonly item: string } | null;
  /** Tests that a finding explains. */
  readonly explained: Set<string>;
}
