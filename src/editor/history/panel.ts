import * as v from 'valibot';
import { commands, Disposable, env, l10n, Uri, window, workspace } from 'vscode';
import type { WebviewPanel } from 'vscode';
import { byBenchmark } from '../../core/history/panel/benchmark.js';
import {
  receive,
  tabs,
  toEditorSchema,
  type Tab,
  type ToEditor,
  type ToPanel,
} from '../../core/history/panel/messages.js';
import { overviewOf } from '../../core/history/panel/overview.js';
import { choicesOf, compared, counterpart } from '../../core/history/panel/runs.js';
import { benchmarkOf } from '../../core/history/panel/series.js';
import { localRunner } from '../../core/history/panel/benchmark.js';
import type { GitHub } from '../github/github.js';
import { downloadArtifact } from './artifacts.js';
import { acceptChange } from './baselines.js';
import { openSource } from './bench-sources.js';
import type { History } from './history.js';
import { showError, type ShownProblem } from '../github/problems-shown.js';
import { openPage } from './links.js';
import { optionsOf, pageOf } from './page.js';
import type { Delivery } from './delivery.js';
import type { HistorySource } from './source.js';

export const viewType = 'rustCi.history';

const wishSchema = v.object({
  tab: v.optional(v.picklist(tabs)),
  /** Criterion's id. */
  benchmark: v.optional(v.string()),
  /** Compare the working copy with the default branch. */
  compare: v.optional(v.boolean()),
});
/** What to show once the panel is open. */
export type Wish = v.InferOutput<typeof wishSchema>;

/** What an argument of a command wishes; a tree passes its rows, which wish nothing. */
export function wishOf(argument: unknown): Wish {
  const result = v.safeParse(wishSchema, argument);
  return result.success ? result.output : {};
}

export interface Surroundings {
  readonly extension: Uri;
  readonly history: History;
  readonly github: GitHub;
  readonly delivery: Delivery;
  /** Where runs come from besides this computer. */
  readonly sources: () => Promise<readonly HistorySource[]>;
}

/** The panel as the editor sees it: answers its messages, tells it what is new. */
export class HistoryPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #around: Surroundings;
  readonly #ends: Disposable[] = [];
  #wish: Wish | undefined;
  #ready = false;
  #signedIn: boolean | undefined;
  #selected: string | undefined;
  #loading: AbortController | undefined;
  #posting: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: WebviewPanel, around: Surroundings, disposed: () => void) {
    this.#panel = panel;
    this.#around = around;
    panel.iconPath = Uri.joinPath(around.extension, 'media/rust-ci.svg');
    panel.webview.options = optionsOf(around.extension);
    this.#ends.push(
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const received = receive(toEditorSchema, data);
        if (received.ok) void this.#answer(received.message);
        else console.warn(`Rust CI: the history panel sent a message that was refused: ${received.problem}`);
      }),
      panel.onDidDispose(() => {
        this.dispose();
        disposed();
      }),
      panel.onDidChangeViewState(() => {
        around.delivery.watch(panel.visible);
      }),
      around.github.onDidChange(() => {
        this.#signedInOrOut();
      }),
      around.history.onDidChange(() => {
        this.#postSoon();
      }),
      around.delivery.onDidChange(() => {
        this.#postDelivery();
      }),
    );
    panel.webview.html = pageOf(panel.webview, around.extension, panel.title);
  }

  /** Brings it to the front, and shows what is wished. */
  reveal(wish: Wish): void {
    this.#panel.reveal();
    this.#wish = wish;
    // A webview that was hidden begins anew, and is ready only then.
    if (this.#ready) this.#fulfil();
  }

  dispose(): void {
    this.#loading?.abort();
    this.#around.delivery.watch(false);
    clearTimeout(this.#posting);
    Disposable.from(...this.#ends.splice(0)).dispose();
  }

  #post(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }

  async #answer(message: ToEditor): Promise<void> {
    const { history, github } = this.#around;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#postHistory();
        this.#postDelivery();
        this.#fulfil();
        if (!this.#loading) await this.#load();
        break;
      case 'select':
        this.#selected = message.key;
        this.#postBenchmark();
        break;
      case 'compare':
        this.#compare(message.from, message.to);
        break;
      case 'openSource':
        await this.#openSource(message.key);
        break;
      case 'openCommit':
        await openPage(await github.open(), { kind: 'commit', sha: message.sha });
        break;
      case 'openRun':
        await openPage(await github.open(), { kind: 'run', run: message.run });
        break;
      case 'downloadArtifact':
        await downloadArtifact(await github.open(), Number(message.run));
        break;
      case 'openRelease':
        await openPage(await github.open(), { kind: 'release', tag: message.tag });
        break;
      case 'accept':
        await this.#accept(message);
        break;
      case 'export':
        await save(message, history.root);
        break;
      case 'copy':
        await env.clipboard.writeText(message.content);
        window.setStatusBarMessage(l10n.t('Copied to the clipboard.'), 3000);
        break;
      case 'rollBack':
        if (await this.#around.delivery.canRollBack()) {
          await commands.executeCommand('rustCi.rollback', { tag: message.tag });
        }
        break;
      case 'approve':
        await this.#around.delivery.review(Number(message.run));
        break;
      case 'cancel':
        this.#loading?.abort();
        break;
      case 'action':
        await this.#act(message);
    }
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const report = (text: string | null, share?: number) => {
      if (this.#loading === loading) this.#post({ type: 'progress', tab: 'benchmarks', text, share: share ?? null });
    };
    report(l10n.t('Looking for benchmark runs'));
    await Promise.all([
      this.#around.history.load(this.#around.sources, loading.signal, report, (error) => {
        const id = this.#around.github.current?.id;
        return id ? showError(error, id) : { text: String(error), button: undefined };
      }),
      this.#around.delivery.load(loading.signal, (text, share) => {
        this.#post({ type: 'progress', tab: 'releases', text, share: share ?? null });
      }),
    ]);
    report(null);
    this.#post({ type: 'progress', tab: 'releases', text: null, share: null });
    this.#postHistory();
  }

  /** Who signs in sees more, so it is asked for again. */
  #signedInOrOut(): void {
    const signedIn = this.#around.github.current?.store.connection.signedIn;
    const before = this.#signedIn;
    this.#signedIn = signedIn;
    if (this.#ready && before !== undefined && signedIn !== before) void this.#load();
  }

  /** Runs come in crowds; the panel draws once for each. */
  #postSoon(): void {
    if (this.#posting !== undefined) return;
    this.#posting = setTimeout(() => {
      this.#posting = undefined;
      this.#postHistory();
    }, 100);
  }

  #postHistory(): void {
    if (!this.#ready) return;
    const { history, github } = this.#around;
    const choices = choicesOf(history.points, history.localBaselines);
    const id = github.current?.id;
    this.#post({
      type: 'overview',
      rows: overviewOf(history.runs, history.branch),
      complete: history.complete,
      runs: choices.map((choice) => ({ id: choice.id, label: choice.label })),
      repository: id ? `${id.owner}/${id.name}` : null,
    });
    this.#postNotes('benchmarks');
    this.#postBenchmark();
    if (this.#wish) this.#fulfil();
  }

  /** What went wrong, each with its button. */
  #problems(tab: Tab): readonly { readonly text: string; readonly button: ShownProblem['button'] }[] {
    const { history, delivery } = this.#around;
    return (tab === 'benchmarks' ? history.problems : delivery.problems).slice(0, 5);
  }

  #postNotes(tab: Tab): void {
    const notes = this.#problems(tab).map(({ text, button }) => ({
      kind: 'warning' as const,
      text,
      action: button ? { action: 'help' as const, label: button.title } : null,
    }));
    this.#post({ type: 'notes', tab, notes });
  }

  #postBenchmark(): void {
    const { history, delivery } = this.#around;
    const key = this.#selected;
    const runs = key === undefined ? undefined : byBenchmark(history.runs, ({ point }) => point).get(key);
    const benchmark = runs && key !== undefined ? benchmarkOf(key, runs, history.branch, delivery.moments) : undefined;
    if (benchmark) this.#post({ type: 'benchmark', benchmark });
  }

  #postDelivery(): void {
    if (!this.#ready) return;
    const { delivery } = this.#around;
    void delivery.canRollBack().then((canRollBack) => {
      this.#post({ type: 'releases', timeline: delivery.timeline, canRollBack });
      this.#postNotes('releases');
    });
  }

  /** Shows what was asked for, as far as it is known by now. */
  #fulfil(): void {
    const wish = this.#wish;
    if (!wish) return;
    const { history } = this.#around;
    if (wish.benchmark === undefined && wish.compare !== true) {
      this.#wish = undefined;
      if (wish.tab) this.#post({ type: 'show', tab: wish.tab, benchmark: null, compare: null });
      return;
    }
    const row = overviewOf(history.runs, history.branch).find(({ benchmark }) => benchmark === wish.benchmark);
    const choices = choicesOf(history.points, history.localBaselines);
    const from = wish.compare === true ? counterpart(choices, history.branch) : undefined;
    if (!row && from === undefined && !history.complete) return;
    this.#wish = undefined;
    const compare = from === undefined ? null : { from, to: localRunner };
    this.#post({ type: 'show', tab: 'benchmarks', benchmark: row?.key ?? null, compare });
  }

  #compare(from: string, to: string): void {
    const { history } = this.#around;
    const rows = compared(choicesOf(history.points, history.localBaselines), from, to);
    if (rows) this.#post({ type: 'comparison', from, to, rows });
  }

  #pointOf(key: string) {
    const { history } = this.#around;
    return byBenchmark(history.points, (point) => point).get(key)?.[0];
  }

  async #openSource(key: string): Promise<void> {
    const point = this.#pointOf(key);
    if (point) await openSource(this.#around.history.root, point.benchmark);
  }

  async #accept({ key, run, commit, runner, toolchain }: Extract<ToEditor, { type: 'accept' }>): Promise<void> {
    const point = this.#pointOf(key);
    if (!point) return;
    const reason = await window.showInputBox({
      title: l10n.t('Accept a Change of {0}', point.benchmark),
      prompt: l10n.t('Why is the change fine? It is written to .github/rust-ci-baselines.json, for everybody to read.'),
    });
    if (reason === undefined) return;
    const number = Number(run);
    const accepted = await acceptChange(this.#around.history.root, {
      benchmark: point.benchmark,
      run: Number.isSafeInteger(number) ? number : run,
      ...(commit !== null && { commit }),
      ...(runner !== null && { runner }),
      ...(toolchain !== null && { toolchain }),
      ...(reason.trim() !== '' && { reason: reason.trim() }),
      at: new Date().toISOString(),
    });
    if (!accepted) return;
    await this.#around.history.rejudge();
  }

  async #act({ action, tab, index }: Extract<ToEditor, { type: 'action' }>): Promise<void> {
    switch (action) {
      case 'reload':
        await this.#load();
        break;
      case 'scaffold':
        await commands.executeCommand('rustCi.scaffold');
        break;
      case 'help': {
        const button = this.#problems(tab)[index ?? 0]?.button;
        if (!button) return;
        await commands.executeCommand(button.command, ...(button.arguments ?? []));
        await this.#load();
      }
    }
  }
}

async function save({ format, name, content }: Extract<ToEditor, { type: 'export' }>, root: Uri): Promise<void> {
  const filters = { csv: { CSV: ['csv'] }, json: { JSON: ['json'] }, svg: { SVG: ['svg'] } }[format];
  const file = await window.showSaveDialog({ defaultUri: Uri.joinPath(root, `${name}.${format}`), filters });
  if (!file) return;
  try {
    await workspace.fs.writeFile(file, new TextEncoder().encode(content));
  } catch (error) {
    void window.showErrorMessage(l10n.t('The file could not be written: {0}', String(error)));
  }
}
