import { rule } from '../../rule';
import { commandsOf } from '../../shell/commands';
import type { Command } from '../../shell/commands';
import { shellOf } from '../../shell/shell-of';
import type { ShellKind } from '../../shell/shell-of';
import type { ScalarNode } from '../../yaml/node';
import { ContentMap } from '../../yaml/content-map';
import { workflowOf } from '../examples';

export const githubEnv = rule({
  code: 'github-env',
  category: 'security',
  title: 'Values from outside are written to $GITHUB_ENV or $GITHUB_PATH',
  severity: 'warning',
  description:
    'Whoever controls a line of `$GITHUB_ENV` sets variables such as `LD_PRELOAD` for all later steps, and who controls one of `$GITHUB_PATH` replaces programs. In workflows that strangers can start with the rights of the repository (`pull_request_target`, `workflow_run`), and in actions that may be used there, pass values with `$GITHUB_OUTPUT` instead.',
  bad: [workflowOf('- run: echo "TITLE=$TITLE" >> "$GITHUB_ENV"', { on: 'pull_request_target' })],
  good: [
    workflowOf('- run: echo "TITLE=$TITLE" >> "$GITHUB_OUTPUT"', { on: 'pull_request_target' }),
    workflowOf('- run: echo "MODE=release" >> "$GITHUB_ENV"', { on: 'pull_request_target' }),
    workflowOf('- run: echo "TITLE=$TITLE" >> "$GITHUB_ENV"'),
  ],
  links: ['https://www.legitsecurity.com/blog/github-privilege-escalation-vulnerability'],
  source: 'zizmor: github-env',
  files: ['workflow', 'action'],
  check: ({ workflow, steps, text, report }) => {
    const dangerous = workflow?.triggers.some(
      ({ event }) => event === 'pull_request_target' || event === 'workflow_run',
    );
    if (dangerous === false) return;
    for (const step of steps) {
      const { run } = step;
      if (run === undefined || !/GITHUB_(?:ENV|PATH)/i.test(run.text)) continue;
      const entry = step.node.entry('run');
      for (const { file, start, end } of writes(run, shellOf(step, workflow))) {
        const map = new ContentMap(text, run);
        report(
          { start: entry?.key.start ?? run.start, end: map.toFile(end) },
          `What is written to ${file} may come from outside, and decides what later steps run.`,
          { related: [{ start: map.toFile(start), end: map.toFile(end), message: 'It is written here.' }] },
        );
      }
    }
  },
});

interface Write {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

function writes(run: ScalarNode, shell: ShellKind): Write[] {
  if (shell === 'posix') return commandsOf(run).flatMap(posix);
  if (shell === 'powershell') return matches(run.text, powershell);
  return shell === 'cmd' ? matches(run.text, cmd) : [];
}

const powershell =
  /^.*(?:>>?\s*"?\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b|\b(?:out-file|add-content|set-content|tee-object)\b.*\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b).*$/gim;
const cmd = /^.+>>?\s*"?%(GITHUB_ENV|GITHUB_PATH)%.*$/gim;

function matches(script: string, pattern: RegExp): Write[] {
  return [...script.matchAll(pattern)].map((match) => ({
    file: match[1] ?? match[2] ?? 'GITHUB_ENV',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function posix(command: Command): Write[] {
  const found: Write[] = [];
  const write = (file: string): void => {
    if (!found.some((other) => other.file === file)) found.push({ file, start: command.start, end: command.end });
  };
  for (const { operator, target } of command.redirects) {
    const file = operator.startsWith('>') ? fileOf(target.text) : undefined;
    if (file !== undefined && !isStatic(command)) write(file);
  }
  if (command.piped && command.words[0]?.text === 'tee')
    for (const { text } of command.words) {
      const file = fileOf(text);
      if (file !== undefined) write(file);
    }
  return found;
}

function fileOf(word: string): string | undefined {
  return /^\$\{?(GITHUB_ENV|GITHUB_PATH)\}?$/.exec(word)?.[1];
}

/** The text that the command prints stands in the script. */
function isStatic({ words, heredocs }: Command): boolean {
  const [program, ...args] = words;
  if (program === undefined) return false;
  if (program.text === 'cat') return heredocs.length > 0 && heredocs.every(({ dynamic }) => !dynamic);
  return (program.text === 'echo' || program.text === 'printf') && args.every(({ dynamic }) => !dynamic);
}
