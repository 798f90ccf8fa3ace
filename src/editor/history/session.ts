import { Disposable, EventEmitter, l10n, ViewColumn, window, workspace } from 'vscode';
import type { CodeLens, ExtensionContext, TextDocument, Uri, WebviewPanel } from 'vscode';
import type { GitHub } from '../github/github.js';
import { findPipelines } from '../scaffold/folder.js';
import type { Row } from '../tree/row.js';
import { ArtifactSource } from './artifact-source.js';
import { Delivery } from './delivery.js';
import { History } from './history.js';
import { lensesOf } from './lenses.js';
import { optionsOf } from './page.js';
import { HistoryPanel, viewType, wishOf } from './panel.js';
import { RemoteBranchSource } from './remote-branch-source.js';
import { benchmarkRows } from './rows.js';
import type { HistorySource } from './source.js';

/** Milliseconds of quiet after which a measurement has ended. */
const pause = 1500;

/** The histories of this window, and the one panel that shows them. */
export class Session implements Disposable {
  readonly #context: ExtensionContext;
  readonly #github: GitHub;
  readonly #delivery: Delivery;
  readonly #histories = new Map<string, History>();
  readonly #changed = new EventEmitter<void>();
  /** What is known of benchmarks has changed. */
  readonly onDidChange = this.#changed.event;
  readonly #ends: Disposable[] = [];
  #reading: ReturnType<typeof setTimeout> | undefined;
  #panel: HistoryPanel | undefined;
  #opening: Promise<unknown> = Promise.resolve();

  constructor(context: ExtensionContext, github: GitHub) {
    this.#context = context;
    this.#github = github;
    this.#delivery = new Delivery(github);
    const measured = workspace.createFileSystemWatcher('**/target/criterion/**/new/estimates.json', false, false, true);
    this.#ends.push(
      measured,
      measured.onDidCreate((uri) => {
        this.#measured(uri);
      }),
      measured.onDidChange((uri) => {
        this.#measured(uri);
      }),
    );
  }

  /** Opens the panel, or brings it to the front. */
  async show(argument: unknown): Promise<void> {
    if (!workspace.workspaceFolders?.length) {
      void window.showInformationMessage(l10n.t('Open the folder of a Rust project to see its history.'));
      return;
    }
    // Asked twice at once, it is still one panel.
    this.#opening = this.#opening.then(async () => {
      if (!this.#panel) await this.#create();
    });
    await this.#opening;
    this.#panel?.reveal(wishOf(argument));
  }

  /** Brings a panel back that was open before VS Code was reloaded. */
  async restore(panel: WebviewPanel): Promise<void> {
    const root = await this.#root();
    if (root) this.#adopt(panel, root);
    else panel.dispose();
  }

  async lenses(document: TextDocument): Promise<CodeLens[]> {
    const root = await this.#root(document.uri);
    return root ? lensesOf(document, this.#historyOf(root)) : [];
  }

  /** The benchmarks of a repository, as rows of a tree. */
  benchmarks(root: Uri): Promise<readonly Row[]> {
    return benchmarkRows(this.#historyOf(root));
  }

  dispose(): void {
    this.#panel?.dispose();
    clearTimeout(this.#reading);
    Disposable.from(...this.#ends, this.#delivery, ...this.#histories.values(), this.#changed).dispose();
  }

  async #create(): Promise<void> {
    const root = await this.#root();
    if (!root) return;
    const { extensionUri } = this.#context;
    const title = l10n.t('Rust CI: History');
    this.#adopt(window.createWebviewPanel(viewType, title, ViewColumn.Active, optionsOf(extensionUri)), root);
  }

  #adopt(panel: WebviewPanel, root: Uri): void {
    const surroundings = {
      extension: this.#context.extensionUri,
      history: this.#historyOf(root),
      github: this.#github,
      delivery: this.#delivery,
      sources: () => this.#sources(root),
    };
    const mine: HistoryPanel = new HistoryPanel(panel, surroundings, () => {
      if (this.#panel === mine) this.#panel = undefined;
    });
    this.#panel = mine;
  }

  /** Benchmarks are written one after the other; they are read when it is quiet. */
  #measured(file: Uri): void {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      for (const history of this.#histories.values()) {
        if (file.path.startsWith(`${history.root.path}/`)) void history.reload();
      }
    }, pause);
  }

  /** What GitHub has. */
  async #sources(root: Uri): Promise<HistorySource[]> {
    const repository = await this.#github.open();
    if (repository?.root.toString() !== root.toString()) return [];
    const { store } = repository;
    const known = () => this.#historyOf(root).points;
    return [new RemoteBranchSource(repository, this.#context.workspaceState), new ArtifactSource(store, known)];
  }

  #historyOf(root: Uri): History {
    const known = this.#histories.get(root.toString());
    if (known) return known;
    const made = new History(root, this.#context.globalStorageUri);
    made.onDidChange(() => {
      this.#changed.fire();
    });
    this.#histories.set(root.toString(), made);
    return made;
  }

  /** The repository that a file lies in, or else the one that is shown, has a pipeline, or comes first. */
  async #root(file?: Uri): Promise<Uri | undefined> {
    const shown = this.#github.current?.root;
    const pipelines = await findPipelines();
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const all = [...(shown ? [shown] : []), ...pipelines, ...folders];
    return file ? all.find((root) => `${file.path}/`.startsWith(`${root.path}/`)) : all[0];
  }
}
