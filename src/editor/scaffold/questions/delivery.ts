import * as v from 'valibot';
import { l10n } from 'vscode';
import { optionsSchema } from '../../../core/pipeline/options.js';
import type { PipelineOptions, WorkflowId } from '../../../core/pipeline/options.js';
import type { ProjectShape } from '../../../core/pipeline/project.js';
import type { Choice, Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

/** Where results can go besides GitHub. */
export type Extra = 'publish' | 'slack' | 'codecov' | 'benchmarkHistory';

/** What can be chosen, given the workflows; possibly nothing. */
export function deliveryChoices(shape: ProjectShape, options: PipelineOptions): Choice<Extra>[] {
  const has = (...ids: WorkflowId[]) => ids.some((id) => options.workflows.includes(id));
  const packages = shape.roots.flatMap((root) => root.packages);
  const publishable = packages.filter(({ publish }) => publish === 'public').map(({ name }) => name);
  const choices: Choice<Extra>[] = [];
  if (has('release')) {
    choices.push({
      label: l10n.t('Publish to crates.io'),
      detail: l10n.t('By trusted publishing, which has to be set up there once; no token is stored'),
      description: publishable.length > 0 ? publishable.join(', ') : l10n.t('no package may be published'),
      picked: options.publish,
      value: 'publish',
    });
  }
  if (has('release', 'container', 'rollback')) {
    choices.push({
      label: 'Slack',
      detail: l10n.t('Tells of deliveries where the secret {0} is set', 'SLACK_WEBHOOK_URL'),
      picked: options.slack,
      value: 'slack',
    });
  }
  if (has('test')) {
    choices.push({
      label: 'Codecov',
      detail: l10n.t('Uploads coverage where the secret {0} is set', 'CODECOV_TOKEN'),
      picked: options.coverage.codecov,
      value: 'codecov',
    });
  }
  if (has('benchmarks')) {
    choices.push({
      label: l10n.t('Benchmark history'),
      detail: l10n.t('Keeps every run on the branch {0}; artifacts expire after 90 days', 'benchmark-history'),
      picked: options.benchmarkHistory,
      value: 'benchmarkHistory',
    });
  }
  return choices;
}

/** Where results go. */
export function delivery(dialog: Dialog, choices: readonly Choice<Extra>[], options: PipelineOptions): Step {
  return async (at) => {
    const answer = await dialog.many({ ...at, placeholder: l10n.t('Where do results go?') }, choices);
    return keep(answer, (extras) => {
      for (const { value } of choices) setExtra(options, value, extras.includes(value));
    });
  };
}

function setExtra(options: PipelineOptions, extra: Extra, wanted: boolean): void {
  if (extra === 'codecov') options.coverage.codecov = wanted;
  else options[extra] = wanted;
}

/** The default branch, where git did not tell it for sure. */
export function branch(dialog: Dialog, options: PipelineOptions): Step {
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('The default branch, whose pushes are tested') };
    const answer = await dialog.text(question, options.defaultBranch, (text) =>
      v.is(optionsSchema.entries.defaultBranch, text.trim())
        ? undefined
        : l10n.t('This cannot be the name of a branch'),
    );
    return keep(answer, (name) => (options.defaultBranch = name.trim()));
  };
}
