import {
  CancellationTokenSource,
  commands,
  Disposable,
  l10n,
  ProgressLocation,
  StatusBarAlignment,
  window,
} from 'vscode';
import type { Choices, PlannedFile } from '../../core/scaffold/plan.js';
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
  private asking = new CancellationTokenSource();
  private isWriting = false;

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
    if (proposal.plan.changes.length > 0) await this.preview.reveal();
    const answer = await this.dialog.one<Decision>(
      {
        title: proposal.title,
        placeholder: l10n.t('Nothing is written yet. The preview behind this list shows every file'),
        step,
        totalSteps: step,
        canGoBack,
        takeBack: this.asking.token,
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
    if (!proposal || this.isWriting) return 'discarded';
    const { root, title, choices } = proposal;
    this.isWriting = true;
    this.takeBack();
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
    } finally {
      this.isWriting = false;
    }
  }

  /** Closes the preview; nothing is written. */
  async discard(): Promise<Outcome> {
    this.settle(undefined);
    await this.preview.close();
    return 'discarded';
  }

  dispose(): void {
    Disposable.from(this.status, this.closing, this.asking, ...(this.undoing ? [this.undoing] : [])).dispose();
  }

  private async show(proposal: Proposal): Promise<void> {
    this.settle(proposal);
    const { root, plan } = proposal;
    if (plan.changes.length > 0) await this.preview.show(root, plan.changes);
  }

  private async restore(proposal: Proposal, path: string, step: number, canGoBack: boolean): Promise<Outcome> {
    const restored = proposal.choices.restore;
    const all = new Set([...(restored instanceof Set ? (restored as ReadonlySet<string>) : []), path]);
    const choices: Choices = { ...proposal.choices, restore: all };
    await this.show({ ...proposal, choices, plan: await proposal.replan(choices) });
    return this.ask(step, canGoBack);
  }

  /** Takes back the question that is open: it was answered elsewhere. */
  private takeBack(): void {
    this.asking.cancel();
    this.asking.dispose();
    this.asking = new CancellationTokenSource();
  }

  private settle(proposal: Proposal | undefined): void {
    this.proposal = proposal;
    this.takeBack();
    void commands.executeCommand('setContext', 'rustCi.previewOpen', proposal !== undefined);
    if (proposal) {
      this.status.text = l10n.t('$(diff-multiple) Rust CI: write {0}…', fileCount(proposal.plan.changes.length));
      this.status.tooltip = l10n.t('Nothing is written yet');
      this.status.show();
    } else this.status.hide();
  }
}

function decisions({ plan, notices }: Proposal): (Choice<Decision> | Heading)[] {
  const { files, changes } = plan;
  const isWriting = changes.length > 0;
  return [
    ...(isWriting ? [write(changes.length), keepReviewing()] : []),
    { label: l10n.t('Discard'), detail: l10n.t('Nothing is written'), icon: 'close', value: 'discard' },
    ...section(
      l10n.t('You deleted these; they stay deleted'),
      files.filter(({ action }) => action === 'deleted'),
      ({ path }) => ({ label: l10n.t('Write {0} again', path), icon: 'discard', value: { restore: path } }),
    ),
    ...section(
      l10n.t('Deleted'),
      files.filter(({ action }) => action === 'remove'),
      (file) => about(file, 'trash'),
    ),
    ...section(
      l10n.t('Yours and the template’s together'),
      files.filter(({ action }) => action === 'merge'),
      (file) => about(file, 'git-merge'),
    ),
    ...section(
      l10n.t('Stay as they are'),
      files.filter(({ action }) => action === 'kept'),
      (file) => about(file, 'shield'),
    ),
    ...section(l10n.t('Good to know'), notices, (notice) => ({ label: notice, icon: 'info', value: 'look' })),
  ];
}

function write(count: number): Choice<Decision> {
  const detail = l10n.t('One undo takes all of it back');
  return { label: l10n.t('Write {0}', fileCount(count)), detail, icon: 'check', picked: true, value: 'write' };
}

function keepReviewing(): Choice<Decision> {
  const detail = l10n.t('“Write Files” and “Discard” stay above the preview');
  return { label: l10n.t('Keep reviewing'), detail, icon: 'eye', value: 'look' };
}

function section<T>(
  heading: string,
  members: readonly T[],
  toChoice: (member: T) => Choice<Decision>,
): (Choice<Decision> | Heading)[] {
  return members.length === 0 ? [] : [{ heading }, ...members.map(toChoice)];
}

function about({ path, reason }: PlannedFile, icon: string): Choice<Decision> {
  return { label: path, detail: reason, icon, value: 'look' };
}
