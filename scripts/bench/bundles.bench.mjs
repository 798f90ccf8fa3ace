// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../root.mjs';

/** Sizes of the minified bundles. @returns {Promise<import('./run.mjs').Row[]>} */
export async function measure() {
  return ['dist/extension.js', 'dist/web/extension.js', 'dist/cli.js'].map((path) => {
    const content = readFileSync(join(root, path));
    const detail = `${Math.round(gzipSync(content).length / 1000)} kB compressed`;
    return { what: path, value: content.length / 1000, unit: 'kB', aim: 400, detail };
  });
}
