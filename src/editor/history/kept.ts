import { Uri, workspace } from 'vscode';
import { mergeHistories, newestRuns } from '../../core/history/archive.js';
import { formatPoint, readHistory, type Point } from '../../core/history/line.js';

/** About 40 MB. */
const budget = 100_000;

/** The runs of a repository that were seen once, on this computer: artifacts are deleted after some months. */
export class KeptHistory {
  readonly #folder: Uri;
  readonly #name: Promise<string>;
  #modified = 0;
  #count = 0;

  /**
   * @param storage the extension's own folder
   * @param root the repository's folder
   */
  constructor(storage: Uri, root: Uri) {
    this.#folder = Uri.joinPath(storage, 'history');
    this.#name = hash(root.toString());
  }

  /** In run order; nothing where nothing was kept. */
  async read(): Promise<readonly Point[]> {
    const file = await this.#file();
    try {
      const [bytes, { mtime }] = await Promise.all([workspace.fs.readFile(file), workspace.fs.stat(file)]);
      this.#modified = mtime;
      const { points } = readHistory(file.path, new TextDecoder().decode(bytes));
      this.#count = points.length;
      return points;
    } catch {
      return [];
    }
  }

  /** Keeps the newest runs that fit into the budget, with what another window may have kept in the meantime. */
  async write(points: readonly Point[]): Promise<void> {
    const file = await this.#file();
    const modified = await workspace.fs.stat(file).then(
      ({ mtime }) => mtime,
      () => 0,
    );
    const all = modified === this.#modified ? points : mergeHistories(await this.read(), points);
    const kept = newestRuns(all, budget);
    // At the budget the number stays the same while runs come and go.
    if (kept.length === this.#count && kept.length < budget) return;
    const text = kept.map((point) => `${formatPoint(point)}\n`).join('');
    const half = Uri.joinPath(this.#folder, `${await this.#name}.new`);
    await workspace.fs.createDirectory(this.#folder);
    // Renamed into place, so that another window never reads half of it.
    await workspace.fs.writeFile(half, new TextEncoder().encode(text));
    await workspace.fs.rename(half, file, { overwrite: true });
    this.#count = kept.length;
    this.#modified = (await workspace.fs.stat(file)).mtime;
  }

  async #file(): Promise<Uri> {
    return Uri.joinPath(this.#folder, `${await this.#name}.jsonl`);
  }
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
