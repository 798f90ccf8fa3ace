import type { Disposable, ExtensionContext } from 'vscode';
import type { GitHub } from './github/github.js';
import type { Details } from './tree/details.js';

/** What features share. */
export interface Shared {
  readonly github: GitHub;
  readonly details: Details;
}

/** Something the extension can do. Switching it on is synchronous and touches neither disk nor network. */
export type Feature = (context: ExtensionContext, shared: Shared) => Disposable;
