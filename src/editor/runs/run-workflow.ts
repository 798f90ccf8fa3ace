import { l10n, Uri, window, workspace } from 'vscode';
import type { Workflow } from '../../core/actions/run.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { loadClient } from '../github/load-client.js';
import { reportError } from '../github/problems-shown.js';
import { targetOf } from '../tree/target.js';
import { follow } from './follow.js';
import { askInputs } from './inputs.js';
import { needRepository } from './pick.js';

/** Starts a workflow by hand: asks which, on which branch and with which inputs, then follows the run. Escape starts nothing. */
export async function runWorkflow(github: GitHub, argument: unknown): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const workflow = await theWorkflow(repository, argument);
  if (!workflow) return;
  const inputs = await inputsOf(repository, workflow);
  if (inputs === null) {
    void window.showInformationMessage(
      l10n.t('{0} cannot be run by hand: it has no "workflow_dispatch" under "on".', workflow.path),
    );
    return;
  }
  const title = l10n.t('Run {0}', workflow.name);
  const ref = await askRef(repository, title);
  if (ref === undefined) return;
  const environments = (repository.store.snapshot.delivery.environments ?? []).map(({ name }) => name);
  const values = await askInputs(title, inputs, environments);
  if (!values) return;
  const startedAt = Date.now();
  try {
    const runId = await window.withProgress({ location: { viewId: 'rustCi.pipeline' } }, () =>
      repository.operations.dispatch(workflow, ref, values),
    );
    await follow(repository, workflow, runId, startedAt);
  } catch (error) {
    reportError(l10n.t('{0} was not started.', workflow.name), error, repository.id);
  }
}

/** The workflow of a row, of a file, or one that the person picks. */
async function theWorkflow(repository: OpenRepository, argument: unknown): Promise<Workflow | undefined> {
  const workflows = (repository.store.snapshot.workflows ?? []).filter(({ enabled }) => enabled);
  const target = targetOf(argument, 'workflow');
  if (target) return target.workflow;
  if (argument instanceof Uri) {
    const found = workflows.find(({ path }) => Uri.joinPath(repository.root, path).path === argument.path);
    if (found) return found;
    void window.showInformationMessage(
      l10n.t(
        'GitHub does not know this workflow yet. Push it to the default branch first, then it can be run by hand.',
      ),
    );
    return undefined;
  }
  const inputs = await Promise.all(workflows.map((workflow) => inputsOf(repository, workflow)));
  const rows = workflows
    .filter((_, index) => inputs[index] !== null)
    .map((workflow) => ({
      label: workflow.name,
      description: workflow.path.replace('.github/workflows/', ''),
      workflow,
    }));
  if (rows.length === 0) {
    void window.showInformationMessage(l10n.t('No workflow of this repository can be run by hand.'));
    return undefined;
  }
  return (await window.showQuickPick(rows, { title: l10n.t('Run Workflow') }))?.workflow;
}

/** What the workflow file of the working copy asks for; none where it is not there. Null: it cannot be run by hand. */
async function inputsOf({ root }: OpenRepository, { path }: Workflow) {
  if (!path.startsWith('.github/')) return null;
  const { dispatchInputs } = await loadClient();
  try {
    const bytes = await workspace.fs.readFile(Uri.joinPath(root, path));
    return dispatchInputs(new TextDecoder().decode(bytes));
  } catch {
    // Another branch has it: GitHub will say if it needs inputs.
    return [];
  }
}

async function askRef({ store }: OpenRepository, title: string): Promise<string | undefined> {
  const { head, defaultBranch } = store.snapshot;
  const branches = [head.pushedSha === null ? null : head.branch, defaultBranch].filter((name) => name !== null);
  const known = [...new Set(branches)];
  const other = l10n.t('Another branch or tag…');
  const picked = await window.showQuickPick(
    [
      ...known.map((label) => ({
        label,
        description: label === head.branch ? l10n.t('checked out here') : l10n.t('default branch'),
      })),
      { label: other, description: '' },
    ],
    { title, placeHolder: l10n.t('On which branch or tag?'), ignoreFocusOut: true },
  );
  if (picked?.label !== other) return picked?.label;
  return window.showInputBox({ title, prompt: l10n.t('Branch or tag'), ignoreFocusOut: true });
}
