import { LintDocument } from './document';
import type { Action } from './model/action';
import type { Workflow } from './model/workflow';

/**
 * The files around the one that is checked, by POSIX paths relative to the repository's root. Whoever runs the linter
 * gives it: the CLI from the disk, the editor from what it has loaded, a test from a record.
 */
export interface RepositoryFiles {
  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** Paths of all files below a folder (`''` for everything), in any order; without ignored ones such as `target/`. */
  list(folder: string): readonly string[];
}

/** Gives rules the other files of the repository, parsed when asked for and once per version of a file. */
export class Repository {
  readonly #files: RepositoryFiles;
  readonly #derived = new Map<string, { readonly text: string; readonly value: unknown }>();

  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  read(path: string): string | undefined {
    return this.#files.read(path);
  }

  exists(path: string): boolean {
    return this.#files.read(path) !== undefined;
  }

  list(folder = ''): readonly string[] {
    return this.#files.list(folder);
  }

  /**
   * What a file means, computed by `make` and kept until the file's text changes.
   *
   * @param use names the computation, so that two uses of one file do not meet
   */
  derive<T>(path: string, use: string, make: (text: string) => T): T | undefined {
    const text = this.#files.read(path);
    if (text === undefined) return undefined;
    const key = `${use}\0${path}`;
    const known = this.#derived.get(key);
    if (known?.text === text) return known.value as T;
    const value = make(text);
    this.#derived.set(key, { text, value });
    return value;
  }

  document(path: string): LintDocument | undefined {
    return this.derive(path, 'document', (text) => new LintDocument(path, text));
  }

  /** The action in a folder, such as that of `uses: ./FOLDER`. */
  action(folder: string): (Action & { readonly path: string }) | undefined {
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const path of [`${prefix}action.yml`, `${prefix}action.yaml`]) {
      const action = this.document(path)?.action;
      if (action !== undefined) return { ...action, path };
    }
    return undefined;
  }

  workflow(path: string): Workflow | undefined {
    return this.document(path)?.workflow;
  }
}
