import { commands, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import { normalise } from '../../core/scaffold/text.js';
import type { Written } from './apply.js';
import { isMissing } from './workspace.js';

/**
 * Brings back what an edit that failed may have changed.
 *
 * @param originals what lay in the files that were there before
 * @returns the files that could not be brought back
 */
export async function restore(written: Written, originals: ReadonlyMap<Uri, Uint8Array>): Promise<string[]> {
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
      // What somebody else put there in the meantime is not ours to delete; a file of ours may be cut short.
      const bytes = await workspace.fs.readFile(uri);
      if (isBeginning(bytes, new TextEncoder().encode(after))) await workspace.fs.delete(uri);
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

/** All of a document. */
export function whole(document: TextDocument): Range {
  return document.validateRange(new Range(0, 0, document.lineCount, 0));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && isBeginning(a, b);
}

function isBeginning(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => byte === b[index]);
}
