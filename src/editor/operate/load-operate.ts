import type * as operateModule from './operate.js';

let operate: Promise<typeof operateModule> | undefined;

/** What sets up, verifies and rolls back, which takes time to load and is seldom needed. */
export function loadOperate(): Promise<typeof operateModule> {
  return (operate ??= import('./operate.js'));
}
