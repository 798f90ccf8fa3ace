import type { Step, Workflow } from '../model/workflow';

export type ShellKind = 'posix' | 'powershell' | 'cmd' | 'other';

/** The shell that runs a step's script; where nothing says, that of the runner, and a POSIX shell for unknown ones. */
export function shellOf(step: Step, workflow: Workflow | undefined): ShellKind {
  const named = step.shell ?? step.job?.defaults.shell ?? workflow?.defaults.shell;
  if (named !== undefined && !named.text.includes('${{')) return kindOf(named.text);
  const runner = step.job?.runsOn;
  return runner?.kind === 'scalar' && /^windows/i.test(runner.text) ? 'powershell' : 'posix';
}

function kindOf(shell: string): ShellKind {
  const program = /^\S*/.exec(shell.trim())?.[0].replace(/^.*[/\\]/, '') ?? '';
  if (/^(?:ba|z|k|da)?sh$/.test(program)) return 'posix';
  if (program === 'pwsh' || program === 'powershell') return 'powershell';
  return program === 'cmd' ? 'cmd' : 'other';
}
