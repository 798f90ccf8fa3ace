import { commands, l10n, RelativePattern, Uri, workspace } from 'vscode';
import { manifestPath } from '../../core/scaffold/manifest.js';
import type { Dialog } from './dialog.js';

/** The repository to work on and, where one was pointed at, the folder inside it. */
export interface Target {
  readonly root: Uri;
  /** POSIX, relative to the root; `.` for all of it. */
  readonly inside: string;
}

/**
 * Finds the repository that a folder belongs to: the nearest folder with `.git` from it upwards. GitHub reads
 * workflows from nowhere else. Without git the folder itself is taken.
 *
 * @returns undefined when the person left or chose to open the repository's folder instead
 */
export async function findTarget(dialog: Dialog, title: string, folder: Uri): Promise<Target | undefined> {
  const home = workspace.getWorkspaceFolder(folder)?.uri ?? folder;
  if (folder.scheme !== 'file') return { root: home, inside: relative(home, folder) };
  const root = await repositoryAbove(folder);
  if (!root || contains(home, root)) {
    const found = root ?? folder;
    return { root: found, inside: relative(found, folder) };
  }
  const name = root.path.slice(root.path.lastIndexOf('/') + 1);
  const answer = await dialog.one(
    {
      title,
      placeholder: l10n.t('GitHub runs only the workflows at the root of a repository, and this folder is inside one'),
      step: 1,
      totalSteps: 1,
      canGoBack: false,
    },
    [
      { label: l10n.t('Open the repository {0}', name), detail: root.fsPath, icon: 'repo', picked: true, value: true },
      {
        label: l10n.t('Write the pipeline here'),
        detail: l10n.t('{0} is going to be a repository of its own', folder.fsPath),
        icon: 'folder',
        value: false,
      },
    ],
  );
  if (answer === false) return { root: folder, inside: '.' };
  if (answer === true) await commands.executeCommand('vscode.openFolder', root);
  return undefined;
}

/** Asks for one of several folders; one alone needs no question. */
export async function pickFolder(
  dialog: Dialog,
  title: string,
  folders: readonly Uri[],
  placeholder: string,
): Promise<Uri | undefined> {
  if (folders.length < 2) return folders[0];
  const pipelines = new Set((await findPipelines()).map(String));
  const choices = folders.map((folder) => ({
    label: workspace.asRelativePath(folder, true).split('/').at(-1) ?? folder.fsPath,
    description: pipelines.has(folder.toString()) ? l10n.t('has a pipeline') : '',
    detail: folder.fsPath,
    icon: 'folder',
    value: folder,
  }));
  const answer = await dialog.one({ title, placeholder, step: 1, totalSteps: 1, canGoBack: false }, choices);
  return answer instanceof Uri ? answer : undefined;
}

const exclude = '{**/target/**,**/node_modules/**}';

/** The repositories of this window that have a pipeline of ours. */
export async function findPipelines(): Promise<Uri[]> {
  const folders = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  const found = await Promise.all(
    folders.map((folder) => workspace.fs.stat(Uri.joinPath(folder, manifestPath)).then(() => [folder], none)),
  );
  // Only real folders can be searched for repositories further down.
  const nested = await Promise.all(
    folders
      .filter(({ scheme }) => scheme === 'file')
      .map((folder) => workspace.findFiles(new RelativePattern(folder, `*/**/${manifestPath}`), exclude, 100)),
  );
  const roots = nested.flat().map((manifest) => Uri.joinPath(manifest, '../..'));
  return [...new Map([...found.flat(), ...roots].map((root) => [root.toString(), root])).values()];
}

function none(): Uri[] {
  return [];
}

async function repositoryAbove(folder: Uri): Promise<Uri | undefined> {
  for (let at = folder; ;) {
    const isRepository = await workspace.fs.stat(Uri.joinPath(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRepository) return at;
    const above = Uri.joinPath(at, '..');
    if (above.path === at.path) return undefined;
    at = above;
  }
}

function contains(folder: Uri, other: Uri): boolean {
  return `${other.path}/`.startsWith(`${folder.path.replace(/\/$/, '')}/`);
}

function relative(from: Uri, to: Uri): string {
  return to.path.slice(from.path.length).replace(/^\//, '') || '.';
}
