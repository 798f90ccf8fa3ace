import { l10n, ThemeIcon, Uri } from 'vscode';
import { totalsOf } from '../../core/coverage/lcov.js';
import type { Coverage, CrateCoverage } from '../../core/gates/coverage.js';
import { shareOf } from '../../core/gates/coverage.js';
import type { OpenRepository } from '../github/github.js';
import { amount } from '../status/words.js';
import type { Children, Row } from '../tree/row.js';
import type { RunCoverage } from './run-coverage.js';

/** The files of a crate with their coverage, least covered first. They are fetched when the crate is opened. */
export function fileRows(
  repository: OpenRepository,
  coverage: Coverage,
  crate: CrateCoverage,
  prefix: string,
  load: (signal: AbortSignal) => Promise<RunCoverage>,
): Children | undefined {
  if (coverage.source !== 'report' || coverage.runId === null) return undefined;
  return {
    version: coverage.runId,
    load: async (signal) => {
      const { files, changed, packages } = await load(signal);
      return files
        .filter(({ path }) => packages.get(path) === crate.name)
        .map((file) => ({ path: file.path, ...shareOf(totalsOf(file)) }))
        .sort((a, b) => (a.percent ?? 101) - (b.percent ?? 101) || (a.path < b.path ? -1 : 1))
        .map(({ path, percent, covered, coverable }): Row => {
          const uri = Uri.joinPath(repository.root, path);
          const parts = [percent === null ? l10n.t('no lines') : amount(percent, '%')];
          if (changed?.has(uri.toString())) parts.push(l10n.t('changed since'));
          return {
            id: `${prefix}${path}`,
            label: path,
            description: parts.join(', '),
            icon: ThemeIcon.File,
            tooltip: () => l10n.t('{0}: {1} of {2} lines are run by a test.', path, covered, coverable),
            tokens: ['coverage-file'],
            command: { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri] },
          };
        });
    },
  };
}
