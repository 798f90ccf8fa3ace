import type { FileIndex } from '../problems/paths.js';
import { fileOf, readRunnerPath } from '../problems/paths.js';
import type { FileLines } from './lcov.js';

/** The files of a report that the repository has, with their paths in it; and how many it does not have. */
export function inRepository(
  files: readonly FileLines[],
  index: FileIndex,
): { readonly files: readonly FileLines[]; readonly unknown: number } {
  const known = files.flatMap((file) => {
    const path = fileOf(readRunnerPath(file.path), [], index);
    return path === null ? [] : [{ ...file, path }];
  });
  return { files: known, unknown: files.length - known.length };
}
