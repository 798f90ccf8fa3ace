import { rule } from '../../rule';
import { rustJob } from '../rust/examples';

export const noisyBenchmarkGate = rule({
  code: 'noisy-benchmark-gate',
  category: 'pipeline',
  title: 'A benchmark that fails on one noisy run',
  severity: 'info',
  description:
    'On shared runners the same code differs by tens of per cent between runs, so a comparison of two single runs fails without a cause. Compare with the history of many runs, or count instructions.',
  bad: [
    rustJob(
      "- uses: benchmark-action/github-action-benchmark@v1\n  with:\n    output-file-path: output.txt\n    fail-on-alert: true\n    alert-threshold: '110%'",
    ),
  ],
  good: [
    rustJob(
      "- uses: benchmark-action/github-action-benchmark@v1\n  with:\n    output-file-path: output.txt\n    fail-on-alert: true\n    alert-threshold: '200%'",
    ),
  ],
  check: ({ steps, report }) => {
    for (const step of steps) {
      if (step.uses?.slug !== 'benchmark-action/github-action-benchmark' || step.with === undefined) continue;
      const threshold = step.with.scalar('fail-threshold') ?? step.with.scalar('alert-threshold');
      const percent = Number.parseFloat(threshold?.text ?? '200');
      if (step.with.scalar('fail-on-alert')?.text === 'true' && percent < 150)
        report(
          threshold ?? step.uses.node,
          `One run that is ${percent - 100} % slower fails the job; the noise of shared runners alone can be more.`,
        );
    }
  },
});
