import { rule } from '../../rule';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';

export const selfRepository = rule({
  code: 'self-repository',
  category: 'security',
  title: 'A local action is taken from the working directory',
  severity: 'hint',
  description:
    '`./path` means whatever lies in the working directory at that moment: after a checkout of something else, or a step that writes files, that is not what you reviewed. `$/path` always means this repository at the commit that runs, and needs no checkout.',
  bad: [workflowOf('- uses: ./.github/actions/setup')],
  good: [workflowOf('- uses: $/.github/actions/setup')],
  source: 'zizmor: self-repository',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses } of allUses(context)) {
      if (uses.kind !== 'local') continue;
      const path = uses.text.replace(/^\.(?:[/\\]\.(?=[/\\]|$))*[/\\]?/, '').replaceAll('\\', '/');
      context.report(
        uses.node,
        `"$/${path}" is this repository at the commit that runs; "./" is what lies in the working directory.`,
        {
          // Runners older than 2026-06 and GitHub Enterprise Server do not know it.
          fixes: path.includes('..')
            ? []
            : [context.edit.unsafeFix(`Replace with "$/${path}"`, context.edit.setScalar(uses.node, `$/${path}`))],
        },
      );
    }
  },
});
