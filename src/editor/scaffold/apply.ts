import { Uri, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument, WorkspaceEditEntryMetadata } from 'vscode';
import type { PlannedFile } from '../../core/scaffold/plan.js';
import { restore, whole } from './restore.js';

/** A file that could not be written. Everything else is as it was before. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly file: string;
  /** Files that could not be brought back to what they were; nearly always empty. */
  readonly unrestored: readonly string[];

  constructor(file: string, unrestored: readonly string[], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.file = file;
    this.unrestored = unrestored;
  }
}

/** What was written, as far as it has to be known to take it back. */
export interface Written {
  readonly root: Uri;
  readonly changes: readonly PlannedFile[];
  readonly created: readonly Uri[];
  /** Folders that were not there before, the deepest first. */
  readonly newFolders: readonly Uri[];
  readonly documents: readonly ChangedDocument[];
}

export interface ChangedDocument {
  readonly document: TextDocument;
  readonly before: string;
  readonly after: string;
}

/**
 * Writes files as one edit that one undo takes back, and saves them. All or nothing: rejects with a WriteError after
 * everything has been brought back.
 */
export async function apply(root: Uri, changes: readonly PlannedFile[], label: string): Promise<Written> {
  const at = (file: PlannedFile) => Uri.joinPath(root, file.path);
  const created = changes.filter(({ before, after }) => before === undefined && after !== undefined);
  const replaced = changes.filter(({ before, after }) => before !== undefined && after !== undefined);
  const removed = changes.filter(({ after }) => after === undefined);

  const newFolders = await missingFolders(root, created);
  const originals = new Map<PlannedFile, Uint8Array>();
  for (const file of [...replaced, ...removed]) originals.set(file, await workspace.fs.readFile(at(file)));

  const edit = new WorkspaceEdit();
  const about: WorkspaceEditEntryMetadata = { label, needsConfirmation: false };
  // Files come first: where creating one fails, no document has been touched yet.
  for (const file of created) {
    edit.createFile(at(file), { contents: new TextEncoder().encode(file.after) }, about);
  }
  for (const file of removed) edit.deleteFile(at(file), {}, about);
  const documents: ChangedDocument[] = [];
  for (const file of replaced) {
    const document = await workspace.openTextDocument(at(file));
    const change = { document, before: document.getText(), after: withoutMark(file.after ?? '') };
    documents.push(change);
    edit.replace(document.uri, whole(document), change.after, about);
  }

  const written: Written = { root, changes, created: created.map(at), newFolders, documents };
  try {
    if (!(await workspace.applyEdit(edit))) throw await findCause(root, changes);
    for (const { document } of documents) {
      const path = replaced[documents.findIndex((one) => one.document === document)]?.path ?? '';
      if (document.isDirty && !(await document.save())) throw new Failed(path, 'VS Code could not save it');
    }
  } catch (error) {
    const failed = error instanceof Failed ? error : new Failed(changes[0]?.path ?? '', error);
    const unrestored = await restore(written, new Map([...originals].map(([file, bytes]) => [at(file), bytes])));
    throw new WriteError(failed.path, unrestored, failed.cause);
  }
  return written;
}

/** Writing stopped at a file. */
class Failed extends Error {
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}

/** VS Code says only that an edit failed, so the first file that was not written is tried once more for the reason. */
async function findCause(root: Uri, changes: readonly PlannedFile[]): Promise<Failed> {
  for (const { path, before, after } of changes) {
    const uri = Uri.joinPath(root, path);
    if (before !== undefined || after === undefined || (await exists(uri))) continue;
    try {
      await workspace.fs.writeFile(uri, new TextEncoder().encode(after));
    } catch (error) {
      return new Failed(path, error);
    }
  }
  return new Failed(changes[0]?.path ?? '', 'VS Code did not apply the edit');
}

async function missingFolders(root: Uri, created: readonly PlannedFile[]): Promise<Uri[]> {
  const folders = new Set<string>();
  for (const { path } of created) {
    const parts = path.split('/').slice(0, -1);
    for (let depth = parts.length; depth > 0; depth--) folders.add(parts.slice(0, depth).join('/'));
  }
  const deepestFirst = [...folders].sort((a, b) => b.split('/').length - a.split('/').length);
  const uris = deepestFirst.map((folder) => Uri.joinPath(root, folder));
  const there = await Promise.all(uris.map(exists));
  return uris.filter((_, index) => !there[index]);
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
