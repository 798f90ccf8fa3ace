import { commands, Disposable, l10n, window } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { reportError } from '../github/problems-shown.js';
import { loadOperate } from '../operate/load-operate.js';
import { needRepository } from '../runs/pick.js';
import type { Checklist } from './checklist.js';
import { ChecklistTree, type Row } from './view.js';

const shownKey = 'rustCi.setUpShown';
/** Milliseconds after activation. */
const startDelay = 100;

/** A checklist of what a delivery needs of GitHub, with a button for each item that is not as it should be. */
export const setUp: Feature = ({ workspaceState }, { github }) => {
  const tree = new ChecklistTree();
  const view = window.createTreeView('rustCi.setUp', { treeDataProvider: tree });
  let checklist: Checklist | undefined;
  let fixing = false;

  const read = async () => {
    const open = await needRepository(github);
    if (!open) return;
    try {
      await window.withProgress({ location: { viewId: 'rustCi.setUp' } }, async () => {
        const { readChecklist } = await loadOperate();
        checklist = await readChecklist(open);
        tree.show(checklist.items, open.id);
        const { items } = checklist;
        view.description = l10n.t(
          '{0} of {1} set up',
          items.filter(({ state }) => state === 'done').length,
          items.length,
        );
      });
    } catch (error) {
      reportError(l10n.t('What is set up could not be read.'), error, open.id);
    }
  };

  const setShown = async (shown: boolean) => {
    await commands.executeCommand('setContext', shownKey, shown);
    await workspaceState.update(shownKey, shown);
  };
  // A checklist that was open stays open; it is read when somebody asks for it. Activation itself reads nothing.
  const timer = setTimeout(() => {
    if (workspaceState.get(shownKey) === true) void commands.executeCommand('setContext', shownKey, true);
  }, startDelay);

  const show = async () => {
    await setShown(true);
    await commands.executeCommand('rustCi.setUp.focus');
    await read();
  };

  const fixItem = async (row?: Row) => {
    const item = checklist?.items.find(({ id }) => id === row?.item.id);
    if (!checklist || !item || fixing) return;
    fixing = true;
    try {
      const { fix } = await loadOperate();
      if (await fix(checklist, item)) await read();
    } finally {
      fixing = false;
    }
  };

  return Disposable.from(
    tree,
    view,
    new Disposable(() => {
      clearTimeout(timer);
    }),
    registerCommands({
      'rustCi.setUpDelivery': show,
      'rustCi.setUpItem': fixItem,
      'rustCi.refreshSetUp': read,
      'rustCi.hideSetUp': () => setShown(false),
    }),
  );
};
