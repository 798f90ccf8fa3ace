// @ts-check
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout: the nearest folder upwards with a package.json, wherever a bundler has put this module. */
export const root = nearest(import.meta.dirname);

/** @param {string} folder @returns {string} */
function nearest(folder) {
  return existsSync(join(folder, 'package.json')) ? folder : nearest(dirname(folder));
}
