/** A place in a file that a line of a log names. */
export interface PlaceInLog {
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
  /** As it is written there. */
  readonly path: string;
  /** From 1; null where only the file is named. */
  readonly line: number | null;
  readonly column: number | null;
}

const place =
  /(?<![\w/\\.@-])((?:\\\\\?\\)?(?:[A-Za-z]:)?[\\/]?(?:[\w.@+-]+[\\/])*[\w.@+-]*\w\.(?:rs|toml|lock|ya?ml|md|sh|json|c|h|cpp|proto|sql|txt)|(?:[\w.@+-]+[\\/])*(?:Dockerfile|Cargo\.lock))(?::(\d{1,7})(?::(\d{1,7}))?)?(?![\w/\\])/g;

/** Files that a line of a log names, with their line and column where they are told. */
export function placesIn(text: string): readonly PlaceInLog[] {
  // Long lines are data, and nobody clicks in them.
  if (text.length > 2000 || !/[.D]/.test(text)) return [];
  return [...text.matchAll(place)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    path: match[1] ?? '',
    line: match[2] === undefined ? null : Number(match[2]),
    column: match[3] === undefined ? null : Number(match[3]),
  }));
}
