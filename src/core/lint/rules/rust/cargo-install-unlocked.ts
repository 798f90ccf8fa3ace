import { cargoCommands, hasFlag, inScript } from '../../cargo/command';
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
