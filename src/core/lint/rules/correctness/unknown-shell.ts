import type { Job } from '../../model/workflow';
import { closest } from '../../suggest';
import { rule } from '../../rule';
import type { ScalarNode } from '../../yaml/node';
import { workflowOf } from '../examples';
import { systemOf } from './labels';
import { runnerLabels } from './runner-labels';

const everywhere = ['bash', 'pwsh', 'python'];
const known = [...everywhere, 'sh', 'cmd', 'powershell'];

export const unknownShell = rule({
  code: 'unknown-shell',
  category: 'correctness',
  title: 'A shell that the runner does not have',
  severity: 'error',
  description:
    '`shell` is `bash`, `pwsh` or `python`, `sh` where it is not Windows, `cmd` or `powershell` on Windows, or a command line with `{0}` for the script’s file.',
  bad: [workflowOf('- run: cargo test\n  shell: bsh'), workflowOf('- run: cargo test\n  shell: cmd')],
  good: [workflowOf('- run: cargo test\n  shell: bash'), workflowOf('- run: cargo test\n  shell: zsh {0}')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell'],
  source: 'actionlint: shell-name',
  files: ['workflow', 'action'],
  check: ({ workflow, jobs, steps, edit, report }) => {
    const check = (shell: ScalarNode | undefined, systems: ReadonlySet<string>): void => {
      if (shell === undefined || shell.isNull || shell.text.includes('${{') || shell.text.includes('{0}')) return;
      const name = shell.text.toLowerCase();
      if (!known.includes(name)) {
        const meant = closest(name, known);
        report(
          shell,
          `GitHub knows no shell "${shell.text}"${meant === undefined ? '' : `; is "${meant}" meant`}. Other programs need "{0}" for the script.`,
          {
            fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.setScalar(shell, meant))],
          },
        );
        return;
      }
      const windows = systems.has('windows');
      const others = systems.size > (windows ? 1 : 0);
      if ((name === 'cmd' || name === 'powershell') && others && !windows)
        report(shell, `"${shell.text}" exists on Windows only.`, {
          fixes: name === 'powershell' ? [edit.fix('Change to pwsh', edit.setScalar(shell, 'pwsh'))] : [],
        });
      if (name === 'sh' && windows && !others)
        report(shell, '"sh" does not exist on Windows.', {
          fixes: [edit.fix('Change to bash', edit.setScalar(shell, 'bash'))],
        });
    };
    const nowhere = new Set<string>();
    check(workflow?.defaults.shell, nowhere);
    for (const job of jobs) check(job.defaults.shell, systemsOf(job));
    for (const step of steps) check(step.shell, step.job === undefined ? nowhere : systemsOf(step.job));
  },
});

const cache = new WeakMap<Job, ReadonlySet<string>>();

/** The operating systems a job surely runs on; empty where a label does not say. */
function systemsOf(job: Job): ReadonlySet<string> {
  let systems = cache.get(job);
  if (systems === undefined) {
    const found = runnerLabels(job).flatMap(({ text }) => systemOf(text) ?? []);
    cache.set(job, (systems = new Set(found)));
  }
  return systems;
}
