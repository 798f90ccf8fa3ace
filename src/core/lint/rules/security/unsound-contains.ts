import { rule } from '../../rule';
import { accessPath, walk } from '../../expression/ast';
import { workflowOf } from '../examples';

/** What somebody from outside can choose. */
const controllable = new Set(
  'github.actor github.base_ref github.head_ref github.ref github.ref_name github.sha github.triggering_actor'.split(
    ' ',
  ),
);

export const unsoundContains = rule({
  code: 'unsound-contains',
  category: 'security',
  title: 'A search in a text that should be a list',
  severity: 'warning',
  description:
    '`contains(\'refs/heads/main refs/heads/develop\', github.ref)` searches text: the branch `mai` is found as well. Compare with a list: `contains(fromJSON(\'["refs/heads/main", "refs/heads/develop"]\'), github.ref)`.',
  bad: [workflowOf("- run: cargo publish\n  if: contains('refs/heads/main refs/heads/develop', github.ref)")],
  good: [
    workflowOf(
      `- run: cargo publish\n  if: contains(fromJSON('["refs/heads/main", "refs/heads/develop"]'), github.ref)`,
    ),
  ],
  source: 'zizmor: unsound-contains',
  files: ['workflow', 'action'],
  check: ({ expressions, edit, report }) => {
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      const { place, scalar } = expression;
      if (ast === undefined || place.key !== 'if') continue;
      for (const node of walk(ast)) {
        if (node.kind !== 'call' || node.name.toLowerCase() !== 'contains') continue;
        const [list, value] = node.args;
        if (list?.kind !== 'literal' || typeof list.value !== 'string' || value === undefined) continue;
        const path = accessPath(value);
        if (path === undefined) continue;
        const grave = path[0] === 'env' || path[0] === 'inputs' || controllable.has(path.join('.'));
        const words = list.value.split(/[\s,]+/).filter((word) => word !== '');
        const fits = scalar.style === 'plain' || scalar.style === 'literal' || scalar.style === 'folded';
        const range = expression.range(node);
        report(
          { start: lineStart(place.step?.node ?? place.job?.node, range.start), end: range.end },
          `This finds parts of names too: "${words[0]?.slice(0, -1) ?? ''}" passes. Compare with a list.`,
          {
            severity: grave ? 'warning' : 'info',
            related: [{ ...range, message: 'The search' }],
            fixes:
              fits && words.length > 0 && words.every((word) => !word.includes("'"))
                ? [
                    edit.fix(
                      'Compare with a list',
                      edit.replace(
                        expression.range(list),
                        `fromJSON('${JSON.stringify(words).replaceAll('","', '", "')}')`,
                      ),
                    ),
                  ]
                : [],
          },
        );
      }
    }
  },
});

/** The key `if` of the step or job, on whose line the finding counts. */
function lineStart(
  owner: { entry(key: string): { key: { start: number } } | undefined } | undefined,
  fallback: number,
): number {
  return owner?.entry('if')?.key.start ?? fallback;
}
