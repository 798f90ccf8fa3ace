import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { describe } from './written';

const matrix = (values: string): string =>
  workflowOf('- run: cargo test', { job: `strategy:\n  matrix:\n    rust: ${values}` });

export const matrixDuplicateValue = rule({
  code: 'matrix-duplicate-value',
  category: 'correctness',
  title: 'A value that a matrix row has twice',
  severity: 'warning',
  description: 'The same value stands twice in a row of the matrix, so that the same job runs twice.',
  bad: [matrix('[stable, beta, stable]')],
  good: [matrix('[stable, beta]')],
  source: 'actionlint: matrix',
  check: ({ jobs, edit, report }) => {
    for (const job of jobs) {
      if (job.matrix?.kind !== 'map') continue;
      for (const { key, value } of job.matrix.entries) {
        if (value.kind !== 'seq' || key.text === 'include' || key.text === 'exclude') continue;
        const seen = new Set<string>();
        for (const item of value.items) {
          const text = describe(item);
          if (text === undefined) continue;
          if (seen.has(text))
            report(item, `The row "${key.text}" has this value already.`, {
              tags: ['unnecessary'],
              fixes: [edit.fix('Remove it', edit.removeItem(value, item))],
            });
          seen.add(text);
        }
      }
    }
  },
});
