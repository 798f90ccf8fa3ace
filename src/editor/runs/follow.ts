import { commands, l10n, window } from 'vscode';
import type { Run, Workflow } from '../../core/actions/run.js';
import type { Store } from '../../github/store.js';
import type { OpenRepository } from '../github/github.js';

/** Milliseconds between two looks for a run that GitHub has not listed yet, and how long one looks. */
const looks = { every: 2000, atMost: 60_000 };

/** Shows a run that was just started and follows it to its end. */
export async function follow(
  repository: OpenRepository,
  workflow: Pick<Workflow, 'id' | 'name'>,
  runId: number | null,
  startedAt: number,
): Promise<void> {
  const { store } = repository;
  const id = runId ?? (await listed(repository, workflow.id, startedAt));
  if (id === null) {
    void window.showInformationMessage(l10n.t('{0} was started; GitHub does not list its run yet.', workflow.name));
    return;
  }
  followToEnd(store, id);
  await store.refresh();
  await commands.executeCommand('rustCi.revealRun', id);
}

/** Follows a run until it has ended; a day at most, whatever GitHub says. */
export function followToEnd(store: Store, runId: number): void {
  const unfollow = store.follow(runId);
  const began = store.snapshot.runs.find(({ id }) => id === runId);
  const end = () => {
    clearTimeout(timer);
    unlisten();
    unfollow();
  };
  const unlisten = store.onDidChange(() => {
    const run = store.snapshot.runs.find(({ id }) => id === runId);
    // A rerun is a newer attempt of what had ended already.
    if (run?.status === 'completed' && (began?.status !== 'completed' || run.attempt > began.attempt)) end();
  });
  const timer = setTimeout(end, 86_400_000);
}

/** Older Enterprise Servers do not tell which run they started: it is the first one by hand that is new. */
async function listed({ store }: OpenRepository, workflowId: number, startedAt: number): Promise<number | null> {
  // Clocks differ by a little.
  const isIt = (run: Run) =>
    run.workflowId === workflowId && run.event === 'workflow_dispatch' && run.createdAt >= startedAt - 10_000;
  const known = new Set(store.snapshot.runs.filter(({ workflowId: of }) => of === workflowId).map(({ id }) => id));
  for (const end = Date.now() + looks.atMost; Date.now() < end;) {
    await store.refresh();
    const run = store.snapshot.runs.find((one) => isIt(one) && !known.has(one.id));
    if (run) return run.id;
    await new Promise((resolve) => setTimeout(resolve, looks.every));
  }
  return null;
}
