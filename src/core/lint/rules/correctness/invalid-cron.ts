import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { readCron } from './cron';
import { schedules } from './schedules';

const on = (cron: string): string => workflowOf('- run: cargo audit', { on: `\n  schedule:\n    - cron: '${cron}'` });

export const invalidCron = rule({
  code: 'invalid-cron',
  category: 'correctness',
  title: 'A schedule that is no schedule',
  severity: 'error',
  description:
    'A schedule has five fields: minute, hour, day of the month, month, day of the week. GitHub knows numbers, the names of months and days, `*`, `,`, `-` and `/`; Sunday is 0.',
  bad: [on('0 25 * * *'), on('@daily'), on('0 4 * * 7'), on('0 4 30 2 *')],
  good: [on('17 4 * * MON')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule'],
  source: 'actionlint: events, GitHub',
  check: ({ workflow, report }) => {
    for (const { cron } of schedules(workflow)) {
      if (cron === undefined) continue;
      const { problem } = readCron(cron.text);
      if (problem !== undefined) report(cron, problem);
    }
  },
});
