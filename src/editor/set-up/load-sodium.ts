import type * as sodiumModule from './sodium.js';

let sodium: Promise<typeof sodiumModule> | undefined;

/** What seals secrets: large, and needed only when one is set. */
export function loadSodium(): Promise<typeof sodiumModule> {
  return (sodium ??= import('./sodium.js'));
}
