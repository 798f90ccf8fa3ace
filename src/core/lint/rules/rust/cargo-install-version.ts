import { cargoCommands, hasFlag, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

const withValue = new Set([
  '--version',
  '--vers',
  '--root',
  '--git',
  '--branch',
  '--tag',
  '--rev',
  '--features',
  '-F',
  '--registry',
  '--index',
  '--target',
  '--profile',
  '-j',
  '--jobs',
  '--bin',
  '--example',
  '--target-dir',
  '--config',
  '--color',
]);

export const cargoInstallVersion = rule({
  code: 'cargo-install-version',
  category: 'rust',
  title: 'A tool without a version',
  severity: 'hint',
  description:
    'Without a version the newest one is built, and a new release can turn the job red that nobody has touched. Write `tool@version`.',
  bad: [rustJob('- run: cargo install --locked cargo-deny')],
  good: [
    rustJob('- run: cargo install --locked cargo-deny@0.20.2'),
    rustJob('- run: cargo install --locked cargo-deny --version 0.20.2'),
  ],
  files: ['workflow', 'action'],
  check: ({ steps, text, report }) => {
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'install' || hasFlag(args, '--version', '--vers', '--git', '--path', '--rev', '--tag'))
          continue;
        for (const [index, word] of args.entries()) {
          if (
            word.text.startsWith('-') ||
            withValue.has(args[index - 1]?.text ?? '') ||
            word.dynamic ||
            word.text.includes('@')
          )
            continue;
          report(inScript(text, step, word), `"${word.text}" has no version: whatever is newest is built.`);
        }
      }
  },
});
