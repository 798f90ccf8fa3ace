import { RelativePattern, Uri, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { RepositoryFiles } from '../../core/lint/repository.js';
import { pathBelow, skippedFolders } from './files.js';

/** More files than this are not listed; a repository that large is read by path only. */
const maxListed = 50_000;
/** Larger files exist, but nobody reads them as text. */
const maxFileBytes = 4_000_000;

/** What a computation has asked of the repository: when one of these changes, its result may change. */
export interface Seen {
  readonly reads: ReadonlySet<string>;
  /** It has looked at the list of files. */
  readonly listed: boolean;
  /** Files that it asked for and did not get, because they are not loaded yet: its result does not count. */
  readonly missing: ReadonlySet<string>;
}

/**
 * The files of one repository as the synchronous linter sees them: open documents with their unsaved text, everything else
 * from memory. What is not in memory is noted, to be loaded before the linter runs again.
 */
export class WorkspaceFiles implements RepositoryFiles {
  readonly root: Uri;
  #list: { readonly paths: readonly string[]; readonly known: ReadonlySet<string> } | undefined;
  readonly #texts = new Map<string, string | undefined>();
  #changes = 0;
  #open: ReadonlyMap<string, TextDocument> = new Map();
  #seen = { reads: new Set<string>(), listed: false, missing: new Set<string>() };

  constructor(root: Uri) {
    this.root = root;
  }

  read(path: string): string | undefined {
    if (path.startsWith('/') || path.split('/').includes('..')) return undefined;
    this.#seen.reads.add(path);
    // An empty list says nothing: not every virtual file system can be searched.
    const { paths = [], known } = this.#list ?? {};
    const complete = paths.length > 0 && paths.length < maxListed;
    const exists = known?.has(path) === true;
    const open = this.#open.get(path);
    // The document of a deleted file may stay open for a while.
    if (open !== undefined && (exists || !complete || open.isDirty)) return open.getText();
    if (this.#texts.has(path)) return this.#texts.get(path);
    if (!complete || exists) this.#seen.missing.add(path);
    return undefined;
  }

  list(folder: string): readonly string[] {
    this.#seen.listed = true;
    const paths = this.#list?.paths ?? [];
    return folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`));
  }

  /** Whether the list has a file. */
  has(path: string): boolean {
    return this.#list?.known.has(path) === true;
  }

  /** Runs something that reads, and tells what it read. */
  observe<T>(work: () => T): { readonly value: T; readonly seen: Seen } {
    this.#seen = { reads: new Set(), listed: false, missing: new Set() };
    this.#open = this.#openDocuments();
    return { value: work(), seen: this.#seen };
  }

  /** Loads texts; what cannot be read counts as absent. */
  async load(paths: Iterable<string>): Promise<void> {
    await Promise.all(
      [...paths].map(async (path) => {
        const changes = this.#changes;
        const text = await readText(Uri.joinPath(this.root, path));
        // A text that was perhaps read before a change is not kept.
        if (this.#changes === changes) this.#texts.set(path, text);
      }),
    );
  }

  /** Lists the files where that has not been done. */
  async loadList(): Promise<void> {
    if (this.#list === undefined) await this.refreshList();
  }

  /** @returns the paths that have come or gone since the list was made last */
  async refreshList(): Promise<Set<string>> {
    const before = this.#list?.known ?? new Set();
    const found = await workspace.findFiles(new RelativePattern(this.root, '**/*'), skippedFolders, maxListed);
    const paths = found.flatMap((uri) => pathBelow(this.root, uri) ?? []);
    const known = new Set(paths);
    this.#list = { paths, known };
    const changed = new Set([...known].filter((path) => !before.has(path)));
    for (const path of before) if (!known.has(path)) changed.add(path);
    for (const path of changed) this.#texts.delete(path);
    return changed;
  }

  /** Forgets the text of a file that has changed. */
  forget(path: string): void {
    this.#changes++;
    this.#texts.delete(path);
  }

  #openDocuments(): Map<string, TextDocument> {
    const open = new Map<string, TextDocument>();
    for (const document of workspace.textDocuments) {
      const path = document.isClosed ? undefined : pathBelow(this.root, document.uri);
      if (path !== undefined) open.set(path, document);
    }
    return open;
  }
}

/** The text of a file on disk, empty for one too large to be text; undefined where there is none. */
export async function readText(uri: Uri): Promise<string | undefined> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > maxFileBytes ? '' : new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
