import type { Platform } from './platform.js';

/** vscode.dev: a web worker without a file system of its own. */
export const platform: Platform = {
  realPath: undefined,
  isWritable: () => Promise.resolve(true),
  watchFolder: undefined,
  processes: undefined,
};
