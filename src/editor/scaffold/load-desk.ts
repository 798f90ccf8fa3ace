import type * as deskModule from './desk.js';

let desk: Promise<typeof deskModule> | undefined;

/** The scaffolder with its templates, which takes time to load and is seldom needed. */
export function loadDesk(): Promise<typeof deskModule> {
  return (desk ??= import('./desk.js'));
}
