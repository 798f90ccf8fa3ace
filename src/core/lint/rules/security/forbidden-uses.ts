import { rule } from '../../rule';
import { scalars } from '../../yaml/node';
import { workflowOf } from '../examples';
import { matchUses } from './pattern';

const files = { '.github/zizmor.yml': 'rules:\n  forbidden-uses:\n    config:\n      deny:\n        - acme/*\n' };

export const forbiddenUses = rule({
  code: 'forbidden-uses',
  category: 'security',
  title: 'An action that the repository does not allow',
  severity: 'error',
  description:
    'The repository lists in `zizmor.yml`, under `rules.forbidden-uses.config`, which actions may be used (`allow`) or may not (`deny`). Without such a list this rule is silent.',
  bad: [{ text: workflowOf('- uses: acme/deploy@v1'), files }],
  good: [
    { text: workflowOf('- uses: actions/cache@v5\n  with:\n    path: target\n    key: x'), files },
    workflowOf('- uses: acme/deploy@v1'),
  ],
  source: 'zizmor: forbidden-uses',
  files: ['workflow', 'action'],
  check: ({ steps, config, report }) => {
    const lists = config.zizmor.config('forbidden-uses');
    if (lists === undefined) return;
    const allow = scalars(lists.get('allow')).map(({ text }) => text);
    const deny = scalars(lists.get('deny')).map(({ text }) => text);
    for (const { uses } of steps) {
      if (uses?.kind !== 'action') continue;
      const listed = (patterns: readonly string[]): boolean =>
        patterns.some((pattern) => matchUses(pattern, uses) !== undefined);
      if (listed(deny) || (lists.get('allow') !== undefined && !listed(allow)))
        report(uses.node, `The repository does not allow ${uses.owner}/${uses.repo}.`);
    }
  },
});
