import { commands, l10n, Position, Range, Uri, window, workspace } from 'vscode';
import { InputError } from '../../core/scaffold/input-error.js';
import { WriteError } from './apply.js';
import type { Written } from './apply.js';
import { undo } from './undo.js';

/** A button under a message. */
interface Button {
  readonly title: string;
  readonly run: () => unknown;
}

/** Where a message comes from and how to go on after it. */
export interface Scene {
  /** The repository, once it is known. */
  readonly root?: Uri;
  /** Starts again in another folder. */
  readonly elsewhere?: () => unknown;
}

/** Tells what went wrong, why, and what to do. Resolves when the person has dealt with it. */
export async function showProblem(error: unknown, { root, elsewhere }: Scene): Promise<void> {
  const other: Button[] =
    elsewhere && (workspace.workspaceFolders?.length ?? 0) > 1
      ? [{ title: l10n.t('Choose Another Folder'), run: elsewhere }]
      : [];
  if (error instanceof InputError) {
    await showError(error.message, [...openButton(error, root), ...other]);
  } else if (error instanceof WriteError) {
    const what = l10n.t('{0} could not be written ({1}), so nothing was.', error.file, error.message);
    const left =
      error.unrestored.length === 0
        ? l10n.t('Every file is as it was.')
        : l10n.t('These could not be brought back, look at them: {0}.', error.unrestored.join(', '));
    await showError(`${what} ${left}`, other);
  } else {
    console.error(error);
    const reason = error instanceof Error ? error.message : String(error);
    await showError(l10n.t('Rust CI stopped at an error of its own: {0}. Nothing was written.', reason), []);
  }
}

/** Without a folder there is nothing to write to. */
export async function showNoFolder(): Promise<void> {
  await showError(l10n.t('No folder is open. Open the folder of a Rust project, then scaffold its pipeline.'), [
    { title: l10n.t('Open Folder…'), run: () => commands.executeCommand('vscode.openFolder') },
  ]);
}

/** There is nothing to update. */
export async function showNoPipeline(): Promise<void> {
  await showInformation(l10n.t('There is no Rust CI pipeline here yet.'), [
    { title: l10n.t('Scaffold Rust CI…'), run: () => commands.executeCommand('rustCi.scaffold') },
  ]);
}

/** Everything is as it would be written. */
export async function showUpToDate(): Promise<void> {
  await showInformation(l10n.t('The Rust CI pipeline is up to date.'), []);
}

/** Says what was written, with the way on and the way back. */
export async function showWritten(written: Written): Promise<void> {
  const docs = written.changes.find(({ path }) => path === docsPath);
  const uri = Uri.joinPath(written.root, docsPath);
  await showInformation(l10n.t('Rust CI written: {0}.', fileCount(written.changes.length)), [
    ...(docs ? [{ title: l10n.t('Open {0}', docsPath), run: () => commands.executeCommand('vscode.open', uri) }] : []),
    { title: l10n.t('Undo'), run: () => undo(written) },
  ]);
}

export const docsPath = 'docs/ci-cd.md';

/** Leads to the place in a file where something is wrong. */
function openButton({ file, position }: InputError, root: Uri | undefined): Button[] {
  if (file === undefined || !root) return [];
  const uri = Uri.joinPath(root, file);
  const at = new Position((position?.line ?? 1) - 1, (position?.column ?? 1) - 1);
  const title = l10n.t('Open {0}', file.slice(file.lastIndexOf('/') + 1));
  // A folder that stands where a file belongs cannot be opened, but it can be shown.
  const reveal = () => commands.executeCommand('revealInExplorer', uri);
  return [{ title, run: () => window.showTextDocument(uri, { selection: new Range(at, at) }).then(undefined, reveal) }];
}

async function showError(message: string, buttons: readonly Button[]): Promise<void> {
  const picked = await window.showErrorMessage(message, ...buttons.map(({ title }) => title));
  await buttons.find(({ title }) => title === picked)?.run();
}

async function showInformation(message: string, buttons: readonly Button[]): Promise<void> {
  const picked = await window.showInformationMessage(message, ...buttons.map(({ title }) => title));
  await buttons.find(({ title }) => title === picked)?.run();
}

/** "3 files", "1 file". */
export function fileCount(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count);
}
