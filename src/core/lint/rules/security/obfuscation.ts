import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Expression } from '../../analysis';
import { children } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import { quoteLike } from '../../fix/editor';
import { allUses } from './all-uses';
import { evaluate } from './evaluate';
import { workflowOf } from '../examples';

export const obfuscation = rule({
  code: 'obfuscation',
  category: 'security',
  title: 'Written so that it is hard to see what it does',
  severity: 'info',
  description:
    'Paths such as `actions/checkout/.@v7` and expressions that compute a constant hide what runs from people and from tools that look for it. Write what is meant.',
  bad: [
    workflowOf('- uses: actions/cache//save@v5\n  with:\n    path: target\n    key: x'),
    workflowOf("- run: cargo ${{ format('{0}', 'test') }}"),
  ],
  good: [
    workflowOf('- uses: actions/cache/save@v5\n  with:\n    path: target\n    key: x'),
    workflowOf('- run: cargo test'),
  ],
  source: 'zizmor: obfuscation',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses, step } of allUses(context))
      if (uses.kind === 'action' && step !== undefined)
        checkPath(context, uses.node, uses.text, step.node.entry('uses'));
    for (const { node } of context.steps) {
      const inputs = node.entry('with');
      if (inputs?.value.kind === 'scalar' && inputs.value.text.includes('${{'))
        context.report(
          { start: inputs.start, end: inputs.end },
          'Nobody can tell which inputs this step gets: list them.',
        );
    }
    for (const expression of context.expressions) if (!expression.bare) checkExpression(context, expression);
  },
});

function checkPath(
  { edit, report }: RuleContext,
  node: Parameters<typeof edit.setScalar>[0],
  uses: string,
  entry: { start: number; end: number } | undefined,
): void {
  const at = uses.lastIndexOf('@');
  const [path, ref] = [uses.slice(0, at), uses.slice(at)];
  const parts = path.split('/').slice(2);
  if (!parts.some((part) => part === '' || part === '.' || part === '..')) return;
  const clean: string[] = [];
  for (const part of parts) {
    if (part === '..') clean.pop();
    else if (part !== '' && part !== '.') clean.push(part);
  }
  const plain = `${[...path.split('/').slice(0, 2), ...clean].join('/')}${ref}`;
  report(entry ?? node, `This is a roundabout way to write "${plain}".`, {
    fixes: [edit.fix(`Replace with "${plain}"`, edit.setScalar(node, plain))],
  });
}

function checkExpression(context: RuleContext, expression: Expression): void {
  const { ast } = expression.parsed;
  if (ast === undefined) return;
  const { edit, report, text } = context;
  const whole = evaluate(ast);
  if (whole !== undefined) {
    const value = whole.value === null ? '' : String(whole.value);
    // A condition without braces is an expression again, which the value is not.
    const reads = expression.place.key === 'if' || value === '' || value.includes('${{');
    const replacement = expression.whole ? quoteLike(expression.scalar, value) : value;
    const target = expression.whole ? expression.scalar : expression;
    const plain =
      !value.includes('\n') &&
      (expression.scalar.style === 'plain' ||
        expression.scalar.style === 'literal' ||
        expression.scalar.style === 'folded' ||
        expression.whole);
    const fits =
      text.slice(expression.start, expression.start + 3) === '${{' &&
      (expression.scalar.style !== 'plain' || !/: |\s#|^\s|\s$/.test(value));
    report(expression.range(ast), `This is always "${value}": write that.`, {
      fixes: plain && fits && !reads ? [edit.fix(`Replace with ${value}`, edit.replace(target, replacement))] : [],
    });
    return;
  }
  reduce(context, expression, ast);
}

/** The largest parts that are constant though no literals, and indexes that are computed. */
function reduce(context: RuleContext, expression: Expression, node: Expr): void {
  for (const child of children(node)) {
    if (node.kind === 'index' && child === node.index && node.object.kind !== 'call') {
      if (child.kind === 'literal') continue;
      context.report(expression.range(child), 'A computed index hides what is read.', { severity: 'off' });
      continue;
    }
    if (child.kind !== 'literal' && evaluate(child) !== undefined) {
      context.report(expression.range(child), 'This part is a constant: write its value.');
      continue;
    }
    reduce(context, expression, child);
  }
}
