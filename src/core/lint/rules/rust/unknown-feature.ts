import { flagValues } from '../../cargo/command';
import { rule } from '../../rule';
import { cargoPackage, rustJob } from './examples';
import { forEachCommand, reportUnknown } from './workspace-commands';

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
