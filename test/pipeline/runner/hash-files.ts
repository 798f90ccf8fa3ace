import { data } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { minimatch } from 'minimatch';

/** Every file below a folder, with `/` and relative to it; without git's own. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('.git/'))
    .sort();
}

/** The names that a pattern chooses, where a later pattern with `!` takes away what an earlier one chose. */
export function chooseFiles(names: readonly string[], patterns: readonly string[]): string[] {
  const options = { dot: true };
  return names.filter((name) =>
    patterns.reduce(
      (chosen, pattern) =>
        pattern.startsWith('!')
          ? chosen && !minimatch(name, pattern.slice(1), options)
          : chosen || minimatch(name, pattern, options),
      false,
    ),
  );
}

/** `hashFiles(…)`: a hash of what matches in the workspace, or nothing where no file does. */
export function hashFilesFunction(workspace: string): FunctionDefinition {
  return {
    name: 'hashFiles',
    minArgs: 1,
    maxArgs: 255,
    call: (...patterns) => {
      const names = chooseFiles(
        listFiles(workspace),
        patterns.map((pattern) => pattern.coerceString()),
      );
      const hash = createHash('sha256');
      for (const name of names) hash.update(readFileSync(join(workspace, name)));
      return new data.StringData(names.length === 0 ? '' : hash.digest('hex'));
    },
  };
}
