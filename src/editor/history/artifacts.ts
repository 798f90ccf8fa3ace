import { commands, l10n, window } from 'vscode';
import { getRun } from '../../github/api/runs.js';
import type { OpenRepository } from '../github/github.js';
import { reportError } from '../github/problems-shown.js';

/** Asks which artifact of a run to save, and saves it. */
export async function downloadArtifact(repository: OpenRepository | undefined, runId: number): Promise<void> {
  if (!repository) {
    void window.showInformationMessage(l10n.t('It is not known where this repository lies on GitHub.'));
    return;
  }
  const { client, id } = repository;
  try {
    const run = await getRun(client, { owner: id.owner, repo: id.name }, runId);
    await commands.executeCommand('rustCi.downloadArtifact', { target: { kind: 'run', run, pending: [] } });
  } catch (error) {
    reportError(l10n.t('The artifacts of run {0} could not be listed.', runId), error, id);
  }
}
