import { CodeAction, CodeActionKind, l10n, ProgressLocation, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { Diagnostic } from 'vscode';
import type { Finding } from '../../core/lint/finding.js';
import type { GitHub } from '../github/github.js';
import { loadClient } from '../github/load-client.js';
import { toRange } from './diagnostics.js';
import type { Checked, Linter } from './linter.js';

export const pinCommand = 'rustCi.pinAction';

/** Offers to ask GitHub for the commit of an action that the bundled catalogue does not know. Only to those who are signed in. */
export function pinFromGitHub(
  checked: Checked,
  finding: Finding,
  diagnostic: Diagnostic,
  github: GitHub,
): CodeAction[] {
  const { engine, document, uri } = checked;
  if (finding.code !== 'unpinned-uses' || finding.fixes.some((fix) => engine.isSafe(fix))) return [];
  const uses = engine.pinnableAt(document, finding.start);
  if (uses === undefined || (github.current?.token() ?? null) === null) return [];
  const action = new CodeAction(l10n.t('Pin to a commit, asking GitHub'), CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { command: pinCommand, title: action.title, arguments: [uri, uses.text] };
  return [action];
}

/** Pins every mention of an action in a document to the commit of its release. */
export async function pinAction(linter: Linter, github: GitHub, uri: unknown, action: unknown): Promise<void> {
  const { current } = github;
  if (!(uri instanceof Uri) || typeof action !== 'string' || current === undefined) return;
  const [, owner = '', repo = '', ref = ''] = /^([^/@]+)\/([^/@]+)[^@]*@(.+)$/.exec(action) ?? [];
  if (ref === '') return;
  const title = l10n.t('Asking GitHub for the release of {0}', action);
  try {
    const release = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => {
          abort.abort();
        });
        const { actionRelease } = await loadClient();
        return actionRelease(current.client, { owner, repo }, ref, abort.signal);
      },
    );
    if (release === undefined)
      void window.showInformationMessage(l10n.t('{0} has no release to which it could be pinned.', `${owner}/${repo}`));
    else await pinAll(linter, uri, action, release);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

async function pinAll(linter: Linter, uri: Uri, action: string, release: { tag: string; sha: string }): Promise<void> {
  const checked = await linter.current(await workspace.openTextDocument(uri));
  if (checked === undefined) return;
  const { engine, document, findings } = checked;
  const edit = new WorkspaceEdit();
  for (const { code, start } of findings) {
    const uses = code === 'unpinned-uses' ? engine.pinnableAt(document, start) : undefined;
    if (uses?.text !== action) continue;
    for (const one of engine.pinUses(document, uses, release.sha, release.tag).edits)
      edit.replace(uri, toRange(one, document.lines), one.text);
  }
  await workspace.applyEdit(edit);
}
