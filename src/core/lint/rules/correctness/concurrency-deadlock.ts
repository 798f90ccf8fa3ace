import type { Entry, ScalarNode } from '../../yaml/node';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

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

function groupOf(concurrency: Entry | undefined): ScalarNode | undefined {
  const value = concurrency?.value;
  if (value?.kind === 'scalar') return value;
  return value?.kind === 'map' ? value.scalar('group') : undefined;
}
