import { env, l10n, Uri, window } from 'vscode';
import type { GitHub, OpenRepository } from '../github/github.js';
import { addressesOf } from '../github/hosts.js';
import { openPage } from '../github/problems-shown.js';
import type { Target } from '../tree/target.js';
import { needRepository } from './pick.js';

/** The page of a row; of the repository's Actions where there is no row. */
function pageOf(repository: OpenRepository, row: unknown): string {
  const target = (typeof row === 'object' && row !== null && 'target' in row ? row.target : undefined) as
    Target | undefined;
  const { host, owner, name } = repository.id;
  const home = `${addressesOf(host).web}/${owner}/${name}`;
  switch (target?.kind) {
    case 'gate':
      return target.gate.url ?? `${home}/actions`;
    case 'workflow':
      return target.workflow.url;
    case 'run':
    case 'approval':
      return target.run.url;
    case 'attempt':
      return `${target.run.url}/attempts/${target.attempt}`;
    case 'job':
      return target.job.url;
    case 'step':
      return `${target.job.url}#step:${target.step.number}:1`;
    case 'artifact':
      return `${target.run.url}/artifacts/${target.artifact.id}`;
    case 'environment':
      return target.environment.url;
    case 'release':
      return target.release.url;
    case 'image':
      return target.image.url;
    case undefined:
      return `${home}/actions`;
  }
}

export async function openOnGitHub(github: GitHub, row: unknown): Promise<void> {
  const repository = await needRepository(github);
  if (repository) await openPage(pageOf(repository, row));
}

export async function copyLink(github: GitHub, row: unknown): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  await env.clipboard.writeText(pageOf(repository, row));
  window.setStatusBarMessage(l10n.t('Link copied'), 3000);
}

/** Opens what Codecov knows of the commit that is shown. */
export async function openOnCodecov(github: GitHub): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const { owner, name } = repository.id;
  const { head, current } = repository.store.snapshot;
  const sha = current?.sha ?? head.sha;
  const base = `https://app.codecov.io/gh/${owner}/${name}`;
  await openPage(sha === null ? base : `${base}/commit/${sha}`);
}

/** Opens the file of a workflow in the editor. */
export async function openWorkflowFile(github: GitHub, row: unknown): Promise<void> {
  const repository = await needRepository(github);
  const target = (typeof row === 'object' && row !== null && 'target' in row ? row.target : undefined) as
    Target | undefined;
  if (!repository || target?.kind !== 'workflow') return;
  try {
    await window.showTextDocument(Uri.joinPath(repository.root, target.workflow.path));
  } catch {
    void window.showInformationMessage(l10n.t('{0} is not in this working copy.', target.workflow.path));
  }
}
