import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { readCron, shortestInterval } from './cron';
import { schedules } from './schedules';

const on = (cron: string): string => workflowOf('- run: cargo audit', { on: `\n  schedule:\n    - cron: '${cron}'` });

export const frequentCron = rule({
  code: 'frequent-cron',
  category: 'correctness',
  title: 'A schedule that is more frequent than GitHub allows',
  severity: 'warning',
  description: 'GitHub starts scheduled workflows every five minutes at most. A shorter interval is not kept.',
  bad: [on('*/2 * * * *')],
  good: [on('*/5 * * * *')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule'],
  source: 'actionlint: events, GitHub: on-schedule',
  check: ({ workflow, report }) => {
    for (const { cron } of schedules(workflow)) {
      if (cron === undefined) continue;
      const read = readCron(cron.text);
      if (read.problem === undefined && shortestInterval(read) < 5)
        report(
          cron,
          `Every ${shortestInterval(read)} minutes is more often than GitHub starts anything: five is the least.`,
        );
    }
  },
});
