import { commands, Disposable, l10n, window } from 'vscode';
import type { TreeView } from 'vscode';
import { approvalsOf, environmentStates } from '../../core/delivery/live.js';
import { registerCommands } from '../commands.js';
import type { Feature, Shared } from '../feature.js';
import type { OpenRepository } from '../github/github.js';
import { StoreWatch } from '../github/watch-store.js';
import { errorRow, noticeRow } from '../pipeline/rows/notice.js';
import { LiveTree, type Entry } from '../tree/live-tree.js';
import type { Row } from '../tree/row.js';
import { environmentRow } from './rows/environments.js';
import { imagesRow } from './rows/images.js';
import { releasesRow } from './rows/releases.js';

/** Milliseconds between two looks at the clock. */
const tick = 60_000;

/** The sidebar view of what is live and what waits to be. Until somebody looks at it, it asks nothing. */
export const deliveryView: Feature = (_context, shared) => {
  const view = new DeliveryView(shared);
  return Disposable.from(
    view,
    registerCommands({ 'rustCi.showImages': () => commands.executeCommand('rustCi.signIn', { images: true }) }),
  );
};

class DeliveryView implements Disposable {
  readonly #shared: Shared;
  readonly #tree: LiveTree;
  readonly #view: TreeView<Entry>;
  readonly #visibility: Disposable;
  #listening: Disposable | undefined;
  readonly #watch = new StoreWatch('delivery');
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#tree = new LiveTree((error, id) => errorRow(error, id, shared.github.current));
    this.#view = window.createTreeView('rustCi.delivery', { treeDataProvider: this.#tree, showCollapseAll: true });
    this.#visibility = this.#view.onDidChangeVisibility(() => {
      this.#look();
    });
    this.#look();
  }

  dispose(): void {
    this.#rest();
    this.#visibility.dispose();
    this.#view.dispose();
    this.#tree.dispose();
  }

  #look(): void {
    if (!this.#view.visible) {
      this.#rest();
      return;
    }
    if (this.#listening) return;
    const { github } = this.#shared;
    this.#listening = github.onDidChange(() => {
      this.#update();
    });
    this.#timer = setInterval(() => {
      this.#update();
    }, tick);
    void github.open().then(() => {
      this.#update();
    });
    this.#update();
  }

  #rest(): void {
    this.#listening?.dispose();
    this.#listening = undefined;
    clearInterval(this.#timer);
    this.#watch.follow(undefined);
  }

  #update(): void {
    if (!this.#listening) return;
    const { current } = this.#shared.github;
    this.#watch.follow(current);
    this.#tree.update(current ? rowsOf(current) : []);
    this.#view.badge = current && badge(current);
  }
}

function rowsOf(repository: OpenRepository): Row[] {
  const now = Date.now();
  const { snapshot, connection } = repository.store;
  if (snapshot.updatedAt === null) return [];
  const environments = (environmentStates(snapshot) ?? []).map((state) => environmentRow(state, now));
  const rows = [...environments, releasesRow(snapshot.delivery.releases, now), imagesRow(repository, now)].filter(
    (row): row is Row => row !== undefined,
  );
  // What is shown may be old: then it says so on top.
  const notice = connection.problem === null ? undefined : noticeRow(repository, now);
  return notice && rows.length > 0 ? [notice, ...rows] : rows;
}

/** How many deployments wait for the person who is signed in. */
function badge({ store }: OpenRepository): TreeView<Entry>['badge'] {
  const mine = approvalsOf(store.snapshot).filter(({ pending }) => pending.canApprove).length;
  if (mine === 0) return undefined;
  return {
    value: mine,
    tooltip:
      mine === 1
        ? l10n.t('1 deployment waits for your approval')
        : l10n.t('{0} deployments wait for your approval', mine),
  };
}
