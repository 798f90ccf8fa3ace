import { RelativePattern, Uri, workspace } from 'vscode';
import type { FileStat, TextDocument } from 'vscode';
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
  readonly #texts = new Map<string, FileText | undefined>();
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
    if (this.#texts.has(path)) return this.#texts.get(path)?.text;
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

  /** Whether the list should have a file and does not. */
  lacks(path: string): boolean {
    return this.#list !== undefined && this.#list.paths.length < maxListed && !this.#list.known.has(path);
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
        const file = await readText(Uri.joinPath(this.root, path));
        // A text that was perhaps read before a change is not kept.
        if (this.#changes === changes) this.#texts.set(path, file);
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
    const found = await this.#find();
    const paths = found.flatMap((uri) => pathBelow(this.root, uri) ?? []);
    const known = new Set(paths);
    this.#list = { paths, known };
    const changed = new Set([...known].filter((path) => !before.has(path)));
    for (const path of before) if (!known.has(path)) changed.add(path);
    for (const path of changed) this.#texts.delete(path);
    return changed;
  }

  /** Forgets the texts that are no longer those on disk. @returns their paths */
  async forgetOutdated(): Promise<Set<string>> {
    const outdated = new Set<string>();
    await Promise.all(
      [...this.#texts].map(async ([path, file]) => {
        const now = await stampOf(Uri.joinPath(this.root, path));
        if (now === file?.stamp) return;
        this.forget(path);
        outdated.add(path);
      }),
    );
    return outdated;
  }

  /** Forgets the text of a file that has changed. */
  forget(path: string): void {
    this.#changes++;
    this.#texts.delete(path);
  }

  async #find(): Promise<readonly Uri[]> {
    try {
      return await workspace.findFiles(new RelativePattern(this.root, '**/*'), skippedFolders, maxListed);
    } catch (error) {
      // Where the folder has just gone, or cannot be searched, files are still read by name.
      console.error(error);
      return [];
    }
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

/** A file as it was when it was read. */
export interface FileText {
  /** Empty for a file too large to be text. */
  readonly text: string;
  /** Changes with the file. */
  readonly stamp: string;
}

/** A file on disk; undefined where there is none. */
export async function readText(uri: Uri): Promise<FileText | undefined> {
  try {
    const stat = await workspace.fs.stat(uri);
    const text = stat.size > maxFileBytes ? '' : new TextDecoder().decode(await workspace.fs.readFile(uri));
    return { text, stamp: toStamp(stat) };
  } catch {
    return undefined;
  }
}

/** What changes with a file on disk; undefined where there is none. */
export async function stampOf(uri: Uri): Promise<string | undefined> {
  try {
    return toStamp(await workspace.fs.stat(uri));
  } catch {
    return undefined;
  }
}

function toStamp({ mtime, size }: FileStat): string {
  return `${mtime}:${size}`;
}
