import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const concurrencyQueue = rule({
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
