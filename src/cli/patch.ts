import { formatPatch, structuredPatch } from 'diff';
import type { PlannedFile } from '../core/scaffold/plan.js';

/** The changes as a patch that `git apply` takes. */
export function toPatch(changes: readonly PlannedFile[]): string {
  return changes.map(filePatch).join('');
}

function filePatch({ path, before, after, executable }: PlannedFile): string {
  const oldName = before === undefined ? '/dev/null' : `a/${path}`;
  const newName = after === undefined ? '/dev/null' : `b/${path}`;
  const patch = structuredPatch(oldName, newName, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  patch.isGit = true;
  const mode = executable ? '100755' : '100644';
  if (before === undefined) {
    patch.isCreate = true;
    patch.newMode = mode;
  }
  if (after === undefined) {
    patch.isDelete = true;
    patch.oldMode = mode;
  }
  return formatPatch(patch);
}
