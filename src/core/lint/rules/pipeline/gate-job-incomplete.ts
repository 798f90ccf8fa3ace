import { rule } from '../../rule';
import type { Job } from '../../model/workflow';
import { isGateJob } from './gates';
import { gateWorkflow } from './examples';

export const gateJobIncomplete = rule({
  code: 'gate-job-incomplete',
  category: 'pipeline',
  title: 'A gate job that does not look at every gate',
  severity: 'warning',
  description:
    'A job whose id ends in `-gate` stands for all checks of its workflow, but it does not need all of their jobs: those can fail without stopping anything.',
  bad: [gateWorkflow('needs: [fmt]\nif: always()')],
  good: [gateWorkflow('needs: [fmt, test]\nif: always()')],
  check: ({ jobs, workflow: file, edit, report }) => {
    for (const gate of jobs) {
      if (!isGateJob(gate) || !/gate$|all|required/i.test(gate.id)) continue;
      // A job further up counts too: where it fails, a direct one is skipped, which the gate sees.
      const known = new Set<Job>();
      const collect = (job: Job): void => {
        for (const need of job.needs) {
          const needed = file?.jobsById.get(need.text.toLowerCase());
          if (needed === undefined || known.has(needed)) continue;
          known.add(needed);
          collect(needed);
        }
      };
      collect(gate);
      const missing = jobs.filter(
        (job) =>
          job !== gate &&
          !known.has(job) &&
          !isGateJob(job) &&
          !job.needs.some((need) => need.text === gate.id) &&
          !/notify|deploy|publish|release|report|upload|comment|label/i.test(`${job.id} ${job.name?.text ?? ''}`) &&
          !/refs\/tags\/|ref_type\s*==\s*'tag'/.test(job.if?.text ?? ''),
      );
      if (missing.length === 0) continue;
      const list = gate.node.seq('needs');
      report(
        gate.node.entry('needs')?.key ?? gate.key,
        `"${gate.id}" does not look at ${missing.map((job) => `"${job.id}"`).join(', ')}.`,
        {
          related: missing.map((job) => ({
            start: job.key.start,
            end: job.key.end,
            message: 'Not needed by the gate',
          })),
          fixes:
            list === undefined || missing.length > 1
              ? []
              : [edit.fix(`Need ${missing[0]?.id ?? ''} too`, edit.addItem(list, missing[0]?.id ?? ''))],
        },
      );
    }
  },
});
