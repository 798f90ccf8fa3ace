import { l10n } from 'vscode';
import type { PipelineOptions, WorkflowId } from '../../../core/pipeline/options.js';
import type { ProjectShape } from '../../../core/pipeline/project.js';
import type { Choice, Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

/** Which workflows, and what each of them has to work with in this project. */
export function workflows(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
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
