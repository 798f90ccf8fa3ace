import { l10n, Uri } from 'vscode';
import type { Choices, ConflictChoice, ForeignChoice, Plan, PlannedFile } from '../../core/scaffold/plan.js';
import type { Dialog } from './dialog.js';
import { ask, keep } from './flow.js';
import type { Step } from './flow.js';
import { mergeByHand } from './merge.js';
import type { Preview } from './preview.js';
import type { Scratch } from './scratch.js';

/** What it takes to ask about files that nobody but their owner can decide on. */
export interface Desk {
  readonly dialog: Dialog;
  readonly preview: Preview;
  readonly scratch: Scratch;
}

type Conflict = ConflictChoice | { text: string };

/**
 * Asks what becomes of every file that waits for a decision.
 *
 * @param later how many questions follow
 * @returns undefined when the person left
 */
export async function decide(
  desk: Desk,
  title: string,
  root: Uri,
  plan: Plan,
  later: number,
): Promise<Choices | undefined> {
  const foreign = new Map<string, ForeignChoice>();
  const conflicts = new Map<string, Conflict>();
  const steps = plan.open.map((file) =>
    file.action === 'foreign'
      ? askAboutForeign(desk, root, file, (choice) => foreign.set(file.path, choice))
      : askAboutConflict(desk, root, file, (choice) => conflicts.set(file.path, choice)),
  );
  if (!(await ask(title, () => steps, later))) return undefined;
  return { foreign, conflicts };
}

function askAboutForeign(desk: Desk, root: Uri, file: PlannedFile, store: (choice: ForeignChoice) => unknown): Step {
  const name = nameOf(file);
  return async (at) => {
    const title = l10n.t('{0}: yours, and Rust CI’s', name);
    await desk.preview.compare(title, Uri.joinPath(root, file.path), file.sides?.theirs ?? '');
    const answer = await desk.dialog.one<ForeignChoice>(
      { ...at, placeholder: l10n.t('You have a {0} of your own. What becomes of it?', name) },
      [
        {
          label: l10n.t('Keep mine'),
          detail: l10n.t('The pipeline goes without its {0}', name),
          icon: 'shield',
          picked: true,
          value: 'keep',
        },
        {
          label: l10n.t('Write both'),
          detail: l10n.t('Rust CI’s becomes {0}; both run', `rust-ci-${name}`),
          icon: 'files',
          value: 'rename',
        },
        {
          label: l10n.t('Replace mine'),
          detail: l10n.t('Yours goes away; one undo brings it back'),
          icon: 'replace',
          value: 'replace',
        },
      ],
    );
    return keep(answer, store);
  };
}

function askAboutConflict(desk: Desk, root: Uri, file: PlannedFile, store: (choice: Conflict) => unknown): Step {
  const name = nameOf(file);
  return async (at) => {
    for (;;) {
      const answer = await desk.dialog.one<ConflictChoice>(
        { ...at, placeholder: l10n.t('You and the template changed the same lines of {0}', name) },
        [
          {
            label: l10n.t('Decide in the merge editor'),
            detail: l10n.t('Nothing is written yet'),
            icon: 'git-merge',
            picked: true,
            value: 'markers',
          },
          {
            label: l10n.t('Keep my lines'),
            detail: l10n.t('What the template changed elsewhere still comes in'),
            icon: 'shield',
            value: 'yours',
          },
          {
            label: l10n.t('Take the template’s lines'),
            detail: l10n.t('What you changed elsewhere stays'),
            icon: 'arrow-down',
            value: 'theirs',
          },
        ],
      );
      if (answer !== 'markers' || !file.sides) return keep(answer, store);
      const text = await mergeByHand(desk.preview, desk.scratch, root, file, file.sides);
      // Places left undecided: the question comes again.
      if (text !== undefined) return keep({ text }, store);
    }
  };
}

function nameOf({ path }: PlannedFile): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
