import { l10n } from 'vscode';
import type { PipelineOptions } from '../../../core/pipeline/options.js';
import type { ProjectShape } from '../../../core/pipeline/project.js';
import type { Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';
import { coverage } from './coverage.js';
import { branch, delivery, deliveryChoices } from './delivery.js';
import { gates } from './gates.js';
import { platformNames, platforms } from './platforms.js';
import { roots } from './roots.js';
import { workflows } from './workflows.js';

/** The options as they stand while they are being asked for. */
export interface Draft {
  options: PipelineOptions;
  /** Whether the person wants to be asked for each of them. */
  customise: boolean;
}

/**
 * The questions about a pipeline, as they follow from the draft. Each has its answer preselected.
 *
 * @param offer how the first question calls the options that the draft starts with
 */
export function questions(dialog: Dialog, shape: ProjectShape, draft: Draft, offer: Offer): Step[] {
  const { options } = draft;
  const first = start(dialog, draft, offer);
  if (!draft.customise) return [first];
  const tested = options.workflows.includes('test');
  const extras = deliveryChoices(shape, options);
  return [
    first,
    workflows(dialog, shape, options),
    ...(shape.roots.length > 1 ? [roots(dialog, shape, options)] : []),
    ...(tested ? [gates(dialog, shape, options), coverage(dialog, options), platforms(dialog, options)] : []),
    ...(extras.length > 0 ? [delivery(dialog, extras, options)] : []),
    ...(shape.defaultBranch.source === 'remote' ? [] : [branch(dialog, options)]),
  ];
}

/** The pipeline that Enter takes. */
export interface Offer {
  label: string;
  placeholder: string;
}

function start(dialog: Dialog, draft: Draft, offer: Offer): Step {
  return async (at) => {
    const answer = await dialog.one({ ...at, placeholder: offer.placeholder }, [
      { label: offer.label, detail: summary(draft.options), icon: 'check-all', picked: !draft.customise, value: false },
      {
        label: l10n.t('Customise…'),
        detail: l10n.t('Choose workflows, gates, coverage, platforms and delivery'),
        icon: 'settings',
        picked: draft.customise,
        value: true,
      },
    ]);
    return keep(answer, (customise) => (draft.customise = customise));
  };
}

/** The options in one line. */
function summary(options: PipelineOptions): string {
  const parts = [
    options.workflows.length === 1 ? l10n.t('1 workflow') : l10n.t('{0} workflows', options.workflows.length),
    ...(options.workflows.includes('test')
      ? [
          l10n.t('coverage ≥ {0} %', options.coverage.threshold),
          options.runners.map((id) => platformNames[id]).join(', '),
        ]
      : []),
    l10n.t('branch {0}', options.defaultBranch),
  ];
  return parts.join('  ·  ');
}
