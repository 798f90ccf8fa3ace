/** Where in a file something is wrong; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Something in the user's files or choice that stops the work. Nothing was changed. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** POSIX path relative to the workspace (or as the user gave it), when one file is the cause. */
  readonly file: string | undefined;
  readonly position: Position | undefined;
  /** What is wrong and why, in one sentence or two. */
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;

  constructor(problem: {
    file?: string | undefined;
    position?: Position | undefined;
    what: string;
    advice: string;
    cause?: unknown;
  }) {
    const { file, position, what, advice } = problem;
    const place = [file, ...(position ? [position.line, position.column] : [])].filter((part) => part !== undefined);
    super(`${place.length > 0 ? `${place.join(':')}: ` : ''}${what} ${advice}`, { cause: problem.cause });
    this.file = file;
    this.position = position;
    this.what = what;
    this.advice = advice;
  }
}

/** The position of a character offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
