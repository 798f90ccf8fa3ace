import { dirname } from '../pipeline/path.js';
import { InputError } from './input-error.js';
import type { Workspace } from './workspace.js';

/** Throws an InputError unless every path can hold a file that lies in the workspace. */
export async function checkPlaces(workspace: Workspace, paths: readonly string[]): Promise<void> {
  const folders = new Set(paths.flatMap(ancestors));
  for (const folder of [...folders].sort()) {
    const kind = await workspace.kind(folder);
    if (kind === 'outside') throw leadsOut(folder);
    if (kind === 'file') {
      throw new InputError({
        file: folder,
        what: 'This is a file, but the pipeline needs a folder of that name.',
        advice: 'Rename or delete it, then try again.',
      });
    }
  }
  const kinds = await Promise.all(paths.map((path) => workspace.kind(path)));
  for (const [index, path] of paths.entries()) {
    if (kinds[index] === 'outside') throw leadsOut(path);
    if (kinds[index] === 'folder') {
      throw new InputError({
        file: path,
        what: 'This is a folder, but the pipeline needs a file of that name.',
        advice: 'Rename or delete it, then try again.',
      });
    }
  }
}

function leadsOut(file: string): InputError {
  return new InputError({
    file,
    what: 'This is a symbolic link that leads out of the workspace or to nothing, and nothing is written through it.',
    advice: 'Replace it by a real folder or file, then try again.',
  });
}

function ancestors(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...ancestors(folder), folder];
}
