import { platform } from '#platform';
import { FilePermission, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { InputError } from '../../core/scaffold/input-error.js';
import type { PlannedFile } from '../../core/scaffold/plan.js';
import { l10n } from 'vscode';
import { EditorWorkspace } from './workspace.js';

/** Throws an InputError that names the first file which could not be written. Changes nothing. */
export async function preflight(root: Uri, changes: readonly PlannedFile[]): Promise<void> {
  if (workspace.fs.isWritableFileSystem(root.scheme) === false) {
    throw new InputError({
      what: l10n.t('The folder is read-only.'),
      advice: l10n.t('Open the repository where you may change it, for example in a clone of your own.'),
    });
  }
  const files = new EditorWorkspace(root);
  for (const { path } of changes) {
    const uri = files.uri(path);
    if (workspace.textDocuments.some((document) => document.isDirty && sameFile(document.uri, uri))) {
      throw new InputError({
        file: path,
        what: l10n.t('The file has unsaved changes.'),
        advice: l10n.t('Save or revert it, then try again.'),
      });
    }
    const nearest = await nearestExisting(files, path);
    if (!(await mayWrite(files.uri(nearest)))) {
      throw new InputError({
        file: path,
        what:
          nearest === path
            ? l10n.t('The file is read-only.')
            : l10n.t('The folder {0} is read-only.', nearest === '.' ? root.fsPath : nearest),
        advice: l10n.t('Allow writing to it, then try again.'),
      });
    }
  }
}

/** The path itself or the nearest folder above it that is there. */
async function nearestExisting(files: EditorWorkspace, path: string): Promise<string> {
  for (let at = path; at.includes('/'); at = at.slice(0, at.lastIndexOf('/'))) {
    if ((await files.kind(at)) !== undefined) return at;
  }
  const [top = '.'] = path.split('/');
  return (await files.kind(top)) === undefined ? '.' : top;
}

async function mayWrite(uri: Uri): Promise<boolean> {
  const { permissions } = await workspace.fs.stat(uri);
  if (permissions !== undefined && permissions & FilePermission.Readonly) return false;
  return uri.scheme !== 'file' || platform.isWritable(uri.fsPath);
}

function sameFile(a: Uri, b: Uri): boolean {
  return a.scheme === b.scheme && a.path === b.path && a.authority === b.authority;
}
