import { commands, Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { TreeView } from 'vscode';
import { verdictOf } from '../../core/gates/verdict.js';
import type { Verdict } from '../../core/gates/gate.js';
import { registerCommands } from '../commands.js';
import type { Feature, Shared } from '../feature.js';
import type { OpenRepository } from '../github/github.js';
import { openPage, reportError } from '../github/problems-shown.js';
import { onMissedChanges } from '../missed-changes.js';
import { findPipelines } from '../scaffold/folder.js';
import { docsPath } from '../scaffold/messages.js';
import { StoreWatch } from '../github/watch-store.js';
import { gatePatterns } from '../status/gate-patterns.js';
import { headText, verdictText } from '../status/words.js';
import { LiveTree, type Entry } from '../tree/live-tree.js';
import type { Row } from '../tree/row.js';
import { targetOf } from '../tree/target.js';
import { coverageRow } from './rows/coverage.js';
import { gatesRow } from './rows/gates.js';
import { errorRow, noticeRow } from './rows/notice.js';
import { runsOf, workflowsRow, type Older } from './rows/workflows.js';

/** Milliseconds between two looks at the clock, while something runs and while nothing does. */
const ticks = { running: 10_000, idle: 60_000 };

/** The sidebar view that says whether the code may ship, and why not. Until somebody looks at it, it reads nothing. */
export const pipelineView: Feature = (_context, shared) => {
  const view = new PipelineView(shared);
  return Disposable.from(
    view,
    registerCommands({
      'rustCi.openDocs': openDocs,
      'rustCi.loadMoreRuns': (row?: unknown) => view.loadMore(row),
      'rustCi.revealRun': (runId?: unknown) => view.revealRun(runId),
    }),
  );
};

class PipelineView implements Disposable {
  readonly #shared: Shared;
  readonly #tree: LiveTree;
  readonly #view: TreeView<Entry>;
  readonly #ends: Disposable[] = [];
  readonly #looking: Disposable[] = [];
  /** Runs that "Load More" brought, by workflow id, of the repository and branch that they belong to. */
  #older: { readonly of: string; readonly runs: Map<number, Older> } = { of: '', runs: new Map() };
  readonly #watch = new StoreWatch('status');
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#tree = new LiveTree((error, id) => errorRow(error, id, shared.github.current));
    this.#view = window.createTreeView('rustCi.pipeline', { treeDataProvider: this.#tree, showCollapseAll: true });
    this.#ends.push(
      this.#view,
      this.#view.onDidChangeVisibility(() => {
        this.#look();
      }),
    );
    this.#look();
  }

  /** More of the older runs of a workflow. */
  async loadMore(row: unknown): Promise<void> {
    const { current } = this.#shared.github;
    const target = targetOf(row, 'workflow');
    if (!current || !target) return;
    const { workflow } = target;
    this.#keepOlder(current);
    const older = this.#older.runs;
    const known = runsOf(workflow, current.store.snapshot.runs, older);
    try {
      await window.withProgress({ location: { viewId: 'rustCi.pipeline' } }, async () => {
        const found = await current.store.moreRuns(workflow.id, known.at(-1) ?? null);
        const runs = [...(older.get(workflow.id)?.runs ?? known), ...found];
        older.set(workflow.id, { runs, complete: found.length === 0 });
      });
    } catch (error) {
      reportError(l10n.t('Older runs could not be listed.'), error, current.id);
    }
    this.#update();
  }

  /** Shows a run in the tree, opened; where it is not listed, its page. */
  async revealRun(runId: unknown): Promise<void> {
    await commands.executeCommand('rustCi.pipeline.focus');
    const { current } = this.#shared.github;
    const run = current?.store.snapshot.runs.find(({ id }) => id === runId);
    if (!run) return;
    this.#update();
    const path = ['workflows', `workflow/${run.workflowId}`, `run/${run.id}`];
    const entry = await this.#tree.find(path);
    if (entry) await this.#view.reveal(entry, { select: true, focus: true, expand: true });
    else await openPage(run.url);
  }

  dispose(): void {
    this.#tree.dispose();
    this.#rest();
    for (const one of this.#ends) one.dispose();
  }

  /** Begins to watch when the view is shown, and ends when it is not. */
  #look(): void {
    if (!this.#view.visible) {
      this.#rest();
      return;
    }
    if (this.#looking.length > 0) return;
    const { github, details } = this.#shared;
    const folders = () => void this.#showFolders();
    const manifests = workspace.createFileSystemWatcher('**/.github/rust-ci.json', false, true, false);
    this.#looking.push(
      manifests,
      manifests.onDidCreate(folders),
      manifests.onDidDelete(folders),
      workspace.onDidChangeWorkspaceFolders(folders),
      onMissedChanges(() => this.#showFolders()),
      github.onDidChange(() => {
        this.#update();
      }),
      details.onDidChange(() => {
        this.#update();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('rustCi.gates')) this.#update();
      }),
    );
    folders();
    void github.open().then(() => {
      this.#update();
    });
    this.#update();
  }

  #rest(): void {
    for (const one of this.#looking.splice(0)) one.dispose();
    clearTimeout(this.#tick);
    this.#watch.follow(undefined);
  }

  /** Draws what is known now. */
  #update(): void {
    if (this.#looking.length === 0) return;
    clearTimeout(this.#tick);
    const { current } = this.#shared.github;
    this.#watch.follow(current);
    const updatedAt = current?.store.snapshot.updatedAt ?? null;
    if (!current || updatedAt === null) {
      this.#showNothing(current);
      return;
    }
    this.#keepOlder(current);
    const now = Date.now();
    const { snapshot, connection } = current.store;
    const verdict = verdictOf(snapshot, gatePatterns(current.root));
    const hasGates = snapshot.runs.length > 0 || snapshot.current !== null || snapshot.main !== null;
    const rows = [
      noticeRow(current, now),
      hasGates ? gatesRow(current, verdict, this.#shared.details, now) : undefined,
      workflowsRow(current, this.#older.runs, now),
      coverageRow(current, this.#shared.details),
    ].filter((row): row is Row => row !== undefined);
    this.#tree.update(rows);
    this.#view.description = hasGates ? `${headText(verdict)} · ${verdictText(verdict)}` : headText(verdict);
    this.#view.badge = badge(verdict);
    void setContext('rustCi.empty', rows.length > 0 ? 'ready' : (connection.problem?.kind ?? 'noRuns'));
    void setContext('rustCi.signedIn', connection.signedIn);
    const moving = snapshot.runs.some(({ status }) => status !== 'completed');
    this.#tick = setTimeout(
      () => {
        this.#update();
      },
      moving ? ticks.running : ticks.idle,
    );
  }

  /** Nothing is known yet: a welcome text says why, or the problem does. */
  #showNothing(current: OpenRepository | undefined): void {
    const problem = current?.store.connection.problem ?? null;
    const spoken = problem === null || problem.kind === 'signed-out' || problem.kind === 'offline';
    const notice = current && !spoken ? noticeRow(current, Date.now()) : undefined;
    this.#tree.update(notice ? [notice] : []);
    this.#view.badge = undefined;
    this.#view.description = current ? headText(current.store.snapshot.head) : '';
    const empty = current ? (problem?.kind ?? 'loading') : this.#shared.github.finding.kind;
    void setContext('rustCi.empty', empty);
  }

  /** Older runs of another branch or repository are no longer wanted. */
  #keepOlder({ id, store }: OpenRepository): void {
    const of = `${id.host}/${id.owner}/${id.name} ${String(store.snapshot.head.branch)}`;
    if (this.#older.of !== of) this.#older = { of, runs: new Map() };
  }

  /** Tells the welcome texts which of the folders have a pipeline. */
  async #showFolders(): Promise<void> {
    const pipelines = await findPipelines();
    const folders = workspace.workspaceFolders ?? [];
    const lacking = folders.some(({ uri }) => pipelines.every((root) => !root.path.startsWith(uri.path)));
    await setContext('rustCi.hasPipeline', pipelines.length > 0);
    await setContext('rustCi.lacksPipeline', lacking);
  }
}

function badge({ gates }: Verdict): TreeView<Entry>['badge'] {
  const failing = gates.filter(({ state }) => state === 'failed').length;
  if (failing === 0) return undefined;
  return { value: failing, tooltip: failing === 1 ? l10n.t('1 gate fails') : l10n.t('{0} gates fail', failing) };
}

const setContext = (key: string, value: unknown) => commands.executeCommand('setContext', key, value);

async function openDocs(): Promise<void> {
  const [root] = await findPipelines();
  if (root) await commands.executeCommand('markdown.showPreview', Uri.joinPath(root, docsPath));
}
