import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Job } from '../../model/workflow';
import { scalars } from '../../yaml/node';
import type { Node } from '../../yaml/node';
import { workflowOf } from '../examples';
import { matrixValues } from './matrix-values';

export const selfHostedRunner = rule({
  code: 'self-hosted-runner',
  category: 'security',
  title: 'A runner of your own',
  severity: 'off',
  description:
    'In a public repository anybody can open a pull request whose code then runs on this machine, which keeps what it leaves behind. Use runners of your own for private repositories, or ephemeral ones with approval for outside contributors.',
  bad: [
    workflowOf('- run: cargo test').replace('ubuntu-latest', '[self-hosted, linux]'),
    workflowOf('- run: cargo test', { job: 'strategy:\n  matrix:\n    os: [ubuntu-latest, self-hosted]' }).replace(
      'runs-on: ubuntu-latest',
      'runs-on: ${{ matrix.os }}',
    ),
  ],
  good: [workflowOf('- run: cargo test')],
  source: 'zizmor: self-hosted-runner (auditor)',
  check: (context) => {
    for (const job of context.jobs) {
      const entry = job.node.entry('runs-on');
      if (entry === undefined) continue;
      const reason = reasonOf(job, entry.value, context);
      if (reason !== undefined) context.report({ start: entry.start, end: entry.end }, reason);
    }
  },
});

function reasonOf(job: Job, runsOn: Node, context: RuleContext): string | undefined {
  if (runsOn.kind === 'map') return 'Runner groups are runners of your own.';
  if (scalars(runsOn)[0]?.text === 'self-hosted') return 'This job runs on a runner of your own.';
  if (runsOn.kind === 'seq')
    return scalars(runsOn).some(({ text }) => text.includes('${{'))
      ? 'These labels can choose a runner of your own.'
      : undefined;
  const [expression, ...others] = context.expressions.filter(({ scalar }) => scalar === runsOn);
  if (expression?.parsed.ast === undefined || others.length > 0 || !expression.whole) return undefined;
  const values = matrixValues(job, expression.parsed.ast);
  return values?.some((value) => scalars(value).some(({ text }) => text === 'self-hosted')) === true
    ? 'The matrix can choose a runner of your own.'
    : undefined;
}
