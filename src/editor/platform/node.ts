import { access, constants, realpath } from 'node:fs/promises';
import type { Platform } from './platform.js';

/** VS Code on the desktop, over SSH, in WSL or a container: files can be resolved. */
export const platform: Platform = {
  realPath: (fsPath) => realpath(fsPath),
  isWritable: (fsPath) =>
    access(fsPath, constants.W_OK).then(
      () => true,
      () => false,
    ),
};
