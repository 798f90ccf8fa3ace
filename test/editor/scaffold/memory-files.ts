import { Disposable, EventEmitter, FileSystemError, FileType, workspace } from 'vscode';
import type { FileChangeEvent, FileStat, FileSystemProvider, Uri } from 'vscode';

/** A virtual file system whose writing can be made to fail. It cannot be searched, like most of its kind. */
export class MemoryFiles implements FileSystemProvider {
  private readonly entries = new Map<string, Uint8Array | null>([['/', null]]);
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  /** Paths that cannot be written. */
  readonly broken = new Set<string>();

  /** Makes the file system known under a scheme. */
  register(scheme: string, isReadonly = false): Disposable {
    return workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true, isReadonly });
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  stat(uri: Uri): FileStat {
    const entry = this.find(uri);
    const type = entry === null ? FileType.Directory : FileType.File;
    return { type, ctime: 0, mtime: entry?.byteLength ?? 0, size: entry?.byteLength ?? 0 };
  }

  readDirectory(uri: Uri): [string, FileType][] {
    this.find(uri);
    const prefix = uri.path.replace(/\/?$/, '/');
    const names = [...this.entries].filter(([path]) => path.startsWith(prefix) && path !== prefix);
    return names
      .map(([path, entry]): [string, FileType] => [
        path.slice(prefix.length),
        entry === null ? FileType.Directory : FileType.File,
      ])
      .filter(([name]) => !name.includes('/'));
  }

  createDirectory(uri: Uri): void {
    this.entries.set(uri.path, null);
  }

  readFile(uri: Uri): Uint8Array {
    const entry = this.find(uri);
    if (entry === null) throw FileSystemError.FileIsADirectory(uri);
    return entry;
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    if (this.broken.has(uri.path)) throw FileSystemError.NoPermissions('the disk is full');
    for (let at = uri.path; at.lastIndexOf('/') > 0;) {
      at = at.slice(0, at.lastIndexOf('/'));
      if (!this.entries.has(at)) this.entries.set(at, null);
    }
    this.entries.set(uri.path, content);
  }

  delete(uri: Uri): void {
    this.find(uri);
    for (const path of [...this.entries.keys()]) {
      if (path === uri.path || path.startsWith(`${uri.path}/`)) this.entries.delete(path);
    }
  }

  rename(): void {
    throw FileSystemError.NoPermissions('not needed here');
  }

  private find(uri: Uri): Uint8Array | null {
    const entry = this.entries.get(uri.path.replace(/(?<=.)\/$/, ''));
    if (entry === undefined) throw FileSystemError.FileNotFound(uri);
    return entry;
  }
}
