import { commands, Disposable, TextDocumentChangeReason, window, workspace } from 'vscode';
import { normalise } from '../../core/scaffold/text.js';
import type { Written } from './apply.js';
import { removeEmpty } from './restore.js';

/**
 * Makes an undo in the editor complete. Undoing leaves replaced documents unsaved and new folders empty, as VS Code
 * knows nothing of our saving: what was undone is saved here, too, so that one undo takes everything back.
 */
export function completeUndo({ documents, created, newFolders }: Written): Disposable {
  const ours = new Map(documents.map((change) => [change.document.uri.toString(), change]));
  const files = new Set(created.map(String));
  return Disposable.from(
    workspace.onDidChangeTextDocument(({ document, reason }) => {
      const change = ours.get(document.uri.toString());
      if (!change || (reason !== TextDocumentChangeReason.Undo && reason !== TextDocumentChangeReason.Redo)) return;
      const text = normalise(document.getText());
      if (text === normalise(change.before) || text === normalise(change.after)) void document.save();
    }),
    workspace.onDidDeleteFiles(({ files: deleted }) => {
      if (deleted.some((uri) => files.has(uri.toString()))) void removeEmpty(newFolders);
    }),
  );
}

/** Takes back what was written, by the editor's own undo. */
export async function undo({ created, documents }: Written): Promise<void> {
  const uri = created[0] ?? documents[0]?.document.uri;
  if (!uri) return;
  await window.showTextDocument(uri, { preview: true });
  await commands.executeCommand('undo');
}
