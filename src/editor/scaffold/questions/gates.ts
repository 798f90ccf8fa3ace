import { l10n } from 'vscode';
import type { ExtraGateId, PipelineOptions } from '../../../core/pipeline/options.js';
import type { ProjectShape } from '../../../core/pipeline/project.js';
import type { Choice, Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

/** Which gates beyond format, Clippy and tests. */
export function gates(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
  const packages = shape.roots.flatMap((root) => root.packages);
  const versions = [...new Set(packages.flatMap(({ rustVersion }) => rustVersion ?? []))];
  const choice = (value: ExtraGateId, label: string, detail: string, description = ''): Choice<ExtraGateId> => ({
    ...{ label, detail, description, value },
    picked: options.gates.includes(value),
  });
  const choices = [
    choice('docs', l10n.t('Documentation'), l10n.t('cargo doc without warnings')),
    choice(
      'msrv',
      l10n.t('Minimum Rust version'),
      l10n.t('Builds with the oldest Rust that the packages promise'),
      versions.length > 0 ? l10n.t('rust-version {0}', versions.join(', ')) : l10n.t('no rust-version yet: gated'),
    ),
    choice(
      'nextest',
      'nextest',
      l10n.t('cargo-nextest runs the tests instead of cargo test'),
      shape.nextest ? l10n.t('{0} found', '.config/nextest.toml') : '',
    ),
    choice('features', l10n.t('Feature powerset'), l10n.t('Every combination of features compiles (cargo-hack)')),
    choice(
      'semver',
      l10n.t('Semantic versioning'),
      l10n.t('The public API breaks only when the version says so (cargo-semver-checks)'),
      packages.some(({ library }) => library) ? '' : l10n.t('no library here'),
    ),
    choice(
      'minimal-versions',
      l10n.t('Minimal versions'),
      l10n.t('Builds with the oldest dependencies that the manifests allow'),
    ),
    choice('miri', 'Miri', l10n.t('Finds undefined behaviour in the tests; slow')),
  ];
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('Format, Clippy and tests always run. Which further gates?') };
    return keep(await dialog.many(question, choices), (ids) => (options.gates = ids));
  };
}
