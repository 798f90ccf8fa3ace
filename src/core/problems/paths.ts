/** Where runners put the repository: the folder below it is named twice after the repository. */
const workspaces = [
  /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/[A-Za-z]:|[A-Za-z]:)?(?:\/[^/]+)*?\/(?:_?work|a)\/([^/]+)\/\1(?:\/|$)/,
  /^\/(?:__w|_work)\/([^/]+)\/\1(?:\/|$)/,
  /^\/github\/workspace(?:\/|$)/,
];

/** A path of a runner, told apart: in the repository (then as far as its folder is known), or elsewhere on the machine. */
export type RunnerPath =
  | { readonly kind: 'repository'; readonly path: string }
  | { readonly kind: 'relative'; readonly path: string }
  | { readonly kind: 'elsewhere' };

/** Understands a path as a tool on a runner wrote it. @param top the folder of the checkout, where it is known */
export function readRunnerPath(raw: string, top?: string): RunnerPath {
  const path = posix(raw);
  if (top !== undefined) {
    const folder = posix(top).replace(/\/+$/, '');
    if (path.toLowerCase().startsWith(`${folder.toLowerCase()}/`)) return inside(path.slice(folder.length + 1));
  }
  if (!/^(?:\/|[A-Za-z]:\/)/.test(path)) {
    const relative = normalized(path);
    return relative === undefined ? { kind: 'elsewhere' } : { kind: 'relative', path: relative };
  }
  for (const workspace of workspaces) {
    const match = workspace.exec(path);
    if (match) return inside(path.slice(match[0].length));
  }
  return { kind: 'elsewhere' };
}

function inside(path: string): RunnerPath {
  const normal = normalized(path);
  return normal === undefined || /(?:^|\/)target\//.test(normal)
    ? { kind: 'elsewhere' }
    : { kind: 'repository', path: normal };
}

function posix(path: string): string {
  return path.replace(/^\\\\\?\\/, '').replaceAll('\\', '/');
}

/** Without `.` and `..`; undefined when it leads out of its folder. */
function normalized(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

/**
 * The file of the repository that a path of a log means. What is relative is looked for in each of the folders, then
 * wherever exactly one file ends like that; null when there is none.
 * @param folders where the tool may have run, most probable first; "." is the repository
 * @param files of the repository
 */
export function fileOf(path: RunnerPath, folders: readonly string[], files: FileIndex): string | null {
  if (path.kind === 'elsewhere') return null;
  if (path.kind === 'repository') return files.has(path.path) ? path.path : null;
  for (const folder of [...folders, '.']) {
    const candidate = folder === '.' ? path.path : `${folder}/${path.path}`;
    if (files.has(candidate)) return candidate;
  }
  return files.onlyEndingWith(path.path);
}

/** The files of a repository, by path. */
export interface FileIndex {
  has(path: string): boolean;
  /** The one file whose path ends with these folders and this name; null for none or several. */
  onlyEndingWith(path: string): string | null;
}

export function indexFiles(paths: Iterable<string>): FileIndex {
  const all = new Set(paths);
  const byName = new Map<string, string[]>();
  for (const path of all) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const same = byName.get(name);
    if (same) same.push(path);
    else byName.set(name, [path]);
  }
  return {
    has: (path) => all.has(path),
    onlyEndingWith: (path) => {
      const ending = (byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? []).filter((one) =>
        one.endsWith(`/${path}`),
      );
      return ending.length === 1 ? (ending[0] ?? null) : null;
    },
  };
}

/** Folders that the name of a job may tell: GitHub puts the values of a matrix in brackets, `clippy (crates/api)`. */
export function foldersOfJob(name: string): readonly string[] {
  const values = /\(([^()]*)\)\s*$/.exec(name)?.[1]?.split(',') ?? [];
  return values.map((value) => value.trim()).filter((value) => /^[\w.@+-]+(?:\/[\w.@+-]+)*$/.test(value));
}
