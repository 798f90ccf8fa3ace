import { rule } from '../../rule';
import { walk } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import { evaluate } from './evaluate';
import { workflowOf } from '../examples';

export const unsoundTernary = rule({
  code: 'unsound-ternary',
  category: 'security',
  title: 'A choice that always takes the second value',
  severity: 'warning',
  description:
    "`a && '' || 'b'` looks like a choice between two values, and is always `'b'`: the empty text (like `0`, `false` and `null`) counts as false. Turn the condition round, so that the empty value comes last, or use `case(a, '', 'b')`.",
  bad: [
    workflowOf(
      "- run: cargo test $FLAGS\n  env:\n    FLAGS: ${{ github.ref == 'refs/heads/main' && '' || '--quick' }}",
    ),
  ],
  good: [
    workflowOf(
      "- run: cargo test $FLAGS\n  env:\n    FLAGS: ${{ github.ref != 'refs/heads/main' && '--quick' || '' }}",
    ),
  ],
  source: 'zizmor: unsound-ternary',
  files: ['workflow', 'action'],
  check: ({ expressions, edit, text, report }) => {
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (ast === undefined || expression.bare || !expression.source.includes('||')) continue;
      for (const node of walk(ast)) {
        if (node.kind !== 'logical' || node.operator !== '||') continue;
        node.args.slice(0, -1).forEach((left, index) => {
          const value = left.kind === 'logical' && left.operator === '&&' ? left.args.at(-1) : undefined;
          if (value === undefined || !isFalsy(value)) return;
          const [condition, other] = [left, node.args[index + 1]];
          const written = (part: Expr): string => expression.source.slice(part.start, part.end);
          const simple = condition.kind === 'logical' && condition.args.length === 2 && node.args.length === 2;
          const test = condition.kind === 'logical' ? condition.args[0] : undefined;
          const swapped =
            simple && test !== undefined && other !== undefined
              ? `${negated(test, written(test))} && ${written(other)} || ${written(value)}`
              : undefined;
          const range = expression.range(node);
          const safe = swapped !== undefined && text.slice(range.start, range.end) === written(node);
          report(
            expression.range(value),
            `${written(value)} counts as false, so that the value behind "||" is always taken.`,
            {
              fixes:
                safe && other !== undefined && !isFalsy(other)
                  ? [edit.unsafeFix('Turn the condition round', edit.replace(range, swapped))]
                  : [],
            },
          );
        });
      }
    }
  },
});

function isFalsy(node: Expr): boolean {
  const [json] = node.kind === 'call' && node.name.toLowerCase() === 'fromjson' ? node.args : [];
  if (json?.kind === 'literal') return /^\s*(?:null|false|""|-?0(?:\.0+)?)\s*$/.test(String(json.value));
  const value = evaluate(node);
  return value !== undefined && typeof value.value !== 'object' ? !value.value : value?.value === null;
}

function negated(test: Expr, written: string): string {
  if (test.kind === 'compare' && (test.operator === '==' || test.operator === '!='))
    return (
      written.slice(0, test.left.end - test.start) +
      written.slice(test.left.end - test.start).replace(/[!=]=/, test.operator === '==' ? '!=' : '==')
    );
  return test.kind === 'not'
    ? written.replace(/^!\s*/, '')
    : test.kind === 'logical' || test.kind === 'compare'
      ? `!(${written})`
      : `!${written}`;
}
