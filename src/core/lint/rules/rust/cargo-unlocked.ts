import { cargoCommands, flagValues, hasFlag, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

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
