// @ts-check
/**
 * The two editions every suite runs on.
 * `desktop` is what @vscode/test-electron downloads, `served` the code-server package that carries the same VS Code, `node` the
 * major version of Node that it needs at least.
 * @typedef {'current' | 'oldest'} Edition
 * @type {Record<Edition, { version: string, desktop: string, served: string, node: number, ripgrep: string | undefined }>}
 */
export const editions = {
  current: { version: '1.139', desktop: '1.139.1', served: '4.139.1', node: 24, ripgrep: undefined },
  // The floor of engines.vscode. This package does not carry ripgrep yet.
  oldest: { version: '1.100', desktop: '1.100.3', served: '4.100.3', node: 20, ripgrep: '1.18.0' },
};

/** Node for a server that needs a newer one than runs the scripts. */
export const serverNode = '24.21.0';

/** Browser and fonts from the package registry, for machines without a browser. */
export const browser = { chromium: '143.0.4', fonts: '2.37.3' };

/** @param {string | undefined} text @returns {Edition} */
export function toEdition(text) {
  if (text === undefined || text === '') return 'current';
  if (text === 'current' || text === 'oldest') return text;
  throw new Error(`"${text}" is no edition of VS Code. Use "current" or "oldest".`);
}
