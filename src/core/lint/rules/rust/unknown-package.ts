import { flagValues } from '../../cargo/command';
import { rule } from '../../rule';
import { cargoPackage, rustJob } from './examples';
import { forEachCommand, reportUnknown } from './workspace-commands';

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
