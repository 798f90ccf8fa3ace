import { scalars } from '../../yaml/node';
import { ContentMap } from '../../yaml/content-map';
import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { globProblems } from './glob';

const filters = new Map<string, 'ref' | 'path'>([
  ['branches', 'ref'],
  ['branches-ignore', 'ref'],
  ['tags', 'ref'],
  ['tags-ignore', 'ref'],
  ['paths', 'path'],
  ['paths-ignore', 'path'],
]);

export const invalidGlob = rule({
  code: 'invalid-glob',
  category: 'correctness',
  title: 'A filter pattern that can never match',
  severity: 'error',
  description:
    'Patterns of `branches`, `tags` and `paths` know `*`, `**`, `?` and `+` (which repeat the character before them), `[ ]` and a leading `!`. What is no valid ref or path matches nothing, and the workflow silently never runs.',
  bad: [
    workflowOf('- run: cargo test', { on: "\n  push:\n    branches: ['^release/v1']" }),
    workflowOf('- run: cargo test', { on: '\n  push:\n    paths: [./src/**]' }),
  ],
  good: [
    workflowOf('- run: cargo test', {
      on: "\n  push:\n    branches: ['release/v[0-9]+']\n    paths: ['src/**', '!**.md']",
    }),
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet'],
  source: 'actionlint: glob',
  check: ({ workflow, text, edit, report }) => {
    for (const { config } of workflow?.triggers ?? []) {
      if (config?.kind !== 'map') continue;
      for (const { key, value } of config.entries) {
        const kind = filters.get(key.text);
        if (kind === undefined) continue;
        for (const pattern of scalars(value)) {
          const [problem] = globProblems(pattern.text, kind);
          if (problem === undefined) continue;
          const start = new ContentMap(text, pattern).toFile(problem.at);
          const plain = pattern.text.replace(/^(!?)\.\//, '$1');
          report({ start: Math.max(start, pattern.start), end: Math.max(pattern.end, start + 1) }, problem.message, {
            fixes:
              plain === pattern.text || kind === 'ref' ? [] : [edit.fix('Remove "./"', edit.setScalar(pattern, plain))],
          });
        }
      }
    }
  },
});
