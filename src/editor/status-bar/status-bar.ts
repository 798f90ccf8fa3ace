import { Disposable, l10n, StatusBarAlignment, ThemeColor, Uri, window, workspace } from 'vscode';
import type { MarkdownString, StatusBarItem } from 'vscode';
import { coverageOf } from '../../core/gates/coverage.js';
import type { GateState, Verdict } from '../../core/gates/gate.js';
import { verdictOf } from '../../core/gates/verdict.js';
import type { Feature, Shared } from '../feature.js';
import type { OpenRepository } from '../github/github.js';
import { StoreWatch } from '../github/watch-store.js';
import { showProblem } from '../github/problems-shown.js';
import { gatePatterns } from '../status/gate-patterns.js';
import { tooltip } from '../status/tooltip.js';
import { age, amount, gateSentence, headText, verdictText } from '../status/words.js';

/** Milliseconds after activation, which itself looks at no file. */
const startDelay = 150;

/** How many gates the hover lists that do not pass. */
const mostGates = 8;

/** One item in the status bar: the verdict on what is checked out. It is there only for repositories with workflows. */
export const statusBar: Feature = (_context, shared) => {
  const bar = new StatusBar(shared);
  const timer = setTimeout(() => void bar.start(), startDelay);
  return Disposable.from(
    bar,
    new Disposable(() => {
      clearTimeout(timer);
    }),
  );
};

class StatusBar implements Disposable {
  readonly #shared: Shared;
  #item: StatusBarItem | undefined;
  #listening: Disposable | undefined;
  readonly #watch = new StoreWatch('status');
  /** The folders have workflows: reason enough to look for their repository. */
  #expected = false;
  #disposed = false;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  async start(): Promise<void> {
    this.#expected = await hasWorkflows();
    if (this.#disposed) return;
    const { github } = this.#shared;
    const item = window.createStatusBarItem('rustCi.verdict', StatusBarAlignment.Left, 40);
    item.name = l10n.t('Rust CI');
    item.command = 'rustCi.pipeline.focus';
    this.#item = item;
    this.#listening = Disposable.from(
      github.onDidChange(() => {
        this.#update();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('rustCi')) this.#update();
      }),
    );
    // Without workflows here, it is for others to find the repository, which may have some by then.
    if (this.#expected) await github.open();
    this.#update();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch.follow(undefined);
    this.#listening?.dispose();
    this.#item?.dispose();
  }

  #update(): void {
    const item = this.#item;
    if (!item || this.#disposed) return;
    const { current } = this.#shared.github;
    // Without a sign-in, the few questions an hour are for who looks at the view.
    const wanted = this.#expected || (current?.store.snapshot.workflows ?? []).length > 0;
    this.#watch.follow(wanted && current?.store.connection.signedIn === true ? current : undefined);
    const updatedAt = current?.store.snapshot.updatedAt ?? null;
    if (!current || updatedAt === null) {
      item.hide();
      return;
    }
    const verdict = verdictOf(current.store.snapshot, gatePatterns(current.root));
    if (verdict.counted === 0) {
      item.hide();
      return;
    }
    const old = current.store.connection.problem !== null;
    item.text = `$(${old ? 'debug-disconnect' : icons[verdict.state]}) ${shortText(verdict)}`;
    item.backgroundColor =
      verdict.state === 'failed' && !old ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    item.tooltip = summary(current, verdict);
    item.accessibilityInformation = {
      label: l10n.t('Rust CI: {0}, {1}', headText(verdict), verdictText(verdict)),
      role: 'button',
    };
    item.show();
  }
}

const icons: Readonly<Record<GateState, string>> = {
  failed: 'error',
  unknown: 'question',
  waiting: 'bell',
  running: 'sync~spin',
  queued: 'watch',
  stale: 'history',
  skipped: 'circle-slash',
  notSetUp: 'circle-large-outline',
  passed: 'pass',
};

function shortText({ gates, passed, counted, state }: Verdict): string {
  const failing = gates.filter((gate) => gate.state === 'failed');
  const [first] = failing;
  // One that fails is named: it is what one wants to know.
  if (failing.length === 1 && first) return l10n.t('{0} fails', first.title);
  if (failing.length > 1) return l10n.t('{0} gates fail', failing.length);
  if (state === 'stale' && passed === 0) return l10n.t('Not checked yet');
  return state === 'passed' ? l10n.t('Gates pass') : l10n.t('{0} of {1} gates', passed, counted);
}

function summary({ id, store }: OpenRepository, verdict: Verdict): MarkdownString {
  const now = Date.now();
  const { snapshot, connection } = store;
  const coverage = coverageOf(snapshot);
  const open = verdict.gates.filter(({ state }) => state !== 'passed' && state !== 'skipped' && state !== 'notSetUp');
  const more = open.length - mostGates;
  const { updatedAt } = snapshot;
  const text = tooltip(
    [
      `${id.owner}/${id.name} · ${headText(verdict)}`,
      verdictText(verdict),
      ...open.slice(0, mostGates).map((gate) => gateSentence(gate, now)),
      more > 0 ? l10n.t('and {0} more', more) : undefined,
      coverage && !open.some((gate) => gate.id === 'coverage')
        ? l10n.t('Coverage: {0} of lines', amount(coverage.percent, '%'))
        : undefined,
      connection.problem ? showProblem(connection.problem, id).text : undefined,
      updatedAt === null ? undefined : l10n.t('As of {0}', age(updatedAt, now)),
    ],
    [
      { title: l10n.t('Show Gates'), command: 'rustCi.pipeline.focus' },
      { title: l10n.t('Refresh'), command: 'rustCi.refresh' },
      { title: l10n.t('Open on GitHub'), command: 'rustCi.openOnGitHub' },
    ],
  );
  return text;
}

/** Whether a folder of the window has workflows. */
async function hasWorkflows(): Promise<boolean> {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const found = await workspace.fs.stat(Uri.joinPath(uri, '.github/workflows')).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
