import { cargoCommands, flagValues, hasFlag, inScript } from '../../cargo/command';
import type { CargoCommand, FlagValue } from '../../cargo/command';
import { cargoProject } from '../../cargo/project';
import type { CargoProject, TargetKind } from '../../cargo/project';
import { closest } from '../../suggest';
import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import { cargoPackage, rustJob } from './examples';

/** Commands whose flags name things of the workspace, and not of a dependency or another project. */
const ofWorkspace = new Set(
  'b bench build c check clippy d doc llvm-cov miri nextest r run rustc rustdoc t tarpaulin test'.split(' '),
);

/** Calls `visit` for every command that speaks of the workspace in the root of the repository. */
function forEachCommand(
  { steps, repository }: RuleContext,
  visit: (command: CargoCommand, project: CargoProject) => void,
): void {
  for (const step of steps)
    for (const command of cargoCommands(step)) {
      if (
        !ofWorkspace.has(command.subcommand.text) ||
        hasFlag([...command.args, ...command.globals], '--manifest-path', '-C')
      )
        continue;
      const project = cargoProject(repository);
      if (project === undefined) return;
      visit(command, project);
    }
}

function reportUnknown(
  context: RuleContext,
  { step }: CargoCommand,
  value: FlagValue,
  name: string,
  message: string,
  candidates: Iterable<string>,
): void {
  const { text, edit, report } = context;
  const meant = closest(name, candidates);
  const range = inScript(text, step, value.word);
  const written = text.slice(range.start, range.end);
  report(range, `${message}${meant === undefined ? '' : `; is "${meant}" meant`}.`, {
    fixes:
      meant === undefined || !written.includes(name)
        ? []
        : [
            edit.fix(
              `Change to ${meant}`,
              edit.replace(
                range,
                written.replace(name, () => meant),
              ),
            ),
          ],
  });
}

export const unknownPackage = rule({
  code: 'unknown-package',
  category: 'rust',
  title: 'A package that is not in the workspace',
  severity: 'error',
  description:
    '`-p` names no package of any Cargo.toml of the repository and none in Cargo.lock. It was probably renamed or removed.',
  bad: [{ text: rustJob('- run: cargo test -p dmeo'), files: cargoPackage }],
  good: [{ text: rustJob('- run: cargo test -p demo'), files: cargoPackage }],
  files: ['workflow', 'action'],
  check: (context) => {
    forEachCommand(context, (command, { packages, locked }) => {
      for (const value of [...flagValues(command.args, '--package', '-p'), ...flagValues(command.args, '--exclude')]) {
        const name = value.text.replace(/[@:].*$/, '');
        if (value.dynamic || /[*?[\]/#$]/.test(value.text) || name === '' || packages.has(name) || locked.has(name))
          continue;
        reportUnknown(context, command, value, name, `There is no package "${name}" in this repository`, packages);
      }
    });
  },
});

export const unknownFeature = rule({
  code: 'unknown-feature',
  category: 'rust',
  title: 'A feature that no package has',
  severity: 'error',
  description:
    '`--features` names a feature that no Cargo.toml of the repository declares, neither itself nor by an optional dependency.',
  bad: [{ text: rustJob('- run: cargo test --features tsl'), files: cargoPackage }],
  good: [{ text: rustJob('- run: cargo test --features tls'), files: cargoPackage }],
  files: ['workflow', 'action'],
  check: (context) => {
    forEachCommand(context, (command, { features, packages }) => {
      for (const value of flagValues(command.args, '--features', '-F')) {
        if (value.dynamic) continue;
        for (const written of value.text.split(/[\s,]+/)) {
          const [, owner, name = ''] = /^(?:([^/]+)\/)?(.*)$/.exec(written) ?? [];
          if (name === '' || features.has(name) || (owner !== undefined && !packages.has(owner))) continue;
          reportUnknown(
            context,
            command,
            value,
            name,
            `No package of this repository has a feature "${name}"`,
            features,
          );
        }
      }
    });
  },
});

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
