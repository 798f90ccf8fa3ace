import { l10n } from 'vscode';
import type { PipelineOptions } from '../../../core/pipeline/options.js';
import type { Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

/** How much of the code has to be covered. */
export function coverage(dialog: Dialog, options: PipelineOptions): Step {
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('Lowest share of covered lines that passes, in per cent') };
    const answer = await dialog.text(question, String(options.coverage.threshold), (text) =>
      isPercentage(text) ? undefined : l10n.t('Enter a number from 0 to 100'),
    );
    return keep(answer, (text) => (options.coverage.threshold = Number(text.trim())));
  };
}

function isPercentage(text: string): boolean {
  const number = Number(text.trim());
  return text.trim() !== '' && number >= 0 && number <= 100;
}
