import { cargoCommands, hasFlag, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

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
