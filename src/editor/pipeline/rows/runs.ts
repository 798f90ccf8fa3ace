import { l10n, ThemeIcon } from 'vscode';
import type { Artifact, Job, PendingDeployment, Run } from '../../../core/actions/run.js';
import type { OpenRepository } from '../../github/github.js';
import { progressIcon } from '../../status/icons.js';
import { pageLink, tooltip } from '../../status/tooltip.js';
import { age, duration, eventText, moment, progressWord, runText, short, size } from '../../status/words.js';
import type { Children, Row } from '../../tree/row.js';
import { failed, jobRow, stage } from './jobs.js';

/** A run with its attempts, jobs and artifacts. */
export function runRow(repository: OpenRepository, run: Run, now: number): Row {
  const id = `run/${run.id}`;
  const pending = pendingOf(repository, run);
  const mine = pending.some(({ canApprove }) => canApprove);
  return {
    id,
    label: l10n.t('#{0} {1}', run.number, run.title),
    description: runText(run, now),
    icon: progressIcon(run),
    accessible: l10n.t('Run {0} of {1}: {2}. {3}', run.number, run.name, progressWord(run), run.title),
    tooltip: () =>
      tooltip(
        [
          `${run.name} #${run.number}: ${progressWord(run)}`,
          run.title,
          l10n.t('{0} of {1} by {2}', eventText(run.event), run.branch ?? short(run.sha), run.actor ?? '?'),
          l10n.t('Commit {0}, started {1}', short(run.sha), moment(run.startedAt)),
          run.status === 'completed' ? l10n.t('Took {0}', duration(run.updatedAt - run.startedAt)) : undefined,
        ],
        [pageLink(l10n.t('Open on GitHub'), run.url)],
      ),
    tokens: ['run', 'page', stage(run), ...(failed(run) ? ['failed'] : []), ...(mine ? ['approvable'] : [])],
    target: { kind: 'run', run, pending },
    children: {
      version: version(repository, run),
      load: async (signal) => {
        const jobs = jobRows(repository, run, id);
        if (run.attempt === 1) {
          const rows = 'load' in jobs ? await jobs.load(signal) : jobs;
          return [...rows, artifactsRow(repository, run, id)];
        }
        const attempts = Array.from({ length: run.attempt }, (_, index) => run.attempt - index);
        return [
          ...attempts.map((attempt) => attemptRow(repository, run, attempt, id)),
          artifactsRow(repository, run, id),
        ];
      },
    },
  };
}

/** What waits for somebody in a run, as far as it is known. */
export function pendingOf({ store }: OpenRepository, run: Run): readonly PendingDeployment[] {
  const { current, earlier, main } = store.snapshot;
  for (const facts of [current, earlier, main]) {
    const pending = facts?.pending.get(run.id);
    if (pending) return pending;
  }
  return [];
}

/** Changes with what a run has to show. */
function version({ store }: OpenRepository, run: Run): string {
  const moving = run.status === 'completed' ? '' : String(store.snapshot.updatedAt);
  return `${run.attempt}/${run.status}/${run.updatedAt}/${moving}`;
}

function attemptRow(repository: OpenRepository, run: Run, attempt: number, parent: string): Row {
  const newest = attempt === run.attempt;
  const id = `${parent}/attempt/${attempt}`;
  return {
    id,
    label: l10n.t('Attempt {0}', attempt),
    ...(newest ? { icon: progressIcon(run), description: progressWord(run) } : { icon: new ThemeIcon('history') }),
    accessible: newest ? l10n.t('Attempt {0}: {1}', attempt, progressWord(run)) : l10n.t('Attempt {0}', attempt),
    tokens: ['attempt', 'page', stage(run)],
    target: { kind: 'attempt', run, attempt },
    expanded: newest,
    children: {
      version: newest ? version(repository, run) : 'ended',
      load: async (signal) => {
        const jobs = await repository.store.jobs(run, attempt, signal);
        return jobs.map((job) => jobRow(run, job, id, Date.now()));
      },
    },
  };
}

function jobRows(repository: OpenRepository, run: Run, parent: string): Children {
  const below = (jobs: readonly Job[]) =>
    jobs.map((job) => jobRow(run, job, `${parent}/attempt/${run.attempt}`, Date.now()));
  return {
    version: version(repository, run),
    load: async (signal) => below(await repository.store.jobs(run, run.attempt, signal)),
  };
}

function artifactsRow(repository: OpenRepository, run: Run, parent: string): Row {
  const id = `${parent}/artifacts`;
  return {
    id,
    label: l10n.t('Artifacts'),
    icon: new ThemeIcon('package'),
    tokens: ['artifacts'],
    children: {
      version: version(repository, run),
      load: async (signal) => {
        const artifacts = await repository.store.artifacts(run, signal);
        if (artifacts.length === 0) return [{ id: `${id}/none`, label: l10n.t('None'), tokens: ['none'] }];
        return artifacts.map((artifact) => artifactRow(run, artifact, id));
      },
    },
  };
}

function artifactRow(run: Run, artifact: Artifact, parent: string): Row {
  const { name, expired } = artifact;
  return {
    id: `${parent}/${artifact.id}`,
    label: name,
    description: expired ? l10n.t('expired') : size(artifact.size),
    icon: new ThemeIcon('file-zip'),
    tooltip: () => tooltip([name, size(artifact.size), l10n.t('Uploaded {0}', age(artifact.createdAt, Date.now()))]),
    tokens: ['artifact', ...(expired ? ['expired'] : ['downloadable'])],
    target: { kind: 'artifact', run, artifact },
  };
}
