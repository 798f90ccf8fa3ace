// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../root.mjs';

/** Bundles by path, with the size in kB to stay below where one was set as an aim. @type {[string, number | undefined][]} */
const bundles = [
  ['dist/extension.js', 400],
  ['dist/lint.js', undefined],
  ['dist/web/extension.js', undefined],
  ['dist/webview/history.js', 150],
  ['dist/cli.js', undefined],
];

/** Sizes of the minified bundles. @returns {Promise<import('./run.mjs').Row[]>} */
export async function measure() {
  return bundles.map(([path, aim]) => {
    const content = readFileSync(join(root, path));
    const detail = `${Math.round(gzipSync(content).length / 1000)} kB compressed`;
    return { what: path, value: content.length / 1000, unit: 'kB', detail, ...(aim === undefined ? {} : { aim }) };
  });
}
