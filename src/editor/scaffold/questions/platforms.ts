import { l10n } from 'vscode';
import type { PipelineOptions, RunnerId } from '../../../core/pipeline/options.js';
import type { Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

export const platformNames: Record<RunnerId, string> = { linux: 'Linux', macos: 'macOS', windows: 'Windows' };

/** On which systems the tests run. */
export function platforms(dialog: Dialog, options: PipelineOptions): Step {
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('On which systems do the tests run?') };
    const notes: Record<RunnerId, string> = {
      linux: '',
      macos: l10n.t('minutes cost more in private repositories'),
      windows: l10n.t('minutes cost more in private repositories'),
    };
    const choices = Object.entries(platformNames).map(([id, label]) => ({
      label,
      description: notes[id as RunnerId],
      picked: options.runners.includes(id as RunnerId),
      value: id as RunnerId,
    }));
    const answer = await dialog.many(question, choices, l10n.t('The tests need at least one system'));
    return keep(answer, (ids) => (options.runners = ids));
  };
}
