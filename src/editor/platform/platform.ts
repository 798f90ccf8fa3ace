/** What differs between the Node host and the web worker host. */
export interface Platform {
  /** The path behind all symbolic links; undefined where the host cannot follow them. Rejects when nothing is there. */
  readonly realPath: ((fsPath: string) => Promise<string>) | undefined;
  /** Whether the file may be written, or files be created in the folder, as far as permissions tell. */
  readonly isWritable: (fsPath: string) => Promise<boolean>;
  /**
   * Tells the names of the files that come, change or go in a folder, and the folder's own name when that goes. Returns what
   * ends it, or undefined when the folder cannot be watched. Undefined itself where VS Code's watcher can be relied on.
   */
  readonly watchFolder: ((fsPath: string, changed: (name: string) => void) => (() => void) | undefined) | undefined;
}
