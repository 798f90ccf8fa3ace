import * as v from 'valibot';
import { l10n } from 'vscode';
import { optionsSchema } from '../../core/pipeline/options.js';
import type { ExtraGateId, PipelineOptions, RunnerId, WorkflowId } from '../../core/pipeline/options.js';
import type { ProjectShape } from '../../core/pipeline/project.js';
import type { Choice, Dialog } from './dialog.js';
import { keep } from './flow.js';
import type { Step } from './flow.js';

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

function workflows(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
  const packages = shape.roots.flatMap((root) => root.packages);
  const binaries = packages.flatMap((one) => one.binaries);
  const [dockerfile] = shape.dockerfiles;
  const benches = packages.some((one) => one.criterion && one.benches.length > 0);
  const choice = (value: WorkflowId, label: string, detail: string, description: string): Choice<WorkflowId> => ({
    ...{ label, detail, description, value },
    picked: options.workflows.includes(value),
  });
  const choices = [
    choice(
      'test',
      l10n.t('Test'),
      l10n.t('Format, Clippy, tests and coverage on every push and pull request'),
      packages.length > 0 ? l10n.t('Cargo.toml found') : l10n.t('no Cargo.toml yet: gated'),
    ),
    choice(
      'security',
      l10n.t('Security'),
      l10n.t('Advisories, licences, secrets, vulnerabilities and the workflows themselves'),
      l10n.t('weekly, too'),
    ),
    choice(
      'release',
      l10n.t('Release'),
      l10n.t('GitHub releases with binaries for five platforms, from tags and release branches'),
      binaries.length > 0 ? l10n.t('binary {0}', binaries.join(', ')) : l10n.t('no binary: releases without binaries'),
    ),
    choice(
      'container',
      l10n.t('Container'),
      l10n.t('Images for GitHub’s registry, scanned before they become the latest'),
      dockerfile === undefined ? l10n.t('no Dockerfile yet: gated') : l10n.t('{0} found', dockerfile),
    ),
    choice('rollback', l10n.t('Rollback'), l10n.t('Makes an earlier image and release the latest again, by hand'), ''),
    choice(
      'benchmarks',
      l10n.t('Benchmarks'),
      l10n.t('Criterion benchmarks, weekly and by hand'),
      benches ? l10n.t('Criterion found') : l10n.t('no benches yet: gated'),
    ),
  ];
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('Which workflows? What cannot run yet waits and says so') };
    const answer = await dialog.many(question, choices, l10n.t('A pipeline needs at least one workflow'));
    return keep(answer, (ids) => (options.workflows = ids));
  };
}

function roots(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
  return async (at) => {
    const question = { ...at, placeholder: l10n.t('Which Cargo workspaces and packages are checked?') };
    const choices = shape.roots.map((root) => ({
      label: root.folder === '.' ? l10n.t('repository root') : root.folder,
      description:
        root.reservation ??
        (root.packages.length === 1 ? l10n.t('1 package') : l10n.t('{0} packages', root.packages.length)),
      picked: options.roots.includes(root.folder),
      value: root.folder,
    }));
    const answer = await dialog.many(question, choices, l10n.t('At least one of them has to be checked'));
    return keep(answer, (folders) => (options.roots = folders));
  };
}

function gates(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
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

function coverage(dialog: Dialog, options: PipelineOptions): Step {
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

const platformNames: Record<RunnerId, string> = { linux: 'Linux', macos: 'macOS', windows: 'Windows' };

function platforms(dialog: Dialog, options: PipelineOptions): Step {
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

type Extra = 'publish' | 'slack' | 'codecov' | 'benchmarkHistory';

function deliveryChoices(shape: ProjectShape, options: PipelineOptions): Choice<Extra>[] {
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

function delivery(dialog: Dialog, choices: readonly Choice<Extra>[], options: PipelineOptions): Step {
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

function branch(dialog: Dialog, options: PipelineOptions): Step {
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
