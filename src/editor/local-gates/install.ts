import { env, l10n, ProcessExecution, Task, TaskRevealKind, tasks, TaskScope, Uri, window } from 'vscode';
import type { Need } from '../../core/gates/local/needs.js';

/** Says what is missing and offers to install it. @returns whether it was installed */
export async function offerInstallation(gate: string, needs: readonly Need[]): Promise<boolean> {
  const installable = needs.filter((need) => need.install !== null);
  const [other] = needs.filter((need) => need.install === null);
  const names = needs.map(({ name }) => name).join(', ');
  const install = l10n.t('Install');
  const page = l10n.t('How to Install');
  const buttons = other ? [page] : [install];
  const answer = await window.showWarningMessage(
    l10n.t('{0} needs {1}, which is not installed.', gate, names),
    ...buttons,
  );
  if (answer === page && other?.page) await env.openExternal(Uri.parse(other.page));
  if (answer !== install) return false;
  for (const need of installable) if (!(await runInstallation(need))) return false;
  return true;
}

/** Installs in a terminal, where one sees it. @returns whether it succeeded */
async function runInstallation({ name, install }: Need): Promise<boolean> {
  const [program, ...args] = install ?? [];
  if (program === undefined) return false;
  const task = new Task(
    { type: 'rust-ci-install', tool: name },
    TaskScope.Workspace,
    l10n.t('Install {0}', name),
    'Rust CI',
    new ProcessExecution(program, args),
  );
  task.presentationOptions = { reveal: TaskRevealKind.Always };
  const execution = await tasks.executeTask(task);
  return new Promise((resolve) => {
    const listener = tasks.onDidEndTaskProcess((event) => {
      if (event.execution !== execution) return;
      listener.dispose();
      resolve(event.exitCode === 0);
    });
  });
}
