import { l10n, window } from 'vscode';
import type { Run } from '../../core/actions/run.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { reportError } from '../github/problems-shown.js';
import { failed } from '../pipeline/rows/jobs.js';
import { targetOf } from '../tree/target.js';
import { followToEnd } from './follow.js';
import { needRepository, theRun } from './pick.js';

/** Does something with a run that changes it, shows the change, and follows it. */
async function change(repository: OpenRepository, run: Run, problem: string, act: () => Promise<void>): Promise<void> {
  const { store } = repository;
  try {
    await window.withProgress({ location: { viewId: 'rustCi.pipeline' } }, async () => {
      await act();
      followToEnd(store, run.id);
      await store.refresh();
    });
  } catch (error) {
    reportError(problem, error, repository.id);
  }
}

/** Runs all jobs of a run again, or those that failed. */
export async function rerun(github: GitHub, row: unknown, jobs: 'all' | 'failed', debug = false): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const title = jobs === 'all' ? l10n.t('Rerun All Jobs') : l10n.t('Rerun Failed Jobs');
  const fits = (run: Run) => run.status === 'completed' && (jobs === 'all' || failed(run));
  const run = await theRun(repository, row, title, fits);
  if (!run) return;
  await change(repository, run, l10n.t('Run #{0} was not started again.', run.number), () =>
    repository.operations.rerun(run, jobs, { debug }),
  );
}

/** Runs one job again, and what needs it. */
export async function rerunJob(github: GitHub, row: unknown, debug = false): Promise<void> {
  const repository = await needRepository(github);
  const target = targetOf(row, 'job', 'step');
  if (!repository || !target) return;
  const { job, run } = target;
  await change(repository, run, l10n.t('The job {0} was not started again.', job.name), () =>
    repository.operations.rerunJob(job, { debug }),
  );
}

/** Ends a run that goes on; by force also where a job refuses to end. */
export async function cancel(github: GitHub, row: unknown, force = false): Promise<void> {
  const repository = await needRepository(github);
  if (!repository) return;
  const run = await theRun(repository, row, l10n.t('Cancel Run'), ({ status }) => status !== 'completed');
  if (!run) return;
  await change(repository, run, l10n.t('Run #{0} was not cancelled.', run.number), () =>
    repository.operations.cancel(run, { force }),
  );
}
