import { commands, Disposable, Uri, window, workspace } from 'vscode';
import type { TreeDataProvider } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { onMissedChanges } from '../missed-changes.js';
import { findPipelines } from '../scaffold/folder.js';
import { docsPath } from '../scaffold/messages.js';

/** Nothing to list yet: the view shows its welcome text. */
const empty: TreeDataProvider<never> = { getChildren: () => [], getTreeItem: (node) => node };

/** The sidebar view. Until somebody looks at it, it reads nothing. */
export const pipelineView: Feature = () => {
  const view = window.createTreeView('rustCi.pipeline', { treeDataProvider: empty });
  const watching: Disposable[] = [];
  const refresh = () => void showState();
  const start = () => {
    if (!view.visible) return;
    refresh();
    if (watching.length > 0) return;
    const manifests = workspace.createFileSystemWatcher('**/.github/rust-ci.json', false, true, false);
    watching.push(
      manifests,
      manifests.onDidCreate(refresh),
      manifests.onDidDelete(refresh),
      workspace.onDidChangeWorkspaceFolders(refresh),
      onMissedChanges(showState),
    );
  };
  return Disposable.from(
    view,
    view.onDidChangeVisibility(start),
    registerCommands({ 'rustCi.openDocs': openDocs }),
    new Disposable(() => {
      for (const one of watching) one.dispose();
    }),
  );
};

/** Tells the welcome texts which of the folders have a pipeline. */
async function showState(): Promise<void> {
  const pipelines = await findPipelines();
  const folders = workspace.workspaceFolders ?? [];
  const lacking = folders.some(({ uri }) => pipelines.every((root) => !root.path.startsWith(uri.path)));
  await commands.executeCommand('setContext', 'rustCi.hasPipeline', pipelines.length > 0);
  await commands.executeCommand('setContext', 'rustCi.lacksPipeline', lacking);
}

async function openDocs(): Promise<void> {
  const [root] = await findPipelines();
  if (root) await commands.executeCommand('markdown.showPreview', Uri.joinPath(root, docsPath));
}
