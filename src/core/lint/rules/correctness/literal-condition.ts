import { parseExpression } from '../../expression/parse';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const literalCondition = rule({
  code: 'literal-condition',
  category: 'correctness',
  title: 'A condition that is text, and so always true',
  severity: 'error',
  description:
    'Text around `${{ }}` makes the whole condition a string, and a string that is not empty is true. Put everything inside one `${{ }}`, or leave it out.',
  bad: [workflowOf("- run: cargo publish\n  if: ${{ github.ref == 'refs/heads/main' }} && success()")],
  good: [workflowOf("- run: cargo publish\n  if: github.ref == 'refs/heads/main' && success()")],
  source: 'actionlint: if-cond, GitHub: expression-literal-text-in-condition',
  files: ['workflow', 'action'],
  check: ({ expressions, edit, report }) => {
    const seen = new Set<unknown>();
    for (const { place, scalar, bare, whole } of expressions) {
      if (place.key !== 'if' || bare || whole || seen.has(scalar)) continue;
      const { text } = scalar;
      // A line break behind the expression counts as text too: a block scalar of "|" ends in one.
      if (
        /^\$\{\{[^]*\}\}\s*$/.test(text) &&
        !text.slice(3).includes('${{') &&
        text.trimStart() === text &&
        !text.endsWith('\n')
      )
        continue;
      seen.add(scalar);
      const inner = text
        .replace(/\$\{\{|\}\}/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      report(scalar, 'This is always true: the text around ${{ }} makes a string of it.', {
        fixes:
          scalar.style === 'plain' && parseExpression(inner).ast !== undefined
            ? [edit.fix('Make one expression of it', edit.setScalar(scalar, `\${{ ${inner} }}`))]
            : [],
      });
    }
  },
});
