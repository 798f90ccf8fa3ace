import type { Disposable, Uri } from 'vscode';
import { RelativePattern, workspace } from 'vscode';
import { indexFiles } from '../../core/problems/paths.js';
import type { FileIndex } from '../../core/problems/paths.js';

/** What logs name: sources, manifests, workflows. */
const endings = ['rs', 'toml', 'lock', 'yml', 'yaml', 'md', 'sh', 'json', 'c', 'h', 'cpp', 'proto', 'sql'];
const pattern = `**/{${[...endings.map((ending) => `*.${ending}`), 'Dockerfile'].join(',')}}`;
const ignored = '**/{target,node_modules,.git}/**';
const most = 50_000;
/** Milliseconds after which the list is made anew. */
const fresh = 30_000;

/** The files of a repository, listed when somebody asks. */
export class RepositoryFiles implements Disposable {
  readonly #known = new Map<string, { readonly at: number; readonly index: Promise<FileIndex> }>();

  /** Paths are relative to the root, with slashes. */
  of(root: Uri): Promise<FileIndex> {
    const key = root.toString();
    const known = this.#known.get(key);
    if (known && Date.now() - known.at < fresh) return known.index;
    const index = list(root);
    this.#known.set(key, { at: Date.now(), index });
    return index;
  }

  dispose(): void {
    this.#known.clear();
  }
}

async function list(root: Uri): Promise<FileIndex> {
  const files = await workspace.findFiles(new RelativePattern(root, pattern), ignored, most);
  const prefix = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return indexFiles(files.filter(({ path }) => path.startsWith(prefix)).map(({ path }) => path.slice(prefix.length)));
}
