import { l10n, window } from 'vscode';
import type { Run } from '../../core/actions/run.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { progressIcon } from '../status/icons.js';
import { runText } from '../status/words.js';
import { targetOf } from '../tree/target.js';

/** A repository that can be asked; tells the person where there is none. */
export async function needRepository(github: GitHub): Promise<OpenRepository | undefined> {
  const repository = await github.open();
  if (!repository) {
    void window.showInformationMessage(l10n.t('No repository on GitHub is open here, or it has not been chosen.'));
    return undefined;
  }
  if (repository.store.snapshot.updatedAt === null) {
    await window.withProgress({ location: { viewId: 'rustCi.pipeline' } }, () => repository.store.refresh());
  }
  return repository;
}

/** The run of a row, or one that the person picks among those that fit. Undefined: they left, or there is none. */
export async function theRun(
  repository: OpenRepository,
  row: unknown,
  title: string,
  fits: (run: Run) => boolean,
): Promise<Run | undefined> {
  const target = targetOf(row, 'run', 'attempt', 'job', 'step', 'artifact', 'approval');
  if (target) return target.run;
  const runs = repository.store.snapshot.runs.filter(fits);
  if (runs.length === 0) {
    void window.showInformationMessage(l10n.t('No run of this branch is in a state for it.'));
    return undefined;
  }
  const rows = runs.map((run) => ({
    label: `${run.name} #${run.number}`,
    description: runText(run, Date.now()),
    detail: run.title,
    iconPath: progressIcon(run),
    run,
  }));
  return (await window.showQuickPick(rows, { title, matchOnDetail: true }))?.run;
}
