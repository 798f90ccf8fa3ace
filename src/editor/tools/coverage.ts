import { l10n } from 'vscode';
import type { LanguageModelTool } from 'vscode';
import { coverageOf } from '../../core/gates/coverage.js';
import { coverageText } from '../../core/gates/summary.js';
import type { GitHub } from '../github/github.js';
import { knownRepository } from './repository.js';
import { textResult } from './text-result.js';

/** Tells the line coverage of the newest run, by crate. */
export const coverage = (github: GitHub): LanguageModelTool<object> => ({
  prepareInvocation: () => ({ invocationMessage: l10n.t('Reading the coverage of the newest run') }),
  invoke: async () => {
    const { store } = await knownRepository(github);
    const measured = coverageOf(store.snapshot);
    return textResult(measured ? coverageText(measured) : l10n.t('No run has reported coverage yet.'));
  },
});
