/** What lies at a path. `outside`: a symbolic link, here or in a folder above, that leads out of the workspace. */
export type EntryKind = 'file' | 'folder' | 'outside';

/**
 * The files of one repository, read by whatever host there is. Every path is POSIX and relative to the root of the
 * repository; `.` is the root itself.
 */
export interface Workspace {
  /**
   * The text of a file with its byte order mark and line endings as they are (see `decodeText`); undefined when there
   * is no file. Rejects with an InputError when the file cannot be read or is not UTF-8.
   */
  read(path: string): Promise<string | undefined>;
  /**
   * The files below the root that match one of the patterns, in any order. A pattern is a base name (`Cargo.toml`) or
   * a base name in a folder (`tests/*.rs`), at any depth, where `*` stands for any characters but `/`. Folders for
   * which `isIgnoredFolder` holds are not entered, nor are linked folders.
   */
  find(patterns: readonly string[]): Promise<string[]>;
  /** The names in a folder; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** What lies at the path; undefined when nothing does. */
  kind(path: string): Promise<EntryKind | undefined>;
  /**
   * A file of the repository's git folder, such as `HEAD` or `refs/remotes/origin/HEAD`, wherever that folder lies (a
   * linked worktree keeps its own elsewhere); undefined when it cannot be had.
   */
  readGit(name: string): Promise<string | undefined>;
}

/** Whether a folder holds nothing that a person wrote for this repository: build output, copies, hidden tools. */
export function isIgnoredFolder(name: string): boolean {
  return name.startsWith('.') || name === 'target' || name === 'node_modules' || name === 'vendor';
}
