import { l10n, ThemeIcon } from 'vscode';
import { coverageOf, type Coverage, type CrateCoverage } from '../../../core/gates/coverage.js';
import type { OpenRepository } from '../../github/github.js';
import { tooltip } from '../../status/tooltip.js';
import { amount, change, short } from '../../status/words.js';
import type { Details } from '../../tree/details.js';
import type { Row } from '../../tree/row.js';

/** Line coverage by crate and file; undefined where nothing measures it. */
export function coverageRow(repository: OpenRepository, details: Details): Row | undefined {
  const { snapshot } = repository.store;
  const coverage = coverageOf(snapshot);
  if (!coverage) return undefined;
  const against = snapshot.defaultBranch ?? '';
  return {
    id: 'coverage',
    label: l10n.t('Coverage'),
    description: [
      l10n.t('{0} of lines', amount(coverage.percent, '%')),
      ...(coverage.change === null || coverage.change === 0
        ? []
        : [l10n.t('{0} against {1}', change(coverage.change), against)]),
      ...(coverage.stale ? [l10n.t('at {0}', short(coverage.sha))] : []),
    ].join(', '),
    tooltip: () =>
      tooltip([
        coverage.source === 'codecov' ? l10n.t('Codecov tells this number.') : undefined,
        coverage.total ? lines(coverage.total) : undefined,
        coverage.stale
          ? l10n.t('Measured at {0}, not at the commit that is checked out.', short(coverage.sha))
          : l10n.t('Measured at {0}.', short(coverage.sha)),
      ]),
    tokens: ['coverage', coverage.source],
    children: coverage.crates.length === 0 ? undefined : crates(repository, coverage, details),
  };
}

/** The crates that are covered least come first. */
function crates(repository: OpenRepository, coverage: Coverage, details: Details): Row[] {
  return [...coverage.crates]
    .sort((a, b) => (a.percent ?? 101) - (b.percent ?? 101))
    .map((crate) => crateRow(repository, coverage, crate, details));
}

function crateRow(repository: OpenRepository, coverage: Coverage, crate: CrateCoverage, details: Details): Row {
  const id = `coverage/${crate.root}/${crate.name}`;
  const percent = crate.percent === null ? l10n.t('no lines') : amount(crate.percent, '%');
  return {
    id,
    label: crate.name,
    description: crate.change === null || crate.change === 0 ? percent : `${percent} (${change(crate.change)})`,
    icon: new ThemeIcon('package'),
    tooltip: () => tooltip([crate.name, lines(crate), crate.root === '.' ? undefined : crate.root]),
    tokens: ['crate'],
    children: details.crate(repository, coverage, crate, `${id}/`),
  };
}

const lines = ({ covered, coverable }: { readonly covered: number; readonly coverable: number }) =>
  l10n.t('{0} of {1} lines are run by a test.', covered, coverable);
