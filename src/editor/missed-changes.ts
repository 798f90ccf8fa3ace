import { Disposable, FileType, window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { isSkipped } from './lint/files.js';

/** Milliseconds after a folder has come at which one looks what is in it: soon, and when a slow program has filled it. */
const looks = [500, 2500, 10_000] as const;

/**
 * Calls `look` when files may have come, changed or gone unnoticed. On Linux, VS Code misses what is put into new folders
 * before it watches them, and everything in folders made in that moment for as long as it runs: `git switch`, `mkdir -p`
 * and project generators do that. One look follows the other; none run at the same time.
 */
export function onMissedChanges(look: () => Promise<void>): Disposable {
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let running: Promise<void> | undefined;
  let again = false;

  const run = () => {
    again = running !== undefined;
    running ??= look()
      .catch((error: unknown) => {
        console.error(error);
      })
      .finally(() => {
        running = undefined;
        if (again) run();
      });
  };
  const schedule = (delay: number, restart: boolean) => {
    if (timers.has(delay) && !restart) return;
    clearTimeout(timers.get(delay));
    const timer = setTimeout(() => {
      timers.delete(delay);
      run();
    }, delay);
    timers.set(delay, timer);
  };
  const soon = () => {
    schedule(looks[0], false);
  };
  const appeared = async (uri: Uri) => {
    if (isSkipped(uri) || !(await isFolder(uri))) return;
    soon();
    for (const delay of looks.slice(1)) schedule(delay, true);
  };

  const created = workspace.createFileSystemWatcher('**/*', false, true, true);
  // Every command of git that changes files writes it.
  const index = workspace.createFileSystemWatcher('**/.git/index');
  return Disposable.from(
    created,
    created.onDidCreate((uri) => void appeared(uri)),
    index,
    index.onDidCreate(soon),
    index.onDidChange(soon),
    workspace.onDidCreateFiles(soon),
    workspace.onDidDeleteFiles(soon),
    workspace.onDidRenameFiles(soon),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) soon();
    }),
    new Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      again = false;
    }),
  );
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
