import { rule } from '../../rule';
import type { Job } from '../../model/workflow';
import { isGateJob } from './gates';

const workflow = (gate: string): string => `name: CI
on: push
permissions: {}
jobs:
  fmt:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: cargo fmt --check
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - run: cargo test
  test-gate:
${gate.replace(/^(?=.)/gm, '    ')}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: jq -e 'all(.[]; .result == "success")' <<<"$NEEDS"
        env:
          NEEDS: \${{ toJSON(needs) }}
`;

export const gateJobSkipped = rule({
  code: 'gate-job-skipped',
  category: 'pipeline',
  title: 'A gate job that is skipped when it should fail',
  severity: 'warning',
  description:
    'Without `if: always()` a job is skipped when one that it needs fails, and a skipped job counts as passed where a branch rule requires it. So the gate lets through exactly what it should stop.',
  bad: [workflow('needs: [fmt, test]')],
  good: [workflow('needs: [fmt, test]\nif: always()')],
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

export const gateJobIncomplete = rule({
  code: 'gate-job-incomplete',
  category: 'pipeline',
  title: 'A gate job that does not look at every gate',
  severity: 'warning',
  description:
    'A job whose id ends in `-gate` stands for all checks of its workflow, but it does not need all of their jobs: those can fail without stopping anything.',
  bad: [workflow('needs: [fmt]\nif: always()')],
  good: [workflow('needs: [fmt, test]\nif: always()')],
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
          !/notify|deploy|publish|release|report|upload|comment|label/i.test(job.id),
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

export const gateJobSkipPasses = rule({
  code: 'gate-job-skip-passes',
  category: 'pipeline',
  title: 'A gate job for which a skipped check is as good as a passed one',
  severity: 'info',
  description:
    'The gate looks for `failure` only. A check that was cancelled or skipped passes as well, although it checked nothing. Compare every result with `success`, and name what may be skipped.',
  bad: [
    workflow("needs: [fmt, test]\nif: always()\nenv:\n  FAILED: ${{ contains(needs.*.result, 'failure') }}").replace(
      / {4}steps:\n {6}- run: jq[^]*$/,
      "    steps:\n      - run: exit 1\n        if: contains(needs.*.result, 'failure')\n",
    ),
  ],
  good: [workflow('needs: [fmt, test]\nif: always()')],
  check: ({ jobs, expressions, report }) => {
    for (const job of jobs) {
      if (!isGateJob(job) || !runsAlways(job)) continue;
      const asked = expressions.filter(({ place, source }) => place.job === job && source.includes('needs.'));
      const all = asked.map(({ source }) => source).join(' ');
      if (!all.includes("'failure'") || /'(?:success|skipped|cancelled)'/.test(all)) continue;
      const [first] = asked;
      if (first !== undefined)
        report(first, 'A check that was cancelled or skipped passes here, although it checked nothing.');
    }
  },
});

function runsAlways(job: Job): boolean {
  return /\b(?:always|cancelled)\s*\(\s*\)/.test(job.if?.text ?? '');
}
