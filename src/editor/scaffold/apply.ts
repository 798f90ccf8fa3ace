import { Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument, WorkspaceEditEntryMetadata } from 'vscode';
import { commands } from 'vscode';
import type { PlannedFile } from '../../core/scaffold/plan.js';
import { normalise } from '../../core/scaffold/text.js';
import { isMissing } from './workspace.js';

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

/** Brings everything back; returns what could not be. */
async function restore(written: Written, originals: ReadonlyMap<Uri, Uint8Array>): Promise<string[]> {
  const unrestored: string[] = [];
  const attempt = async (uri: Uri, work: () => Thenable<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!isMissing(error)) unrestored.push(workspace.asRelativePath(uri));
    }
  };
  for (const { document, before } of written.documents) {
    await attempt(document.uri, () => putBack(document, before));
  }
  for (const { path, after } of written.changes.filter(({ before }) => before === undefined)) {
    const uri = Uri.joinPath(written.root, path);
    await attempt(uri, async () => {
      // What somebody else put there in the meantime is not ours to delete.
      const bytes = await workspace.fs.readFile(uri);
      if (equal(bytes, new TextEncoder().encode(after))) await workspace.fs.delete(uri);
    });
  }
  for (const [uri, bytes] of originals) {
    await attempt(uri, async () => {
      const now = await workspace.fs.readFile(uri).then(
        (content) => content,
        () => undefined,
      );
      if (!now || !equal(now, bytes)) await workspace.fs.writeFile(uri, bytes);
    });
  }
  await removeEmpty(written.newFolders);
  return unrestored;
}

/** A document that could not be saved is read again from its file; that works for the editor in front only. */
async function putBack(document: TextDocument, before: string): Promise<void> {
  if (normalise(document.getText()) !== normalise(before)) {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, whole(document), before);
    await workspace.applyEdit(edit);
  }
  if (document.isDirty && !(await document.save())) {
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
}

/** Removes folders that are empty, in the order given. */
export async function removeEmpty(folders: readonly Uri[]): Promise<void> {
  for (const folder of folders) {
    try {
      const entries = await workspace.fs.readDirectory(folder);
      if (entries.length === 0) await workspace.fs.delete(folder);
    } catch {
      // A folder that stays behind empty does no harm.
    }
  }
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

function whole(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
