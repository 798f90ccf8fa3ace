import { commands, Disposable, l10n, ProgressLocation, StatusBarAlignment, window } from 'vscode';
import type { Choices } from '../../core/scaffold/plan.js';
import { apply } from './apply.js';
import { back } from './dialog.js';
import type { Choice, Dialog, Heading } from './dialog.js';
import { fileCount, showProblem, showWritten } from './messages.js';
import { preflight } from './preflight.js';
import type { Preview } from './preview.js';
import { writesTheSame } from './proposal.js';
import type { Proposal } from './proposal.js';
import { completeUndo } from './undo.js';

/** How a review ended; `open` when the person goes on looking. */
export type Outcome = 'written' | 'discarded' | 'open' | typeof back;

type Decision = 'write' | 'look' | 'discard' | { readonly restore: string };

/** Shows what would be written until it is written or discarded. There is one proposal at a time. */
export class Review {
  private readonly dialog: Dialog;
  private readonly preview: Preview;
  private readonly status = window.createStatusBarItem('rustCi.preview', StatusBarAlignment.Left);
  private readonly closing: Disposable;
  private proposal: Proposal | undefined;
  private undoing: Disposable | undefined;

  constructor(dialog: Dialog, preview: Preview) {
    this.dialog = dialog;
    this.preview = preview;
    this.status.name = l10n.t('Rust CI preview');
    this.status.command = 'rustCi.reviewPreview';
    this.closing = preview.onDidClose(() => {
      this.settle(undefined);
    });
  }

  /** Shows a proposal and asks whether to write it. `step` counts from the first question of the dialogue. */
  async open(proposal: Proposal, step: number): Promise<Outcome> {
    await this.show(proposal);
    return this.ask(step, step > 1);
  }

  /** Asks again about the proposal that is open. */
  async ask(step = 1, canGoBack = false): Promise<Outcome> {
    const { proposal } = this;
    if (!proposal) return 'discarded';
    await this.preview.reveal();
    const answer = await this.dialog.one<Decision>(
      {
        title: proposal.title,
        placeholder: l10n.t('Nothing is written yet. The preview behind this list shows every file'),
        step,
        totalSteps: step,
        canGoBack,
      },
      decisions(proposal),
    );
    if (answer === back) {
      await this.discard();
      return back;
    }
    if (answer === 'write') return this.apply();
    if (answer === 'discard') return this.discard();
    if (typeof answer === 'object') return this.restore(proposal, answer.restore, step, canGoBack);
    return 'open';
  }

  /** Writes the proposal, unless files changed since it was shown: then the new one is shown. */
  async apply(): Promise<Outcome> {
    const { proposal } = this;
    if (!proposal) return 'discarded';
    const { root, title, choices } = proposal;
    try {
      const plan = await proposal.replan(choices);
      if (!writesTheSame(plan, proposal.plan)) {
        await this.show({ ...proposal, plan });
        const look = l10n.t('Files changed since the preview. It now shows what would be written; look again.');
        void window.showWarningMessage(look);
        return 'open';
      }
      const { changes } = plan;
      await preflight(root, changes);
      const progress = l10n.t('Writing {0}', fileCount(changes.length));
      const written = await window.withProgress({ location: ProgressLocation.Window, title: progress }, () =>
        apply(root, changes, title),
      );
      this.undoing?.dispose();
      this.undoing = completeUndo(written);
      await this.discard();
      void showWritten(written);
      return 'written';
    } catch (error) {
      void showProblem(error, { root });
      return 'open';
    }
  }

  /** Closes the preview; nothing is written. */
  async discard(): Promise<Outcome> {
    this.settle(undefined);
    await this.preview.close();
    return 'discarded';
  }

  dispose(): void {
    Disposable.from(this.status, this.closing, ...(this.undoing ? [this.undoing] : [])).dispose();
  }

  private async show(proposal: Proposal): Promise<void> {
    this.settle(proposal);
    await this.preview.show(l10n.t('Rust CI preview'), proposal.root, proposal.plan.changes);
  }

  private async restore(proposal: Proposal, path: string, step: number, canGoBack: boolean): Promise<Outcome> {
    const restored = proposal.choices.restore;
    const all = new Set([...(restored instanceof Set ? (restored as ReadonlySet<string>) : []), path]);
    const choices: Choices = { ...proposal.choices, restore: all };
    await this.show({ ...proposal, choices, plan: await proposal.replan(choices) });
    return this.ask(step, canGoBack);
  }

  private settle(proposal: Proposal | undefined): void {
    this.proposal = proposal;
    void commands.executeCommand('setContext', 'rustCi.previewOpen', proposal !== undefined);
    if (proposal) {
      this.status.text = l10n.t('$(diff-multiple) Rust CI: write {0}…', fileCount(proposal.plan.changes.length));
      this.status.tooltip = l10n.t('Nothing is written yet');
      this.status.show();
    } else this.status.hide();
  }
}

function decisions({ plan, notices }: Proposal): (Choice<Decision> | Heading)[] {
  const deleted = plan.files.filter(({ action }) => action === 'deleted');
  const kept = plan.files.filter(({ action }) => action === 'kept');
  return [
    {
      label: l10n.t('Write {0}', fileCount(plan.changes.length)),
      detail: l10n.t('One undo takes all of it back'),
      icon: 'check',
      picked: true,
      value: 'write',
    },
    {
      label: l10n.t('Keep reviewing'),
      detail: l10n.t('Write Files and Discard stay above the preview'),
      icon: 'eye',
      value: 'look',
    },
    { label: l10n.t('Discard'), detail: l10n.t('Nothing is written'), icon: 'close', value: 'discard' },
    ...(deleted.length > 0 ? [{ heading: l10n.t('You deleted these; they stay deleted') }] : []),
    ...deleted.map(({ path }) => ({
      label: l10n.t('Write {0} again', path),
      icon: 'discard',
      value: { restore: path },
    })),
    ...(kept.length > 0 ? [{ heading: l10n.t('These stay as they are') }] : []),
    ...kept.map(({ path, reason }) => ({ label: path, detail: reason, icon: 'shield', value: 'look' as const })),
    ...(notices.length > 0 ? [{ heading: l10n.t('Good to know') }] : []),
    ...notices.map((notice) => ({ label: notice, icon: 'info', value: 'look' as const })),
  ];
}
