import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The files that a path names: itself, or what there is to check below a folder (workflows, actions, dependabot.yml).
 *
 * @throws the file system's error for a path that does not exist
 */
export function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files: string[] = [];
  const pending = [path];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop())
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['.git', 'node_modules', 'target'].includes(entry.name)) pending.push(full);
      } else if (isChecked(resolve(full).split(sep).join('/'))) files.push(full);
    }
  return files.sort();
}

function isChecked(path: string): boolean {
  return (
    /\/\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ||
    /\/action\.ya?ml$/.test(path) ||
    /\/\.github\/dependabot\.ya?ml$/.test(path)
  );
}

/** The repository that a file belongs to: the nearest folder above with `.git` or `.github`; undefined where there is none. */
export function repositoryRoot(file: string): string | undefined {
  let folder = dirname(resolve(file));
  for (;;) {
    if (existsSync(join(folder, '.git')) || existsSync(join(folder, '.github'))) return folder;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/** A path as the linter wants it: POSIX, relative to the repository where the file lies in it. */
export function pathIn(root: string | undefined, file: string): string {
  const full = resolve(file);
  const path = root === undefined ? full : relative(resolve(root), full);
  const inside = root !== undefined && path !== '' && !path.startsWith('..');
  return (inside ? path : full).split(sep).join('/');
}
