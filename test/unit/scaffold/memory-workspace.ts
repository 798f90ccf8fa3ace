import { basename, dirname } from '../../../src/core/pipeline/path.js';
import type { Plan } from '../../../src/core/scaffold/plan.js';
import { isIgnoredFolder, type EntryKind, type Workspace } from '../../../src/core/scaffold/workspace.js';

/** A repository in memory. Git's files lie below `.git/`. */
export class MemoryWorkspace implements Workspace {
  readonly files: Map<string, string>;
  readonly outside = new Set<string>();
  readonly reads = new Map<string, number>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  read(path: string): Promise<string | undefined> {
    this.reads.set(path, (this.reads.get(path) ?? 0) + 1);
    return Promise.resolve(this.files.get(path));
  }

  find(patterns: readonly string[]): Promise<string[]> {
    const matches = (path: string) =>
      patterns.some((pattern) => {
        const source = pattern.replace(/[.+^$]/g, '\\$&').replaceAll('*', '[^/]*');
        return new RegExp(`(?:^|/)${source}$`).test(path);
      });
    const isVisible = (path: string) => !path.split('/').slice(0, -1).some(isIgnoredFolder);
    return Promise.resolve([...this.files.keys()].filter((path) => isVisible(path) && matches(path)));
  }

  list(folder: string): Promise<string[]> {
    return Promise.resolve([...this.files.keys()].filter((path) => dirname(path) === folder).map(basename));
  }

  kind(path: string): Promise<EntryKind | undefined> {
    if ([...this.outside].some((link) => path === link || path.startsWith(`${link}/`)))
      return Promise.resolve('outside');
    if (this.files.has(path)) return Promise.resolve('file');
    const isFolder = [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
    return Promise.resolve(isFolder ? 'folder' : undefined);
  }

  readGit(name: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(`.git/${name}`));
  }

  /** Does what a host does with a plan. */
  apply({ open, changes }: Plan): void {
    if (open.length > 0) throw new Error(`These files wait for a decision: ${open.map(({ path }) => path).join(', ')}`);
    for (const { path, after } of changes) {
      if (after === undefined) this.files.delete(path);
      else this.files.set(path, after);
    }
  }
}
