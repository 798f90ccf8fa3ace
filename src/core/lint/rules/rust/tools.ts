import { parse } from 'smol-toml';
import { cargoCommands, flagValues, hasFlag, inScript } from '../../cargo/command';
import { commandsOf } from '../../shell/commands';
import { rule } from '../../rule';
import { rustJob } from './examples';

export const tarpaulinThreshold = rule({
  code: 'tarpaulin-threshold',
  category: 'rust',
  title: 'A coverage threshold that tarpaulin.toml lowers',
  severity: 'warning',
  description:
    'Where both the command and `tarpaulin.toml` have `fail-under`, cargo-tarpaulin takes the lower one, so the gate passes below what the workflow says.',
  bad: [
    {
      text: rustJob('- run: cargo tarpaulin --engine llvm --fail-under 80'),
      files: { 'tarpaulin.toml': '[main]\nfail-under = 50\n' },
    },
  ],
  good: [
    {
      text: rustJob('- run: cargo tarpaulin --engine llvm --fail-under 80'),
      files: { 'tarpaulin.toml': '[main]\nfail-under = 80\n' },
    },
  ],
  files: ['workflow', 'action'],
  check: ({ steps, repository, text, report }) => {
    if (repository === undefined) return;
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'tarpaulin' || hasFlag(args, '--ignore-config')) continue;
        const [value] = flagValues(args, '--fail-under');
        if (value === undefined || value.dynamic) continue;
        for (const path of ['tarpaulin.toml', '.tarpaulin.toml']) {
          const lowest = repository.derive(path, 'fail-under', lowestThreshold);
          if (lowest !== undefined && lowest < Number(value.text))
            report(inScript(text, step, value.word), `${path} has fail-under = ${lowest}, and the lower one counts.`);
        }
      }
  },
});

function lowestThreshold(content: string): number {
  try {
    const values = Object.values(parse(content)).flatMap((table) => {
      const value =
        typeof table === 'object' && !Array.isArray(table)
          ? (table as Record<string, unknown>)['fail-under']
          : undefined;
      return typeof value === 'number' || typeof value === 'bigint' ? [Number(value)] : [];
    });
    return Math.min(...values);
  } catch {
    return Infinity;
  }
}

export const tarpaulinEngine = rule({
  code: 'tarpaulin-engine',
  category: 'rust',
  title: 'Coverage by ptrace',
  severity: 'hint',
  description:
    'On Linux cargo-tarpaulin traces processes with ptrace unless told otherwise, which is known for crashes and false failures. `--engine llvm` uses the compiler’s own instrumentation.',
  bad: [rustJob('- run: cargo tarpaulin --fail-under 80')],
  good: [rustJob('- run: cargo tarpaulin --engine llvm --fail-under 80')],
  files: ['workflow', 'action'],
  check: ({ steps, repository, text, edit, report }) => {
    const configured = ['tarpaulin.toml', '.tarpaulin.toml'].some(
      (path) => repository?.read(path)?.includes('engine') === true,
    );
    if (configured) return;
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'tarpaulin' || hasFlag(args, '--engine')) continue;
        const range = inScript(text, step, subcommand);
        report(range, 'cargo-tarpaulin uses ptrace here; --engine llvm is the reliable one.', {
          fixes: [edit.fix('Add --engine llvm', edit.insert(range.end, ' --engine llvm'))],
        });
      }
  },
});

export const gitleaksCommand = rule({
  code: 'gitleaks-command',
  category: 'rust',
  title: 'A command of Gitleaks that is going away',
  severity: 'info',
  description:
    '`gitleaks detect` and `gitleaks protect` are deprecated since 8.19. Use `gitleaks git` for a repository and `gitleaks dir` for files.',
  bad: [rustJob('- run: gitleaks detect --redact')],
  good: [rustJob('- run: gitleaks git --redact')],
  links: ['https://github.com/gitleaks/gitleaks#readme'],
  files: ['workflow', 'action'],
  check: ({ steps, text, report }) => {
    for (const step of steps)
      for (const command of step.run === undefined ? [] : commandsOf(step.run)) {
        const [program, verb] = command.words;
        if (program?.text === 'gitleaks' && (verb?.text === 'detect' || verb?.text === 'protect'))
          report(
            inScript(text, step, verb),
            `"gitleaks ${verb.text}" is deprecated; use "gitleaks git" or "gitleaks dir".`,
            { tags: ['deprecated'] },
          );
      }
  },
});

export const gitleaksAction = rule({
  code: 'gitleaks-action',
  category: 'rust',
  title: 'The Gitleaks action where it cannot work',
  severity: 'warning',
  description:
    'The action ends with an error for events it does not know, a merge queue among them, and in organisations without a licence key. The program itself is free: `gitleaks git --redact`.',
  bad: [rustJob('- uses: gitleaks/gitleaks-action@v3').replace('on: push', 'on: [push, merge_group]')],
  good: [rustJob('- run: gitleaks git --redact').replace('on: push', 'on: [push, merge_group]')],
  check: ({ workflow, steps, report }) => {
    if (workflow?.trigger('merge_group') === undefined) return;
    for (const { uses } of steps)
      if (uses?.slug === 'gitleaks/gitleaks-action')
        report(uses.node, 'The Gitleaks action fails in merge queues: it does not know the event merge_group.');
  },
});
