import { Disposable, l10n, ViewColumn, window, workspace } from 'vscode';
import type { Uri, WebviewPanel } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { findPipelines } from '../scaffold/folder.js';
import { BranchSource } from './branch-source.js';
import { Delivery } from './delivery.js';
import { History } from './history.js';
import { optionsOf } from './page.js';
import { HistoryPanel, viewType, wishOf } from './panel.js';

/** Benchmarks one can trust, releases one can see: the panel, and what stands over benchmarks in the code. */
export const history: Feature = (context, { github }) => {
  const histories = new Map<string, History>();
  const delivery = new Delivery(github);
  let open: HistoryPanel | undefined;

  const historyOf = (root: Uri) => {
    const known = histories.get(root.toString());
    if (known) return known;
    const made = new History(root, context.globalStorageUri);
    histories.set(root.toString(), made);
    return made;
  };
  const root = async () => github.current?.root ?? (await findPipelines())[0] ?? workspace.workspaceFolders?.[0]?.uri;
  const adopt = async (panel: WebviewPanel) => {
    const folder = await root();
    if (!folder) {
      panel.dispose();
      return undefined;
    }
    open = new HistoryPanel(
      panel,
      {
        extension: context.extensionUri,
        history: historyOf(folder),
        github,
        delivery,
        sources: () => Promise.resolve([new BranchSource(folder)]),
      },
      () => {
        open = undefined;
      },
    );
    return open;
  };
  const create = () => {
    const title = l10n.t('Rust CI: History');
    return adopt(window.createWebviewPanel(viewType, title, ViewColumn.Active, optionsOf(context.extensionUri)));
  };
  let opening: Promise<unknown> = Promise.resolve();
  const show = async (wish: unknown) => {
    if (!workspace.workspaceFolders?.length) {
      void window.showInformationMessage(l10n.t('Open the folder of a Rust project to see its history.'));
      return;
    }
    // Asked twice at once, it is still one panel.
    opening = opening.then(() => open ?? create());
    await opening;
    open?.reveal(wishOf(wish));
  };

  return Disposable.from(
    delivery,
    registerCommands({
      'rustCi.showHistory': (wish?: unknown) => show(wish),
      'rustCi.compareBenchmarks': () => show({ tab: 'benchmarks', compare: true }),
    }),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => {
        await adopt(panel);
      },
    }),
    new Disposable(() => {
      open?.dispose();
      for (const each of histories.values()) each.dispose();
    }),
  );
};
