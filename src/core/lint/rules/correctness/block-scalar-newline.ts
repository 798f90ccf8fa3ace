import { rule } from '../../rule';
import { workflowOf } from '../examples';

const sections = new Set(['env', 'with', 'outputs', 'concurrency', 'matrix']);

export const blockScalarNewline = rule({
  code: 'block-scalar-newline',
  category: 'correctness',
  title: 'An expression with a line break at its end',
  severity: 'off',
  description:
    'A block scalar (`|` or `>`) ends in a line break, which becomes part of the value. With `|-` or `>-` it does not. It matters where the value is compared or used as a name.',
  bad: [workflowOf('- run: cargo test\n  env:\n    REF: |\n      ${{ github.ref }}')],
  good: [workflowOf('- run: cargo test\n  env:\n    REF: |-\n      ${{ github.ref }}')],
  source: 'GitHub: block-scalar-chomping',
  files: ['workflow', 'action'],
  check: ({ expressions, edit, report }) => {
    for (const { scalar, place, whole } of expressions)
      if (
        whole &&
        (scalar.style === 'literal' || scalar.style === 'folded') &&
        scalar.text.endsWith('\n') &&
        sections.has(place.section)
      )
        report({ start: scalar.start, end: scalar.start + 1 }, 'The value ends in a line break.', {
          fixes: [edit.fix('Leave the line break out', edit.insert(scalar.start + 1, '-'))],
        });
  },
});
