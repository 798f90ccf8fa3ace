import { walk } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import { rule } from '../../rule';
import { workflowOf } from '../security/examples';

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
          scalar.style === 'plain'
            ? [edit.fix('Make one expression of it', edit.setScalar(scalar, `\${{ ${inner} }}`))]
            : [],
      });
    }
  },
});

/** Functions whose result follows from their arguments alone. */
const pure = new Set(['contains', 'startswith', 'endswith', 'format', 'join', 'tojson', 'fromjson']);

export const constantCondition = rule({
  code: 'constant-condition',
  category: 'correctness',
  title: 'A condition that is always the same',
  severity: 'warning',
  description:
    'Nothing in the condition depends on the run. A step that should never run is better deleted; one that should always run needs no condition, or `always()` if it is to run after failures too.',
  bad: [workflowOf('- run: cargo test\n  if: true'), workflowOf("- run: cargo test\n  if: ${{ 'a' == 'b' }}")],
  good: [
    workflowOf('- run: cargo test\n  if: always()'),
    workflowOf("- run: cargo test\n  if: github.ref == 'refs/heads/main'"),
  ],
  source: 'actionlint: if-cond',
  files: ['workflow', 'action'],
  check: ({ expressions, report }) => {
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (expression.place.key !== 'if' || !expression.whole || ast === undefined || !isConstant(ast)) continue;
      report(expression.scalar, `This is always the same: nothing in it depends on the run.`);
    }
  },
});

function isConstant(expression: Expr): boolean {
  for (const node of walk(expression)) {
    if (node.kind === 'context') return false;
    if (node.kind === 'call' && !pure.has(node.name.toLowerCase())) return false;
  }
  return true;
}
