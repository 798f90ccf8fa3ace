import { l10n } from 'vscode';
import type { LanguageModelTool } from 'vscode';
import { verdictText } from '../../core/gates/summary.js';
import { verdictOf } from '../../core/gates/verdict.js';
import type { GitHub } from '../github/github.js';
import { knownRepository } from './repository.js';
import { textResult } from './text-result.js';

/** Tells which gates of the commit pass, and why the others do not. */
export const pipelineStatus = (github: GitHub): LanguageModelTool<object> => ({
  prepareInvocation: () => ({ invocationMessage: l10n.t('Reading the gates from GitHub') }),
  invoke: async () => {
    const { store } = await knownRepository(github);
    const { updatedAt } = store.snapshot;
    const age = updatedAt === null ? '' : `\nAs of ${new Date(updatedAt).toISOString()}.`;
    return textResult(`${verdictText(verdictOf(store.snapshot))}${age}`);
  },
});
