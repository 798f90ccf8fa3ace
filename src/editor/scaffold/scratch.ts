import { Disposable, EventEmitter, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { FileChangeEvent, FileStat, FileSystemProvider } from 'vscode';

/**
 * Files in memory, in which merges take shape. On disk they would lie in a strange folder, which the merge editor shows
 * and for which VS Code asks for trust.
 */
export class Scratch implements FileSystemProvider {
  private readonly files = new Map<string, { content: Uint8Array; mtime: number }>();
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  private readonly scheme: string;
  private readonly registration: Disposable;
  readonly onDidChangeFile = this.changed.event;

  constructor(scheme = 'rust-ci-merge') {
    this.scheme = scheme;
    this.registration = workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  /** Makes a file; `path` is what the editor shows. */
  create(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: this.scheme, path: `/${path}` });
    this.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  stat(uri: Uri): FileStat {
    const { content, mtime } = this.find(uri);
    return { type: FileType.File, ctime: 0, mtime, size: content.byteLength };
  }

  readFile(uri: Uri): Uint8Array {
    return this.find(uri).content;
  }

  writeFile({ path }: Uri, content: Uint8Array): void {
    this.files.set(path, { content, mtime: Date.now() });
  }

  delete({ path }: Uri): void {
    this.files.delete(path);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    Disposable.from(this.registration, this.changed).dispose();
  }

  private find(uri: Uri): { content: Uint8Array; mtime: number } {
    const file = this.files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file;
  }
}
