import { commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { Disposable, Tab } from 'vscode';
import type { PlannedFile, Sides } from '../../core/scaffold/plan.js';
import type { Preview } from './preview.js';
import type { Scratch } from './scratch.js';

/**
 * Has a person merge a file in VS Code's merge editor. The result goes to a file in memory: the file itself stays as it
 * is until the whole pipeline is written.
 *
 * @returns the merged text; undefined when the person gave up or left places undecided
 */
export async function mergeByHand(
  preview: Preview,
  scratch: Scratch,
  root: Uri,
  { path }: PlannedFile,
  sides: Sides,
): Promise<string | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const output = scratch.create(path, sides.marked);
  await commands.executeCommand('setContext', 'rustCi.merging', [output]);
  try {
    const tab = await openEditor(preview, Uri.joinPath(root, path), output, sides);
    if (!(await finished(tab, name))) return undefined;
    const text = new TextDecoder().decode(scratch.readFile(output));
    return /^(?:<{7}|={7}|>{7})/m.test(text) ? undefined : text;
  } finally {
    await commands.executeCommand('setContext', 'rustCi.merging', undefined);
    scratch.delete(output);
  }
}

/** Saves the merge and closes its editor, which ends `mergeByHand`. */
export async function useMerge(): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  await commands.executeCommand('workbench.action.files.save');
  if (tab) await window.tabGroups.close(tab);
}

async function openEditor(preview: Preview, file: Uri, output: Uri, sides: Sides): Promise<Tab | undefined> {
  if (sides.base === undefined) {
    // Without a common ancestor the merge editor has nothing to show; conflict markers have.
    await window.showTextDocument(output, { preview: false });
  } else {
    await commands.executeCommand('_open.mergeEditor', {
      base: preview.text(file, sides.base),
      input1: {
        uri: preview.text(file, sides.theirs),
        title: l10n.t('Rust CI'),
        description: l10n.t('the template now'),
      },
      input2: { uri: preview.text(file, sides.yours), title: l10n.t('Yours'), description: l10n.t('your file') },
      output,
    });
  }
  return window.tabGroups.activeTabGroup.activeTab;
}

/** Waits until the editor is closed; false when the person cancelled. */
async function finished(tab: Tab | undefined, name: string): Promise<boolean> {
  const message = l10n.t('Decide the marked places of {0}, then choose “Use Merge” above the editor.', name);
  const options = { location: ProgressLocation.Notification, cancellable: true, title: message };
  return window.withProgress(options, async (_, token) => {
    const listeners: Disposable[] = [];
    const closed = await new Promise<boolean>((resolve) => {
      listeners.push(
        token.onCancellationRequested(() => {
          resolve(false);
        }),
        window.tabGroups.onDidChangeTabs((event) => {
          if (event.closed.some((one) => one === tab || one.label === tab?.label)) resolve(true);
        }),
      );
    });
    for (const listener of listeners) listener.dispose();
    if (!closed && tab) await abandon(tab);
    return closed;
  });
}

/** Closes the editor without asking about the places that are left: nothing of it is used. */
async function abandon(tab: Tab): Promise<void> {
  if (tab.isActive) await commands.executeCommand('merge.acceptAllInput2');
  await commands.executeCommand('workbench.action.files.save');
  await window.tabGroups.close(tab);
}
