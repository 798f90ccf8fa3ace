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
  /** Runs programs; undefined where there are none, as in the web. */
  readonly processes: Processes | undefined;
}

/** A program that runs. */
export interface RunningProcess {
  /** Its exit code; null when it was ended by a signal. Rejects when it cannot be started. */
  readonly ended: Promise<number | null>;
  /** Ends it and all that it started. */
  kill(): void;
}

export interface Processes {
  readonly os: 'Linux' | 'macOS' | 'Windows';
  /** Starts a program in a folder, with the variables of VS Code and those that are given. It gets no input. */
  start(
    program: string,
    args: readonly string[],
    options: {
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      readonly onData: (text: string) => void;
    },
  ): RunningProcess;
  /** A new folder for temporary files. */
  temporaryFolder(): Promise<string>;
  removeFolder(fsPath: string): Promise<void>;
  /** Copies files into a folder; those that are not there are left out. Paths are relative. */
  copyFiles(from: string, to: string, paths: readonly string[]): Promise<void>;
  /** Makes a folder reachable under another path, too; creates it where it is missing. */
  linkFolder(target: string, path: string): Promise<void>;
  /** Of the programs that are there, the first: Windows has two that are called bash. */
  firstExisting(paths: readonly string[]): Promise<string | undefined>;
}
