import { l10n, ProgressLocation, window, workspace } from 'vscode';
import { getRepository } from '../../github/api/repository.js';
import { proveLive } from '../../github/verify/live-proof.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { reportError, showError } from '../github/problems-shown.js';
import { defaultOptions } from '../../core/pipeline/options.js';
import { readManifest } from '../../core/scaffold/manifest.js';
import { EditorWorkspace } from '../scaffold/workspace.js';
import { needRepository } from '../runs/pick.js';
import { moment } from '../status/words.js';
import type { Step } from '../../core/verify/result.js';
import { takeSteps } from './steps.js';
import { documentOf, proofStep, skippedProof } from './words.js';

/** Looks at everything that must be in order for the pipeline to work, and writes down what it found. */
export async function verifyPipeline(github: GitHub): Promise<void> {
  const open = await needRepository(github);
  if (!open) return;
  const live = await askLive();
  if (live === undefined) return;
  try {
    const steps = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Verify Pipeline'), cancellable: true },
      async (progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => {
          controller.abort(new Error(l10n.t('It was stopped.')));
        });
        const tell = (message: string) => {
          progress.report({ message });
        };
        const found = await takeSteps(open, tell, controller.signal);
        return live ? [...found, await prove(open, tell, controller.signal)] : found;
      },
    );
    const { owner, name } = open.id;
    const { head } = open.store.snapshot;
    const content = documentOf(`${owner}/${name}`, head.sha, moment(Date.now()), steps);
    await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
  } catch (error) {
    reportError(l10n.t('The pipeline could not be verified.'), error, open.id);
  }
}

/** Whether a commit and a pull request may be made; undefined when the person left. */
async function askLive(): Promise<boolean | undefined> {
  const rows = [
    {
      label: l10n.t('Look only'),
      detail: l10n.t('Files, settings and what runs have reported. Nothing changes on GitHub.'),
      live: false,
    },
    {
      label: l10n.t('Live proof, too'),
      detail: l10n.t(
        'Also pushes an empty commit to a branch of its own, opens a pull request, waits until every gate has reported, and removes both.',
      ),
      live: true,
    },
  ];
  return (await window.showQuickPick(rows, { title: l10n.t('Verify Pipeline'), ignoreFocusOut: true }))?.live;
}

/** The jobs that sum up the gates of each workflow. */
async function gateJobs({ root }: OpenRepository): Promise<string[]> {
  const manifest = await readManifest(new EditorWorkspace(root)).catch(() => undefined);
  const { workflows } = manifest?.options ?? defaultOptions;
  return workflows.filter((id) => id === 'test' || id === 'security').map((id) => `${id}-gate`);
}

async function prove(open: OpenRepository, tell: (message: string) => void, signal: AbortSignal): Promise<Step> {
  const gates = await gateJobs(open);
  if (gates.length === 0) return skippedProof(l10n.t('The pipeline has no gates that could report.'));
  if (signal.aborted) return skippedProof(l10n.t('It was stopped before.'));
  const repository = await getRepository(open.client, { owner: open.id.owner, repo: open.id.name });
  const proof = await proveLive({
    github: open.client,
    repository,
    gates,
    request: crypto.randomUUID().slice(0, 8),
    tell: (gates) => {
      const states = gates.map(({ name, job }) => `${name} ${job?.conclusion ?? job?.status ?? l10n.t('not started')}`);
      tell(l10n.t('Live proof: {0}', states.join(', ')));
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    signal,
  });
  return proofStep(proof, (problem) => showError(problem, open.id).text);
}
