import { rule } from '../../rule';
import { rustJob } from './examples';

export const missingTimeout = rule({
  code: 'missing-timeout',
  category: 'rust',
  title: 'A job without a time limit',
  severity: 'hint',
  description:
    'A job that hangs runs for six hours before GitHub ends it: a deadlock in a test costs 360 minutes of every runner of the matrix. Give every job `timeout-minutes`.',
  bad: [rustJob('- run: cargo test').replace('    timeout-minutes: 30\n', '')],
  good: [rustJob('- run: cargo test')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes'],
  check: ({ jobs, edit, report }) => {
    for (const job of jobs) {
      if (
        job.node.entry('timeout-minutes') !== undefined ||
        job.uses !== undefined ||
        job.node.entry('uses') !== undefined ||
        job.node.entry('runs-on') === undefined
      )
        continue;
      if (job.steps.length > 0 && job.steps.every((step) => step.timeout !== undefined)) continue;
      report(job.key, `"${job.id}" can run for six hours before GitHub ends it.`, {
        fixes: [
          edit.fix('Add timeout-minutes: 30', edit.addEntry(job.node, 'timeout-minutes', '30', { after: 'runs-on' })),
        ],
      });
    }
  },
});
