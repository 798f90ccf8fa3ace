/** What a command may touch besides files. */
export interface Terminal {
  /** The folder that relative paths start from. */
  readonly folder: string;
  /** Standard output: results. */
  readonly print: (text: string) => void;
  /** Standard error: everything else. */
  readonly tell: (text: string) => void;
}

/** A command of the command line: one entry in the table of `main.ts`. */
export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What `rust-ci NAME --help` prints; undefined where the command prints it itself. */
  help: string | undefined;
  /**
   * Runs with the arguments after its name and gives the exit code: 0 done or nothing to do, 1 conflicts, findings or
   * refused input, 2 wrong usage. Throws a UsageError for arguments it does not understand (Node's own parse
   * errors count as such) and an InputError for input that it refuses.
   */
  run(args: string[], terminal: Terminal): Promise<number>;
}

/** Arguments that make no sense; `--help` of the command says which do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
