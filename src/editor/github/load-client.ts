import type * as clientModule from './client.js';

let client: Promise<typeof clientModule> | undefined;

/** What talks to GitHub, which takes time to load and is not needed before somebody looks. */
export function loadClient(): Promise<typeof clientModule> {
  return (client ??= import('./client.js'));
}
