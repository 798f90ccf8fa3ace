import { rule } from '../../rule';
import { isGateJob, runsAlways } from './gates';
import { gateWorkflow } from './examples';

export const gateJobSkipped = rule({
  code: 'gate-job-skipped',
  category: 'pipeline',
  title: 'A gate job that is skipped when it should fail',
  severity: 'warning',
  description:
    'Without `if: always()` a job is skipped when one that it needs fails, and a skipped job counts as passed where a branch rule requires it. So the gate lets through exactly what it should stop.',
  bad: [gateWorkflow('needs: [fmt, test]')],
  good: [gateWorkflow('needs: [fmt, test]\nif: always()')],
  links: [
    'https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/troubleshooting-required-status-checks',
  ],
  check: ({ jobs, edit, report }) => {
    for (const job of jobs)
      if (isGateJob(job) && !runsAlways(job)) {
        const condition = job.node.entry('if');
        report(job.key, `"${job.id}" is skipped when a job it needs fails, and skipped counts as passed.`, {
          fixes:
            condition === undefined
              ? [edit.fix('Add if: always()', edit.addEntry(job.node, 'if', 'always()', { after: 'needs' }))]
              : [],
        });
      }
  },
});
