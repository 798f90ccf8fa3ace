import { Disposable, Uri, extensions, workspace } from 'vscode';
import { onMissedChanges } from '../missed-changes.js';
import { isLinted, isSkipped, lintedFiles, pathBelow, skippedFolders } from './files.js';
import { openDocument, pause } from './linter.js';
import type { Linter } from './linter.js';
import type { EditorRepository } from './repositories.js';
import { stampOf } from './repository-files.js';
import { lintScope, section } from './settings.js';
import { WatchedFolders } from './watched-folders.js';

/** More files than this are not checked unless they are opened. */
const maxBackground = 2000;

/** Tells the linter what to check: what is open, what lies in the workspace, and what depends on what has changed. */
export class Watch implements Disposable {
  readonly #linter: Linter;
  readonly #subscriptions: Disposable[] = [];
  readonly #relisting = new Map<EditorRepository, ReturnType<typeof setTimeout>>();
  readonly #folders = new WatchedFolders((uri) => void this.#changedInFolder(uri));
  /** Of the workspace's files; none while only open files are checked. */
  #background = false;

  constructor(linter: Linter) {
    this.#linter = linter;
  }

  /** Begins with what is open, then takes the rest of the workspace. */
  start(): void {
    const files = workspace.createFileSystemWatcher('**/*');
    this.#subscriptions.push(
      files,
      files.onDidCreate((uri) => {
        this.#fileAppeared(uri);
      }),
      files.onDidChange((uri) => {
        this.#fileChanged(uri);
      }),
      files.onDidDelete((uri) => {
        this.#fileGone(uri);
      }),
      workspace.onDidOpenTextDocument(({ uri }) => {
        if (isLinted(uri)) this.#schedule(uri);
      }),
      workspace.onDidSaveTextDocument(({ uri }) => {
        this.#documentSaved(uri);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#documentChanged(document.uri);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#documentClosed(uri);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#settingsChanged();
      }),
      extensions.onDidChange(() => {
        this.#linter.scheduleAll();
      }),
      workspace.onDidChangeWorkspaceFolders(() => {
        this.#foldersChanged();
      }),
      onMissedChanges(() => this.#lookAgain()),
    );
    this.#lintOpen();
    this.#settingsChanged();
  }

  dispose(): void {
    for (const timer of this.#relisting.values()) clearTimeout(timer);
    this.#folders.clear();
    Disposable.from(...this.#subscriptions).dispose();
  }

  #schedule(uri: Uri, delay?: number): void {
    this.#linter.schedule(uri, delay);
    if (workspace.getWorkspaceFolder(uri) !== undefined) this.#folders.add(uri);
  }

  #lintOpen(): void {
    for (const { uri } of workspace.textDocuments) if (isLinted(uri)) this.#schedule(uri);
  }

  /** Takes what lies in the workspace and is not checked yet. */
  async #lintWorkspace(): Promise<void> {
    const found = await workspace.findFiles(lintedFiles, skippedFolders, maxBackground);
    if (!this.#background) return;
    for (const uri of found) if (!this.#linter.has(uri)) this.#schedule(uri);
  }

  /** Brings everything up to date that has changed without an event. */
  async #lookAgain(): Promise<void> {
    await Promise.all(
      this.#linter.files.map(async (uri) => {
        if (openDocument(uri) === undefined && (await stampOf(uri)) === undefined) this.#fileGone(uri);
      }),
    );
    if (this.#background) await this.#lintWorkspace();
    for (const repository of [...this.#linter.repositories.all]) {
      this.#linter.scheduleDependents(repository, await repository.files.forgetOutdated(), false);
      await this.#refresh(repository);
    }
  }

  #settingsChanged(): void {
    const background = lintScope() === 'workspace';
    if (background !== this.#background) {
      this.#background = background;
      if (background) void this.#lintWorkspace();
      else for (const uri of this.#linter.files) if (openDocument(uri) === undefined) this.#linter.forget(uri);
    }
    this.#linter.scheduleAll();
  }

  #foldersChanged(): void {
    for (const uri of this.#linter.files) this.#linter.forget(uri);
    this.#linter.repositories.clear();
    this.#folders.clear();
    this.#lintOpen();
    if (this.#background) void this.#lintWorkspace();
  }

  /** Whether a file is checked although it is not open. */
  #inBackground(uri: Uri): boolean {
    return this.#background && isLinted(uri) && !isSkipped(uri) && workspace.getWorkspaceFolder(uri) !== undefined;
  }

  #fileAppeared(uri: Uri): void {
    if (isSkipped(uri)) return;
    this.#fileChanged(uri);
    this.#relist(uri);
  }

  #fileChanged(uri: Uri): void {
    if (isSkipped(uri)) return;
    this.#contentChanged(uri);
    if (openDocument(uri) === undefined && this.#inBackground(uri)) this.#schedule(uri, pause);
  }

  #fileGone(uri: Uri): void {
    this.#linter.forgetBelow(uri);
    if (isSkipped(uri)) return;
    this.#contentChanged(uri);
    this.#relist(uri);
  }

  /** In the folder of a checked file something has come, changed or gone, or the folder itself has gone. */
  async #changedInFolder(uri: Uri): Promise<void> {
    const inside = this.#linter.files.filter((file) => pathBelow(uri, file) !== undefined);
    if (inside.length === 0 && !isLinted(uri)) return;
    if ((await stampOf(uri)) === undefined) this.#fileGone(uri);
    else if (inside.length === 0) this.#fileAppeared(uri);
    else for (const file of inside) this.#folders.add(file);
  }

  #documentChanged(uri: Uri): void {
    if (isLinted(uri)) this.#schedule(uri, pause);
    this.#contentChanged(uri);
  }

  /** A new file may lie in a folder from which no event comes. */
  #documentSaved(uri: Uri): void {
    for (const { files } of this.#linter.repositories.all) {
      const path = pathBelow(files.root, uri);
      if (path !== undefined && files.lacks(path)) this.#fileAppeared(uri);
    }
  }

  #documentClosed(uri: Uri): void {
    if (isLinted(uri)) {
      // What was not saved is gone; a document that only changes its language opens again at once.
      if (this.#inBackground(uri)) this.#schedule(uri);
      else this.#linter.forget(uri);
    }
    this.#contentChanged(uri);
  }

  #contentChanged(uri: Uri): void {
    for (const repository of this.#linter.repositories.all) {
      const path = pathBelow(repository.files.root, uri);
      if (path === undefined) continue;
      repository.files.forget(path);
      this.#linter.scheduleDependents(repository, new Set([path]), false);
    }
  }

  /** Files come and go in crowds, so that the list is made anew when it is quiet. */
  #relist(uri: Uri): void {
    for (const repository of this.#linter.repositories.all) {
      if (pathBelow(repository.files.root, uri) === undefined) continue;
      clearTimeout(this.#relisting.get(repository));
      this.#relisting.set(
        repository,
        setTimeout(() => {
          this.#relisting.delete(repository);
          void this.#refresh(repository);
        }, pause),
      );
    }
  }

  async #refresh(repository: EditorRepository): Promise<void> {
    if ((await stampOf(repository.files.root)) === undefined) {
      this.#linter.repositories.forget(repository);
      return;
    }
    const changed = await repository.files.refreshList();
    if (changed.size === 0) return;
    this.#linter.scheduleDependents(repository, changed, true);
    // A folder that is moved in is reported as one.
    for (const path of changed) {
      const uri = Uri.joinPath(repository.files.root, path);
      if (repository.files.has(path) && this.#inBackground(uri)) this.#schedule(uri);
    }
  }
}
