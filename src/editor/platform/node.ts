import { watch } from 'node:fs';
import { access, constants, realpath } from 'node:fs/promises';
import { processes } from './processes.js';
import type { Platform } from './platform.js';

/** VS Code on the desktop, over SSH, in WSL or a container: files can be resolved. */
export const platform: Platform = {
  realPath: (fsPath) => realpath(fsPath),
  isWritable: (fsPath) =>
    access(fsPath, constants.W_OK).then(
      () => true,
      () => false,
    ),
  processes,
  // Elsewhere the system itself watches whole trees.
  watchFolder: process.platform === 'linux' ? watchFolder : undefined,
};

function watchFolder(fsPath: string, changed: (name: string) => void): (() => void) | undefined {
  try {
    const watcher = watch(fsPath, { persistent: false }, (_event, name) => {
      if (name !== null) changed(name);
    });
    const end = () => {
      watcher.close();
    };
    watcher.on('error', end);
    return end;
  } catch {
    // The folder is gone, or the system watches all it can: VS Code's own watcher may still tell.
    return undefined;
  }
}
