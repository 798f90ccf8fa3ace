import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryFiles } from '../../core/lint/repository';

const skippedFolders = new Set(['.git', 'target', 'node_modules']);
/** More files than this are not listed; a repository that large is read by path only. */
const maxListed = 50_000;
const maxFileBytes = 4_000_000;

/** The repository on the disk; files are read when asked for and again when they have changed. */
export class DiskFiles implements RepositoryFiles {
  readonly #root: string;
  readonly #texts = new Map<string, { readonly stamp: number; readonly size: number; readonly text: string }>();
  #paths: string[] | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  read(path: string): string | undefined {
    if (path.startsWith('/') || path.split('/').includes('..')) return undefined;
    const full = join(this.#root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size > maxFileBytes) return undefined;
    const known = this.#texts.get(path);
    if (known?.stamp === stat.mtimeMs && known.size === stat.size) return known.text;
    const text = readFileSync(full, 'utf8');
    this.#texts.set(path, { stamp: stat.mtimeMs, size: stat.size, text });
    return text;
  }

  list(folder: string): readonly string[] {
    this.#paths ??= this.#walk();
    return folder === '' ? this.#paths : this.#paths.filter((path) => path.startsWith(`${folder}/`));
  }

  #walk(): string[] {
    const paths: string[] = [];
    const pending = [''];
    for (let folder = pending.pop(); folder !== undefined && paths.length < maxListed; folder = pending.pop())
      for (const entry of entriesOf(join(this.#root, folder))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isFile()) paths.push(path);
        else if (entry.isDirectory() && !skippedFolders.has(entry.name)) pending.push(path);
      }
    return paths;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
