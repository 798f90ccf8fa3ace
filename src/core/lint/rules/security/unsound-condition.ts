import { rule } from '../../rule';
import type { Fix } from '../../finding';
import type { RuleContext } from '../../rule';
import type { Entry, ScalarNode } from '../../yaml/node';
import type { Expression } from '../../analysis';
import { parseExpression } from '../../expression/parse';
import { workflowOf } from '../examples';

export const unsoundCondition = rule({
  code: 'unsound-condition',
  category: 'security',
  title: 'A condition that is always true',
  severity: 'error',
  description:
    'With text around `${{ }}`, and be it the line break at the end of a `|` block, the condition is not the expression but a text, and a text that is not empty is true. Write the condition without `${{ }}`, or the block with `|-`.',
  bad: [
    workflowOf("- run: cargo publish\n  if: |\n    ${{ github.ref == 'refs/heads/main' }}"),
    workflowOf("- run: cargo publish\n  if: ${{ github.ref == 'refs/heads/main' }} && ${{ success() }}"),
  ],
  good: [
    workflowOf("- run: cargo publish\n  if: |-\n    ${{ github.ref == 'refs/heads/main' }}"),
    workflowOf("- run: cargo publish\n  if: |\n    github.ref == 'refs/heads/main'"),
  ],
  source: 'zizmor: unsound-condition, actionlint: if-cond, GitHub: expression-literal-text-in-condition',
  files: ['workflow', 'action'],
  check: (context) => {
    const byCondition = new Map<ScalarNode, Expression[]>();
    for (const expression of context.expressions) {
      if (expression.place.key !== 'if' || expression.bare) continue;
      const others = byCondition.get(expression.scalar);
      if (others === undefined) byCondition.set(expression.scalar, [expression]);
      else others.push(expression);
    }
    for (const { node } of [...context.jobs, ...context.steps]) {
      const entry = node.entry('if');
      if (entry?.value.kind !== 'scalar') continue;
      const condition = entry.value.text;
      const [first] = byCondition.get(entry.value) ?? [];
      if (first === undefined || condition === `\${{${first.source}}}`) continue;
      const fix = fixOf(context, entry, entry.value);
      context.report(
        { start: entry.start, end: entry.end },
        'This is a text, not an expression, and always true: something stands around "${{ }}".',
        {
          fixes: fix === undefined ? [] : [fix],
        },
      );
    }
  },
});

function fixOf({ edit, text, expressions }: RuleContext, entry: Entry, condition: ScalarNode): Fix | undefined {
  const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.test(condition.text);
  const block = condition.style === 'literal' || condition.style === 'folded';
  if (whole && block && condition.text.startsWith('${{')) {
    const header = /^[|>]([1-9]?)[+]?/.exec(text.slice(condition.start, condition.start + 4));
    if (header !== null)
      return edit.fix('Strip the line break at the end', {
        start: condition.start,
        end: condition.start + header[0].length,
        text: `${text.charAt(condition.start)}${header[1] ?? ''}-`,
      });
  }
  if (whole && !condition.text.trim().includes('\n'))
    return edit.fix('Take the blanks away', edit.setValue(entry, condition.text.trim()));
  // Text such as "&&" between the expressions: as one expression it means what was meant.
  const bare = condition.text.replace(/\$\{\{((?:(?!\}\}).)*)\}\}/gs, (_, inner: string) => inner.trim()).trim();
  const own = expressions.filter(({ scalar }) => scalar === condition);
  const isExpression = parseExpression(bare).ast !== undefined;
  if (
    bare.includes('\n') ||
    !isExpression ||
    own.some(({ parsed }) => parsed.ast === undefined || parsed.ast.kind === 'logical')
  )
    return undefined;
  return edit.unsafeFix('Make it one expression', edit.setValue(entry, `\${{ ${bare} }}`));
}
