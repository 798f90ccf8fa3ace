import type { Entry, ScalarNode } from '../../yaml/node';
import { rule } from '../../rule';
import { workflowOf } from '../security/examples';

export const concurrencyDeadlock = rule({
  code: 'concurrency-deadlock',
  category: 'correctness',
  title: 'A job that waits for its own workflow',
  severity: 'error',
  description:
    'A workflow and one of its jobs have the same concurrency group. The job waits for the group, which the workflow holds until the job is done.',
  bad: [workflowOf('- run: cargo publish', { top: 'concurrency: release', job: 'concurrency: release' })],
  good: [workflowOf('- run: cargo publish', { top: 'concurrency: release', job: 'concurrency: release-job' })],
  source: 'GitHub',
  check: ({ workflow, jobs, report }) => {
    const outer = groupOf(workflow?.concurrency);
    if (outer === undefined || outer.text === '') return;
    for (const job of jobs) {
      const inner = groupOf(job.concurrency);
      if (inner?.text === outer.text)
        report(inner, `The workflow holds the group "${inner.text}" while this job waits for it.`, {
          related: [{ start: outer.start, end: outer.end, message: 'The group of the workflow' }],
        });
    }
  },
});

export const queueCancels = rule({
  code: 'concurrency-queue',
  category: 'correctness',
  title: 'A queue that is cancelled',
  severity: 'error',
  description: '`queue: max` keeps runs waiting, `cancel-in-progress: true` ends them. GitHub does not accept both.',
  bad: [
    workflowOf('- run: cargo publish', {
      top: 'concurrency:\n  group: release\n  queue: max\n  cancel-in-progress: true',
    }),
  ],
  good: [workflowOf('- run: cargo publish', { top: 'concurrency:\n  group: release\n  queue: max' })],
  source: 'GitHub',
  check: ({ workflow, jobs, report }) => {
    for (const { concurrency } of [...(workflow === undefined ? [] : [workflow]), ...jobs]) {
      const node = concurrency?.value;
      if (node?.kind !== 'map') continue;
      const cancel = node.scalar('cancel-in-progress');
      if (node.scalar('queue')?.text === 'max' && cancel?.value === true)
        report(cancel, 'Runs cannot wait in a queue and be cancelled at once.');
    }
  },
});

function groupOf(concurrency: Entry | undefined): ScalarNode | undefined {
  const value = concurrency?.value;
  if (value?.kind === 'scalar') return value;
  return value?.kind === 'map' ? value.scalar('group') : undefined;
}
