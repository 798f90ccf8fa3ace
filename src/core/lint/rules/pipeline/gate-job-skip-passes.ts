import { rule } from '../../rule';
import { isGateJob, runsAlways } from './gates';
import { gateWorkflow } from './examples';

export const gateJobSkipPasses = rule({
  code: 'gate-job-skip-passes',
  category: 'pipeline',
  title: 'A gate job for which a skipped check is as good as a passed one',
  severity: 'info',
  description:
    'The gate looks for `failure` only. A check that was cancelled or skipped passes as well, although it checked nothing. Compare every result with `success`, and name what may be skipped.',
  bad: [
    gateWorkflow(
      "needs: [fmt, test]\nif: always()\nenv:\n  FAILED: ${{ contains(needs.*.result, 'failure') }}",
    ).replace(
      / {4}steps:\n {6}- run: jq[^]*$/,
      "    steps:\n      - run: exit 1\n        if: contains(needs.*.result, 'failure')\n",
    ),
  ],
  good: [gateWorkflow('needs: [fmt, test]\nif: always()')],
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
