import { l10n, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { baselinesPath, readBaselines, withAccepted, type AcceptedChange } from '../../core/history/baselines.js';
import { isMissing } from '../scaffold/workspace.js';

/** Accepted changes of a repository, and why they could not be read. */
export interface Baselines {
  readonly accepted: readonly AcceptedChange[];
  readonly problem: string | undefined;
}

export async function loadBaselines(root: Uri): Promise<Baselines> {
  try {
    const text = await textOf(Uri.joinPath(root, baselinesPath));
    return { accepted: text === undefined ? [] : readBaselines(baselinesPath, text), problem: undefined };
  } catch (error) {
    return { accepted: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** As it stands in the editor, which may not be saved yet. */
async function textOf(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes an accepted change into the repository, as one edit that undo takes back. */
export async function acceptChange(root: Uri, change: AcceptedChange): Promise<boolean> {
  const uri = Uri.joinPath(root, baselinesPath);
  const { accepted, problem } = await loadBaselines(root);
  if (problem !== undefined) {
    void window.showErrorMessage(l10n.t('The change was not accepted. {0}', problem));
    return false;
  }
  const text = withAccepted(accepted, change);
  const before = await textOf(uri);
  const edit = new WorkspaceEdit();
  if (before === undefined) edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  else {
    const document = await workspace.openTextDocument(uri);
    edit.replace(uri, document.validateRange(new Range(0, 0, document.lineCount, 0)), text);
  }
  if (!(await workspace.applyEdit(edit))) return false;
  const document = await workspace.openTextDocument(uri);
  return document.isDirty ? document.save() : true;
}
