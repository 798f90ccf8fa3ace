import { workspace } from 'vscode';
import type { DocumentFilter, Uri } from 'vscode';

/** The files that are checked, by path alone: other extensions give them languages of their own. */
export const lintedFiles =
  '**/{.github/workflows/*.yml,.github/workflows/*.yaml,action.yml,action.yaml,.github/dependabot.yml,.github/dependabot.yaml}';

/** For what code actions and hovers are registered. */
export const lintedDocuments: DocumentFilter = { pattern: lintedFiles };

/** Build output, libraries and git's own files. */
export const skippedFolders = '**/{target,node_modules,.git}/**';

const linted = /\/(?:\.github\/workflows\/[^/]+|action|\.github\/dependabot)\.ya?ml$/;
const skipped = /\/(?:target|node_modules|\.git)\//;

/** Whether a file is checked when it is open. The old side of a diff and other views of a file are not. */
export function isLinted(uri: Uri): boolean {
  return linted.test(uri.path) && (uri.scheme === 'file' || workspace.getWorkspaceFolder(uri) !== undefined);
}

/** Whether a file lies where nobody writes by hand. */
export function isSkipped(uri: Uri): boolean {
  return skipped.test(uri.path);
}

/** The path of a file below a folder; undefined where it lies elsewhere. */
export function pathBelow(folder: Uri, uri: Uri): string | undefined {
  if (uri.scheme !== folder.scheme || uri.authority !== folder.authority) return undefined;
  const prefix = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path.startsWith(prefix) ? uri.path.slice(prefix.length) : undefined;
}
