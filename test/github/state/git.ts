import { createHash } from 'node:crypto';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** Null: GitHub knows no account with this address. */
  readonly login: string | null;
}

/** Files by path. */
export type Files = ReadonlyMap<string, string>;

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly files: Files;
  readonly message: string;
  readonly author: Person;
  readonly date: number;
  readonly parents: readonly string[];
}

/** The id of something git-like: stable for the same content. */
export function objectId(...parts: readonly (string | number)[]): string {
  return createHash('sha1').update(parts.join('\0')).digest('hex');
}

/** The id that git gives a file with this text. */
export function blobId(content: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');
}

export function treeId(files: Files): string {
  return objectId(
    'tree',
    ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => [path, blobId(text)]),
  );
}

/** The folders that lie directly in a tree, with what is in them. */
export function foldersOf(files: Files): Map<string, Files> {
  const folders = new Map<string, Map<string, string>>();
  for (const [path, text] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const folder = path.slice(0, slash);
    folders.set(folder, (folders.get(folder) ?? new Map<string, string>()).set(path.slice(slash + 1), text));
  }
  return folders;
}

/** Commits, branches and tags of a repository. */
export class Git {
  readonly commits = new Map<string, Commit>();
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, string>();
  readonly trees = new Map<string, Files>();
  readonly blobs = new Map<string, string>();

  add(commit: Omit<Commit, 'sha' | 'tree'> & { readonly sha?: string | undefined }): Commit {
    const tree = this.addTree(commit.files);
    const sha = commit.sha ?? objectId('commit', commit.message, commit.date, tree, ...commit.parents);
    const complete = { ...commit, sha, tree };
    this.commits.set(sha, complete);
    return complete;
  }

  addTree(files: Files): string {
    const tree = treeId(files);
    if (this.trees.has(tree)) return tree;
    this.trees.set(tree, files);
    for (const inner of foldersOf(files).values()) this.addTree(inner);
    for (const content of files.values()) this.blobs.set(blobId(content), content);
    return tree;
  }

  /** The commit that a branch, a tag or a SHA (its first seven digits are enough) stands for. */
  resolve(ref: string): Commit | undefined {
    const name = ref.replace(/^(refs\/)?(heads|tags)\//, '');
    const sha = this.branches.get(name) ?? this.tags.get(name) ?? ref;
    const exact = this.commits.get(sha);
    if (exact !== undefined || !/^[0-9a-f]{7,39}$/.test(sha)) return exact;
    return [...this.commits.values()].find((commit) => commit.sha.startsWith(sha));
  }

  /** A commit and those before it, newest first. */
  history(sha: string): Commit[] {
    const seen = new Map<string, Commit>();
    const pending = [sha];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const commit = this.commits.get(next);
      if (commit === undefined || seen.has(next)) continue;
      seen.set(next, commit);
      pending.push(...commit.parents);
    }
    return [...seen.values()].sort((a, b) => b.date - a.date);
  }
}
