import { rule } from '../../rule';
import type { ScalarNode } from '../../yaml/node';
import { workflowOf } from '../examples';
import { actionName } from './all-uses';

const wellKnown = new Set(['bash', 'sh', 'pwsh', 'powershell', 'python', 'cmd']);

export const misfeature = rule({
  code: 'misfeature',
  category: 'security',
  title: 'A feature of Actions that is better left alone',
  severity: 'hint',
  description:
    '`pip-install` of setup-python installs packages into the runner without a lock file; `shell: cmd` has quoting rules that no checker, and hardly a person, reads right. Install in a step of your own; use `pwsh` or `bash`.',
  bad: [
    workflowOf('- run: cargo test\n  shell: cmd'),
    workflowOf('- uses: actions/setup-python@v6\n  with:\n    pip-install: maturin'),
  ],
  good: [workflowOf('- run: cargo test\n  shell: pwsh')],
  source: 'zizmor: misfeature',
  files: ['workflow', 'action'],
  check: ({ workflow, steps, edit, report }) => {
    for (const step of steps) {
      const pip =
        step.uses !== undefined && actionName(step.uses) === 'actions/setup-python'
          ? step.with?.entry('pip-install')
          : undefined;
      if (pip !== undefined && step.with !== undefined) {
        const withEntry = step.node.entry('with');
        const alone = step.with.entries.length === 1 && withEntry !== undefined;
        report({ start: pip.start, end: pip.end }, 'pip-install installs into the runner, without a lock file.', {
          fixes: [
            edit.unsafeFix(
              'Remove pip-install',
              alone ? edit.removeEntry(step.node, withEntry) : edit.removeEntry(step.with, pip),
            ),
          ],
        });
      }
      if (step.run === undefined) continue;
      const shell = step.shell ?? step.job?.defaults.shell ?? workflow?.defaults.shell;
      if (shell === undefined || /^\$\{\{[^}]*\}\}$/.test(shell.text.trim())) continue;
      const program = programOf(shell);
      if (program === 'cmd')
        report(shell, 'cmd has quoting rules that cannot be checked: use pwsh or bash.', {
          fixes: [edit.unsafeFix('Use pwsh', edit.setScalar(shell, 'pwsh'))],
        });
      else if (!wellKnown.has(program))
        report(shell, `"${shell.text}" is no shell that GitHub knows.`, { severity: 'off' });
    }
  },
});

function programOf(shell: ScalarNode): string {
  return /^\S*/.exec(shell.text.trim())?.[0].replace(/^.*\//, '') ?? '';
}
