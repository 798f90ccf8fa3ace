import { l10n } from 'vscode';
import type { PipelineOptions } from '../../../core/pipeline/options.js';
import type { ProjectShape } from '../../../core/pipeline/project.js';
import type { Dialog } from '../dialog.js';
import { keep } from '../flow.js';
import type { Step } from '../flow.js';

/** Which Cargo workspaces and lone packages, where there are several. */
export function roots(dialog: Dialog, shape: ProjectShape, options: PipelineOptions): Step {
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
