import { platform } from '#platform';
import { FileSystemError, FileType, RelativePattern, Uri, workspace } from 'vscode';
import { InputError } from '../../core/scaffold/input-error.js';
import { decodeText } from '../../core/scaffold/text.js';
import { isIgnoredFolder } from '../../core/scaffold/workspace.js';
import type { EntryKind, Workspace } from '../../core/scaffold/workspace.js';

/** Whether a file system has no entry of the wanted kind at a path, as opposed to having failed. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof FileSystemError && ['FileNotFound', 'FileNotADirectory', 'FileIsADirectory'].includes(error.code)
  );
}

/** `fallback` when nothing is there; every other failure is passed on. */
function orMissing<T>(work: Thenable<T>): Promise<T | undefined> {
  return Promise.resolve(work).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** Reads a repository through VS Code's file systems, so that virtual and remote ones work alike. */
export class EditorWorkspace implements Workspace {
  readonly root: Uri;
  private readonly kinds = new Map<string, Promise<EntryKind | undefined>>();
  private realRoot: Promise<string | undefined> | undefined;

  constructor(root: Uri) {
    this.root = root;
  }

  /** Where a path of the repository lies. */
  uri(path: string): Uri {
    return path === '.' ? this.root : Uri.joinPath(this.root, path);
  }

  async read(path: string): Promise<string | undefined> {
    const bytes = await this.readBytes(this.uri(path), path);
    return bytes && decodeText(bytes, path);
  }

  async find(patterns: readonly string[]): Promise<string[]> {
    // VS Code's search waits for ever where a virtual file system has none, and few have one.
    if (this.root.scheme !== 'file') return this.walk('.', patterns.map(toRegExp));
    const include = new RelativePattern(this.root, `**/{${patterns.join(',')}}`);
    const found = await workspace.findFiles(include, '{**/.*/**,**/target/**,**/node_modules/**,**/vendor/**}');
    return this.withoutLinkedFolders(found.map((uri) => this.relative(uri)));
  }

  async list(folder: string): Promise<string[]> {
    // Asking first, because VS Code logs an error for a folder that is not there.
    if ((await this.kind(folder)) !== 'folder') return [];
    const entries = await orMissing(workspace.fs.readDirectory(this.uri(folder)));
    return (entries ?? []).map(([name]) => name);
  }

  kind(path: string): Promise<EntryKind | undefined> {
    const known = this.kinds.get(path);
    if (known) return known;
    const kind = this.findKind(path);
    this.kinds.set(path, kind);
    return kind;
  }

  async readGit(name: string): Promise<string | undefined> {
    try {
      const folder = await this.gitFolder(name);
      const bytes = folder && (await orMissing(workspace.fs.readFile(Uri.joinPath(folder, name))));
      return bytes && new TextDecoder().decode(bytes);
    } catch {
      return undefined;
    }
  }

  private async readBytes(uri: Uri, path: string): Promise<Uint8Array | undefined> {
    try {
      return await orMissing(workspace.fs.readFile(uri));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new InputError({
        file: path,
        what: `The file cannot be read: ${why}.`,
        advice: 'Make it readable.',
        cause,
      });
    }
  }

  private async findKind(path: string): Promise<EntryKind | undefined> {
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    if (path !== '.') {
      const above = await this.kind(parent);
      if (above !== 'folder') return above === 'outside' ? 'outside' : undefined;
    }
    const stat = await orMissing(workspace.fs.stat(this.uri(path)));
    if (!stat) return undefined;
    if (path !== '.' && stat.type & FileType.SymbolicLink && !(await this.leadsInside(path))) return 'outside';
    return stat.type & FileType.Directory ? 'folder' : 'file';
  }

  /** Where links cannot be followed, as in the browser, none is trusted. */
  private async leadsInside(path: string): Promise<boolean> {
    if (!platform.realPath || this.root.scheme !== 'file') return false;
    try {
      this.realRoot ??= platform.realPath(this.root.fsPath);
      const [root, target] = await Promise.all([this.realRoot, platform.realPath(this.uri(path).fsPath)]);
      return root !== undefined && Uri.file(`${target}/`).path.startsWith(Uri.file(`${root}/`).path);
    } catch {
      return false;
    }
  }

  private async withoutLinkedFolders(paths: readonly string[]): Promise<string[]> {
    const { realPath } = platform;
    if (!realPath) return [...paths];
    const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');
    this.realRoot ??= realPath(this.root.fsPath);
    const root = Uri.file((await this.realRoot) ?? this.root.fsPath);
    const own = new Set<string>();
    await Promise.all(
      [...new Set(paths.map(folderOf))].map(async (folder) => {
        const real = await realPath(this.uri(folder).fsPath).catch(() => undefined);
        if (real === (folder === '.' ? root : Uri.joinPath(root, folder)).fsPath) own.add(folder);
      }),
    );
    return paths.filter((path) => own.has(folderOf(path)));
  }

  private async walk(folder: string, patterns: readonly RegExp[]): Promise<string[]> {
    const entries = (await orMissing(workspace.fs.readDirectory(this.uri(folder)))) ?? [];
    const below = await Promise.all(
      entries.map(async ([name, type]) => {
        const path = folder === '.' ? name : `${folder}/${name}`;
        if (type === FileType.Directory) return isIgnoredFolder(name) ? [] : this.walk(path, patterns);
        return type & FileType.File && patterns.some((pattern) => pattern.test(path)) ? [path] : [];
      }),
    );
    return below.flat();
  }

  private relative(uri: Uri): string {
    return uri.path.slice(this.root.path.length).replace(/^\//, '');
  }

  /** The git folder that holds a file. A linked worktree keeps its HEAD apart and shares its branches. */
  private async gitFolder(name: string): Promise<Uri | undefined> {
    const dotGit = Uri.joinPath(this.root, '.git');
    const stat = await orMissing(workspace.fs.stat(dotGit));
    if (!stat) return undefined;
    if (stat.type & FileType.Directory) return dotGit;
    const own = follow(this.root, await readLine(dotGit), /^gitdir: (.+)$/);
    if (!own || name === 'HEAD') return own;
    return follow(own, await readLine(Uri.joinPath(own, 'commondir')), /^(.+)$/) ?? own;
  }
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '[^/]*');
  return new RegExp(`(?:^|/)${escaped}$`);
}

async function readLine(uri: Uri): Promise<string> {
  const bytes = await orMissing(workspace.fs.readFile(uri));
  return bytes ? new TextDecoder().decode(bytes).trim() : '';
}

/** The folder that a line names, absolute or relative to where it was found. */
function follow(from: Uri, line: string, form: RegExp): Uri | undefined {
  const path = form.exec(line)?.[1];
  if (path === undefined) return undefined;
  return /^(?:\/|[A-Za-z]:)/.test(path) ? Uri.file(path) : Uri.joinPath(from, path);
}
