import { walk } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

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
