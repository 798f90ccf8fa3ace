import { cargoCommands, flagValues, hasFlag, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

export const cargoInstallUnlocked = rule({
  code: 'cargo-install-unlocked',
  category: 'rust',
  title: 'A tool that is built with dependencies nobody has tested',
  severity: 'info',
  description:
    '`cargo install` takes the newest versions of all dependencies, not those in the tool’s own Cargo.lock. A bad release of any of them breaks the job. `--locked` takes what the author has tested.',
  bad: [rustJob('- run: cargo install cargo-deny')],
  good: [rustJob('- run: cargo install --locked cargo-deny@0.20.2')],
  links: ['https://doc.rust-lang.org/cargo/commands/cargo-install.html'],
  files: ['workflow', 'action'],
  check: ({ steps, text, edit, report }) => {
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'install' || hasFlag(args, '--locked', '--frozen', '--path', '--list', '--offline'))
          continue;
        if (!args.some((word) => !word.text.startsWith('-'))) continue;
        const range = inScript(text, step, subcommand);
        report(range, '"cargo install" without --locked takes untested versions of the tool’s dependencies.', {
          fixes: [edit.fix('Add --locked', edit.insert(range.end, ' --locked'))],
        });
      }
  },
});

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

export const cargoUnlocked = rule({
  code: 'cargo-unlocked',
  category: 'rust',
  title: 'A build that may change Cargo.lock',
  severity: 'off',
  description:
    'Cargo.lock is committed, but the command would change it where it does not fit Cargo.toml, and so test something else than what was committed. `--locked` fails instead.',
  bad: [
    {
      text: rustJob('- run: cargo test'),
      files: { 'Cargo.lock': '', 'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\n' },
    },
  ],
  good: [
    {
      text: rustJob('- run: cargo test --locked'),
      files: { 'Cargo.lock': '', 'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\n' },
    },
  ],
  files: ['workflow', 'action'],
  check: ({ steps, repository, text, edit, report }) => {
    if (repository?.exists('Cargo.lock') !== true) return;
    for (const step of steps)
      for (const { subcommand, args, globals } of cargoCommands(step)) {
        if (!/^(?:b|build|c|check|clippy|t|test|bench|r|run|doc)$/.test(subcommand.text)) continue;
        if (hasFlag([...args, ...globals], '--locked', '--frozen') || flagValues(args, '--manifest-path').length > 0)
          continue;
        const range = inScript(text, step, subcommand);
        report(range, `"cargo ${subcommand.text}" without --locked may change Cargo.lock.`, {
          fixes: [edit.fix('Add --locked', edit.insert(range.end, ' --locked'))],
        });
      }
  },
});
