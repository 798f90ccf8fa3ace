import { accessPath, walk } from '../../expression/ast';
import type { PropertyExpr } from '../../expression/ast';
import type { Step } from '../../model/workflow';
import { rule } from '../../rule';
import { closest } from '../../suggest';

/** `name=value` and `name<<delimiter` behind a quote or a space, as scripts write outputs. */
const written = /(?:^|["'\s])([A-Za-z_][\w-]*)(?:=|<<)/gm;

/** Names that a script seems to write to `$GITHUB_OUTPUT`; undefined where it writes none. */
function outputsOf(step: Step): Set<string> | undefined {
  const script = step.run?.text;
  if (script?.includes('GITHUB_OUTPUT') !== true) return undefined;
  return new Set([...script.matchAll(written)].map(([, name = '']) => name));
}

export const misspelledOutput = rule({
  code: 'misspelled-output',
  category: 'expression',
  title: 'An output that the script writes under another name',
  severity: 'warning',
  description:
    'The script of the step writes an output to `$GITHUB_OUTPUT` whose name is nearly this one, and none of exactly this name. The value is empty then. What programs called by the script write is not known, so only near misses are reported.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: echo "version=$(cargo pkgid | cut -d'#' -f2)" >> "$GITHUB_OUTPUT"
      - run: echo \${{ steps.version.outputs.versoin }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: |
          echo "version=$(cargo pkgid | cut -d'#' -f2)" >> "$GITHUB_OUTPUT"
          ./more-outputs.sh
      - run: echo \${{ steps.version.outputs.version }} \${{ steps.version.outputs.changelog }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context'],
  files: ['workflow', 'action'],
  check: ({ expressions, steps, edit, report }) => {
    if (!steps.some((step) => step.id !== undefined && outputsOf(step) !== undefined)) return;
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (ast === undefined || !expression.source.includes('outputs')) continue;
      for (const node of walk(ast)) {
        const path = node.kind === 'property' ? accessPath(node) : undefined;
        if (path?.length !== 4 || path[0] !== 'steps' || path[2] !== 'outputs') continue;
        const own = expression.place.job?.steps ?? steps;
        const step = own.find(({ id }) => id?.text.toLowerCase() === path[1]);
        const { name, nameStart, nameEnd } = node as PropertyExpr;
        const names = step === undefined ? undefined : outputsOf(step);
        if (names === undefined || [...names].some((each) => each.toLowerCase() === name.toLowerCase())) continue;
        const suggestion = closest(name, names);
        if (suggestion === undefined) continue;
        const range = expression.range({ start: nameStart, end: nameEnd });
        const quoted = expression.source.charAt(nameStart) === "'";
        report(range, `The step "${path[1]}" writes no output "${name}". Did you mean "${suggestion}"?`, {
          fixes: [
            edit.fix(`Replace with "${suggestion}"`, edit.replace(range, quoted ? `'${suggestion}'` : suggestion)),
          ],
        });
      }
    }
  },
});
