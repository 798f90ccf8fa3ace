import { commands, Disposable, EventEmitter, l10n, Uri, window, workspace } from 'vscode';
import type { Tab, TextDocumentContentProvider } from 'vscode';
import { workflowIds } from '../../core/pipeline/options.js';
import { manifestPath } from '../../core/scaffold/manifest.js';
import type { PlannedFile } from '../../core/scaffold/plan.js';
import { normalise } from '../../core/scaffold/text.js';

const scheme = 'rust-ci-preview';

/** Texts that lie in no file, shown read-only. */
class Texts implements TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private count = 0;

  /** An address under which the text can be opened; its name gives the language. */
  add(file: Uri, text: string): Uri {
    const uri = file.with({ scheme, authority: '', query: String(++this.count), fragment: '' });
    this.texts.set(uri.toString(), normalise(text));
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  clear(): void {
    this.texts.clear();
  }
}

/** Shows what would be written, in editors that cannot be edited. One multi-diff at a time. */
export class Preview {
  private readonly texts = new Texts();
  private readonly closed = new EventEmitter<void>();
  private readonly parts: Disposable;
  private isOpen = false;

  /** The person closed the multi-diff. */
  readonly onDidClose = this.closed.event;

  constructor() {
    this.parts = Disposable.from(
      this.closed,
      workspace.registerTextDocumentContentProvider(scheme, this.texts),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (this.isOpen && closed.some(isPreview) && !this.tab) {
          this.forget();
          this.closed.fire();
        }
        this.followActiveTab();
      }),
      window.tabGroups.onDidChangeTabGroups(() => {
        this.followActiveTab();
      }),
    );
  }

  /** Shows the files as they are and as they would be, side by side, instead of an earlier preview. */
  async show(root: Uri, changes: readonly PlannedFile[]): Promise<void> {
    await this.close();
    const sides = inReadingOrder(changes).map(({ path, before, after }) => {
      const file = Uri.joinPath(root, path);
      const side = (text: string | undefined) => (text === undefined ? undefined : this.texts.add(file, text));
      return [file, side(before), side(after)];
    });
    await commands.executeCommand('vscode.changes', title(), sides);
    this.isOpen = true;
    // Otherwise the next file that is opened for a look takes the preview's place.
    await commands.executeCommand('workbench.action.keepEditor');
    this.followActiveTab();
  }

  /** Shows one of the user's files beside what the pipeline has instead. */
  async compare(heading: string, file: Uri, proposed: string): Promise<void> {
    const options = { preview: true, preserveFocus: true };
    await commands.executeCommand('vscode.diff', file, this.texts.add(file, proposed), heading, options);
  }

  /** A read-only text beside the files of the workspace. */
  text(file: Uri, text: string): Uri {
    return this.texts.add(file, text);
  }

  /** Brings the multi-diff to the front. */
  async reveal(): Promise<void> {
    const { tab } = this;
    if (!tab || tab.isActive) return;
    const index = tab.group.tabs.indexOf(tab);
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
    for (const group of window.tabGroups.all.slice(1)) {
      if (group.viewColumn > tab.group.viewColumn) break;
      await commands.executeCommand('workbench.action.focusNextGroup');
    }
    await commands.executeCommand('workbench.action.openEditorAtIndex', index);
  }

  async close(): Promise<void> {
    const { tab } = this;
    this.forget();
    if (tab) await window.tabGroups.close(tab);
  }

  dispose(): void {
    this.parts.dispose();
  }

  private get tab() {
    return window.tabGroups.all.flatMap(({ tabs }) => tabs).find(isPreview);
  }

  private forget(): void {
    this.isOpen = false;
    this.texts.clear();
    this.followActiveTab();
  }

  private followActiveTab(): void {
    const active = this.isOpen && this.tab?.isActive === true && this.tab.group.isActive;
    void commands.executeCommand('setContext', 'rustCi.previewActive', active);
  }
}

function title(): string {
  return l10n.t('Rust CI preview');
}

/** VS Code adds the number of files to the title that it was given. A tab may be left from before a reload. */
function isPreview({ label }: Tab): boolean {
  return label.startsWith(title());
}

/** What people want to see comes first: the workflows as a change meets them, then what they need, last our records. */
function inReadingOrder(files: readonly PlannedFile[]): PlannedFile[] {
  const rank = ({ path }: PlannedFile) => {
    const id = workflowIds.findIndex((name) => path.endsWith(`/${name}.yml`));
    if (id >= 0) return id;
    if (path === manifestPath) return 99;
    return path.startsWith('.github/workflows/') ? 10 : path.startsWith('.github/') ? 30 : 20;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}
