import { l10n, window } from 'vscode';
import type { PendingDeployment, Run } from '../../core/actions/run.js';
import { approvalsOf } from '../../core/delivery/live.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { reportError } from '../github/problems-shown.js';
import { targetOf } from '../tree/target.js';
import { followToEnd } from './follow.js';
import { needRepository } from './pick.js';

/** A run with what waits in it for the person who is signed in. */
interface Waiting {
  readonly run: Run;
  readonly pending: readonly PendingDeployment[];
}

/** Lets a deployment through or sends it back, with a comment. Escape leaves it waiting. */
export async function review(github: GitHub, row: unknown, verdict: 'approved' | 'rejected'): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const title = verdict === 'approved' ? l10n.t('Approve Deployment') : l10n.t('Reject Deployment');
  const waiting = await theDeployment(repository, row, title);
  if (!waiting) return;
  const { run, pending } = waiting;
  const names = pending.map(({ environment }) => environment).join(', ');
  const comment = await window.showInputBox({
    title: `${title}: ${names}`,
    prompt: l10n.t('{0} #{1}, {2}. With a comment, if you like.', run.name, run.number, run.title),
    ignoreFocusOut: true,
  });
  if (comment === undefined) return;
  try {
    await window.withProgress({ location: { viewId: 'rustCi.delivery' } }, async () => {
      await repository.operations.review(run, pending, verdict, comment);
      followToEnd(repository.store, run.id);
      await repository.store.refresh();
    });
  } catch (error) {
    const problem =
      verdict === 'approved' ? l10n.t('{0} was not approved.', names) : l10n.t('{0} was not rejected.', names);
    reportError(problem, error, repository.id);
  }
}

async function theDeployment(repository: OpenRepository, row: unknown, title: string): Promise<Waiting | undefined> {
  const target = targetOf(row, 'run', 'approval');
  if (target?.kind === 'approval') return { run: target.run, pending: [target.pending] };
  if (target) return { run: target.run, pending: target.pending.filter(({ canApprove }) => canApprove) };
  const all = approvalsOf(repository.store.snapshot)
    .filter(({ pending }) => pending.canApprove)
    .map(({ run, pending }) => ({
      label: pending.environment,
      description: `${run.name} #${run.number}`,
      detail: run.title,
      waiting: { run, pending: [pending] },
    }));
  if (all.length === 0) {
    void window.showInformationMessage(l10n.t('No deployment waits for your approval.'));
    return undefined;
  }
  return (await window.showQuickPick(all, { title }))?.waiting;
}
