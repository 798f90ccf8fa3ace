import { Uri } from 'vscode';
import { platform } from '#platform';

/**
 * Watches the folders of checked files one by one where VS Code's watcher of whole trees may not know them: a folder that it
 * has missed stays unknown to it.
 */
export class WatchedFolders {
  readonly #ends = new Map<string, () => void>();
  readonly #changed: (uri: Uri) => void;

  /** @param changed gets each file that comes, changes or goes, and a folder that goes */
  constructor(changed: (uri: Uri) => void) {
    this.#changed = changed;
  }

  /** Watches the folder of a file. */
  add(file: Uri): void {
    if (platform.watchFolder === undefined || file.scheme !== 'file') return;
    const folder = Uri.joinPath(file, '..');
    const key = folder.toString();
    if (this.#ends.has(key)) return;
    const ownName = folder.path.slice(folder.path.lastIndexOf('/') + 1);
    const end = platform.watchFolder(folder.fsPath, (name) => {
      // A folder that goes takes its watcher along; another one of the same name needs its own.
      if (name === ownName) this.#drop(key);
      this.#changed(name === ownName ? folder : Uri.joinPath(folder, name));
    });
    if (end !== undefined) this.#ends.set(key, end);
  }

  clear(): void {
    for (const key of [...this.#ends.keys()]) this.#drop(key);
  }

  #drop(key: string): void {
    this.#ends.get(key)?.();
    this.#ends.delete(key);
  }
}
