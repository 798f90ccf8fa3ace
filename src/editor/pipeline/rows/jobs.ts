import { l10n } from 'vscode';
import type { Job, Progress, Run, Step } from '../../../core/actions/run.js';
import { progressIcon } from '../../status/icons.js';
import { pageLink, tooltip } from '../../status/tooltip.js';
import { jobText, moment, progressWord } from '../../status/words.js';
import type { Row } from '../../tree/row.js';

/** A job below `parent`, with its steps. */
export function jobRow(run: Run, job: Job, parent: string, now: number): Row {
  const id = `${parent}/job/${job.id}`;
  return {
    id,
    label: job.name,
    description: jobText(job, now),
    icon: progressIcon(job),
    accessible: l10n.t('Job {0}: {1}', job.name, progressWord(job)),
    tooltip: () =>
      tooltip(
        [l10n.t('Job {0}: {1}', job.name, jobText(job, now)), started(job)],
        [pageLink(l10n.t('Open on GitHub'), job.url)],
      ),
    tokens: ['job', 'page', stage(job), ...(failed(job) ? ['failed'] : [])],
    target: { kind: 'job', run, job },
    children: job.steps.length === 0 ? undefined : job.steps.map((step) => stepRow(run, job, step, id, now)),
  };
}

function stepRow(run: Run, job: Job, step: Step, parent: string, now: number): Row {
  return {
    id: `${parent}/step/${step.number}`,
    label: step.name,
    description: jobText(step, now),
    icon: progressIcon(step),
    accessible: l10n.t('Step {0}: {1}', step.name, progressWord(step)),
    tooltip: () => tooltip([l10n.t('Step {0}: {1}', step.name, jobText(step, now)), started(step)]),
    tokens: ['step', stage(step), ...(failed(step) ? ['failed'] : [])],
    target: { kind: 'step', run, job, step },
    command: {
      command: 'rustCi.openLog',
      title: l10n.t('Open Log'),
      arguments: [{ target: { kind: 'step', run, job, step } }],
    },
  };
}

const started = ({ startedAt }: Job | Step) =>
  startedAt === null ? undefined : l10n.t('Started {0}', moment(startedAt));

/** `completed` or `active`: what the menus' conditions ask. */
export const stage = ({ status }: Progress): string => (status === 'completed' ? 'completed' : 'active');

/** It did not do what it should. */
export const failed = ({ conclusion }: Progress): boolean =>
  conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'startup_failure';
