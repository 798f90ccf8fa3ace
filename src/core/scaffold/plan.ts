import type { Manifest } from './manifest.js';

/** What happens to one file. */
export type Action =
  /** Nothing was there. */
  | 'create'
  /** Ours and not edited (moved pins do not count): the new text replaces it. */
  | 'replace'
  /** Ours and edited: both changes go together. */
  | 'merge'
  /** Ours and edited in places that the template changed too: a person decides. */
  | 'conflict'
  /** Already as it should be, or edited where the template did not change. */
  | 'unchanged'
  /** A file of the user's that serves the same purpose stays as it is. */
  | 'kept'
  /** A file of the same name that is not ours: a person decides. */
  | 'foreign'
  /** The user deleted it: it stays deleted. */
  | 'deleted'
  /** No longer wanted and not edited: it is deleted. */
  | 'remove';

export interface PlannedFile {
  /** Where the file lies or will lie: POSIX, relative to the repository. */
  path: string;
  action: Action;
  /** Why, in a sentence for people. */
  reason: string;
  /** The text that is there now, as it is; undefined when there is none. */
  before: string | undefined;
  /** The text to write, in the line endings of the file that is there; undefined when nothing is written. */
  after: string | undefined;
  /** Whether the file is to be executable (scripts). */
  executable: boolean;
  /** The sides of a `conflict` or `foreign` file, all with LF and without byte order mark. */
  sides: Sides | undefined;
}

export interface Sides {
  /** What was generated then; undefined when that cannot be established. */
  base: string | undefined;
  /** What the user has. */
  yours: string;
  /** What the template says now. */
  theirs: string;
  /** Both, with conflict markers where a person has to decide. */
  marked: string;
}

/** What a person decided about the files that cannot be decided without one. */
export interface Choices {
  /** For a file of the same name that is not ours: by path, or one answer for all. `rename` writes `rust-ci-NAME`. */
  foreign?: ForeignChoice | ReadonlyMap<string, ForeignChoice>;
  /** For conflicts: whose lines win where both changed, by path, or one answer for all; `text` is a finished merge. */
  conflicts?: ConflictChoice | ReadonlyMap<string, ConflictChoice | { text: string }>;
  /** Deleted files to write again. */
  restore?: 'all' | ReadonlySet<string>;
}
export type ForeignChoice = 'keep' | 'replace' | 'rename';
export type ConflictChoice = 'yours' | 'theirs' | 'markers';

export interface Plan {
  /** Every file of the pipeline, the manifest last; sorted by path otherwise. */
  files: PlannedFile[];
  /** The manifest as it will be. */
  manifest: Manifest;
  /** Files that wait for a decision (`conflict`, `foreign`). Nothing may be written while there are any. */
  open: PlannedFile[];
  /** Files to write or delete, in order: those with `after`, and those of action `remove`. */
  changes: PlannedFile[];
}
