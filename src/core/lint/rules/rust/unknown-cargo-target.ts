import { flagValues } from '../../cargo/command';
import type { TargetKind } from '../../cargo/project';
import { rule } from '../../rule';
import { cargoPackage, rustJob } from './examples';
import { forEachCommand, reportUnknown } from './workspace-commands';

const kinds: readonly (readonly [flag: string, kind: TargetKind, words: string])[] = [
  ['--bin', 'bin', 'binary'],
  ['--bench', 'bench', 'benchmark'],
  ['--example', 'example', 'example'],
  ['--test', 'test', 'integration test'],
];

export const unknownCargoTarget = rule({
  code: 'unknown-cargo-target',
  category: 'rust',
  title: 'A binary, benchmark, example or test that does not exist',
  severity: 'error',
  description:
    '`--bin`, `--bench`, `--example` or `--test` names nothing that a Cargo.toml declares and nothing that lies where cargo looks.',
  bad: [{ text: rustJob('- run: cargo bench --bench prase'), files: cargoPackage }],
  good: [{ text: rustJob('- run: cargo bench --bench parse && cargo run --bin serve'), files: cargoPackage }],
  files: ['workflow', 'action'],
  check: (context) => {
    forEachCommand(context, (command, { targets }) => {
      for (const [flag, kind, words] of kinds)
        for (const value of flagValues(command.args, flag)) {
          if (value.dynamic || /[*?[\]$]/.test(value.text) || targets[kind].has(value.text)) continue;
          reportUnknown(
            context,
            command,
            value,
            value.text,
            `There is no ${words} "${value.text}" in this repository`,
            targets[kind],
          );
        }
    });
  },
});
