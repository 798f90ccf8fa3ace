import { rule } from '../../rule';
import { workflowOf } from '../examples';

const pairs = ['paths', 'branches', 'tags'] as const;

export const conflictingFilters = rule({
  code: 'conflicting-filters',
  category: 'correctness',
  title: 'A filter and its opposite at the same event',
  severity: 'error',
  description:
    'An event may have `paths` or `paths-ignore`, `branches` or `branches-ignore`, `tags` or `tags-ignore`, but not both of a pair. To include some and exclude others use the first with patterns that begin with `!`.',
  bad: [workflowOf('- run: cargo test', { on: '\n  push:\n    branches: [main]\n    branches-ignore: [wip]' })],
  good: [workflowOf('- run: cargo test', { on: "\n  push:\n    branches: [main, '!wip']" })],
  links: [
    'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore',
  ],
  source: 'actionlint: events, GitHub',
  check: ({ workflow, report }) => {
    for (const { event, config } of workflow?.triggers ?? []) {
      if (config?.kind !== 'map') continue;
      for (const filter of pairs) {
        const wanted = config.entry(filter);
        const ignored = config.entry(`${filter}-ignore`);
        if (wanted === undefined || ignored === undefined) continue;
        const [first, second] = wanted.start < ignored.start ? [wanted, ignored] : [ignored, wanted];
        report(second.key, `"${event}" cannot have both ${filter} and ${filter}-ignore.`, {
          related: [{ start: first.key.start, end: first.key.end, message: 'Its opposite' }],
        });
      }
    }
  },
});
