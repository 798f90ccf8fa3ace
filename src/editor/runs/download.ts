import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Artifact } from '../../core/actions/run.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { reportError } from '../github/problems-shown.js';
import { size } from '../status/words.js';
import { targetOf } from '../tree/target.js';
import { needRepository, theRun } from './pick.js';

/** Saves the files of an artifact: a single file where the person says, several into a folder. */
export async function downloadArtifact(github: GitHub, row: unknown): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const artifact = await theArtifact(repository, row);
  if (!artifact) return;
  const abort = new AbortController();
  try {
    const files = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        cancellable: true,
        title: l10n.t('Downloading {0} ({1})', artifact.name, size(artifact.size)),
      },
      (_progress, token) => {
        token.onCancellationRequested(() => {
          abort.abort();
        });
        return repository.store.artifactFiles(artifact, abort.signal);
      },
    );
    await save(repository, artifact, files);
  } catch (error) {
    reportError(l10n.t('The artifact {0} was not downloaded.', artifact.name), error, repository.id);
  }
}

async function save(
  { root }: OpenRepository,
  artifact: Artifact,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const [only] = files;
  if (only && files.size === 1) {
    const [name, content] = only;
    const target = await window.showSaveDialog({
      defaultUri: Uri.joinPath(root, name.replace(/^.*\//, '')),
      title: l10n.t('Save {0}', artifact.name),
    });
    if (!target) return;
    await workspace.fs.writeFile(target, content);
    await offer(target, l10n.t('{0} is saved.', artifact.name));
    return;
  }
  const [folder] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: root,
      title: l10n.t('Save {0} into a Folder', artifact.name),
      openLabel: l10n.t('Save Here'),
    })) ?? [];
  if (!folder) return;
  // A folder of its own, which did not exist: nothing is overwritten.
  const target = await unused(folder, artifact.name.replace(/[^\w.-]+/g, '-'));
  for (const [name, content] of files) await workspace.fs.writeFile(Uri.joinPath(target, name), content);
  await offer(target, l10n.t('{0} files of {1} are saved.', files.size, artifact.name));
}

async function unused(folder: Uri, name: string): Promise<Uri> {
  for (let count = 1; ; count++) {
    const target = Uri.joinPath(folder, count === 1 ? name : `${name}-${count}`);
    const exists = await workspace.fs.stat(target).then(
      () => true,
      () => false,
    );
    if (!exists) return target;
  }
}

async function offer(target: Uri, text: string): Promise<void> {
  const reveal = l10n.t('Show It');
  const answer = await window.showInformationMessage(text, reveal);
  if (answer === reveal) await commands.executeCommand('revealFileInOS', target);
}

async function theArtifact(repository: OpenRepository, row: unknown): Promise<Artifact | undefined> {
  const target = targetOf(row, 'artifact');
  if (target) return target.artifact;
  const title = l10n.t('Download Artifact');
  const run = await theRun(repository, row, title, () => true);
  if (!run) return undefined;
  try {
    const artifacts = (await repository.store.artifacts(run)).filter(({ expired }) => !expired);
    if (artifacts.length === 0) {
      void window.showInformationMessage(l10n.t('Run #{0} has no artifacts, or they have expired.', run.number));
      return undefined;
    }
    const rows = artifacts.map((artifact) => ({ label: artifact.name, description: size(artifact.size), artifact }));
    return (await window.showQuickPick(rows, { title }))?.artifact;
  } catch (error) {
    reportError(l10n.t('The artifacts could not be listed.'), error, repository.id);
    return undefined;
  }
}
