// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of the libraries that are bundled into the extension, as one text.
 * @param {readonly [path: string, output: { inputs: Record<string, { bytesInOutput: number }> }][]} outputs of esbuild's metafile
 */
export function thirdPartyNotices(outputs) {
  const bundled = outputs
    .filter(([path]) => path.endsWith('extension.js'))
    .flatMap(([, { inputs }]) => Object.entries(inputs));
  const used = bundled.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([input]) => packageFolder(input));
  const packages = new Set(used.filter((folder) => folder !== undefined));
  return ['This extension contains the following libraries.\n', ...[...packages].sort().map(notice)].join('\n');
}

/** @param {string} input */
function packageFolder(input) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll('\\', '/'))?.[0];
}

/** @param {string} folder */
function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? `Licence: ${license ?? 'not stated'}` : readFileSync(join(folder, file), 'utf8');
  return `${'-'.repeat(80)}\n${name} ${version}\n\n${text.trim()}\n`;
}
