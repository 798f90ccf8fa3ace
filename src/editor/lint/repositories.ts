import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { Repository } from '../../core/lint/repository.js';
import { pathBelow } from './files.js';
import type { Engine } from './load-engine.js';
import { WorkspaceFiles } from './repository-files.js';

/** A repository of the workspace, for the linter and for the editor. */
export interface EditorRepository {
  readonly files: WorkspaceFiles;
  readonly repository: Repository;
}

/** Knows to which repository a file belongs. */
export class Repositories {
  readonly #known = new Map<string, EditorRepository>();

  get all(): Iterable<EditorRepository> {
    return this.#known.values();
  }

  /**
   * The repository of a file: the folder with `.github` around it, or the nearest that is known, or the workspace folder.
   * Undefined outside the workspace, whose files are not read on their own.
   */
  of(uri: Uri, { Repository }: Engine): EditorRepository | undefined {
    const root = this.#rootOf(uri);
    if (root === undefined) return undefined;
    let known = this.#known.get(root.toString());
    if (known === undefined) {
      const files = new WorkspaceFiles(root);
      known = { files, repository: new Repository(files) };
      this.#known.set(root.toString(), known);
    }
    return known;
  }

  forget({ files }: EditorRepository): void {
    this.#known.delete(files.root.toString());
  }

  clear(): void {
    this.#known.clear();
  }

  #rootOf(uri: Uri): Uri | undefined {
    const folder = workspace.getWorkspaceFolder(uri);
    if (folder === undefined) return undefined;
    const around = /^(.*)\/\.github\//.exec(uri.path)?.[1];
    if (around !== undefined) {
      const root = uri.with({ path: around === '' ? '/' : around });
      // A workspace folder that lies inside .github shows no more of the repository than itself.
      const inside = root.path === folder.uri.path || pathBelow(folder.uri, root) !== undefined;
      return inside ? root : folder.uri;
    }
    const roots = [...this.#known.values()].map(({ files }) => files.root);
    const containing = roots.filter((root) => pathBelow(root, uri) !== undefined);
    return containing.sort((a, b) => b.path.length - a.path.length)[0] ?? folder.uri;
  }
}

/** A file's path for the linter: relative to its repository, or from `.github` on where the repository is not known. */
export function lintPath(root: Uri | undefined, uri: Uri): string {
  const below = root === undefined ? undefined : pathBelow(root, uri);
  return below ?? /\/(\.github\/.*|[^/]+)$/.exec(uri.path)?.[1] ?? uri.path;
}
