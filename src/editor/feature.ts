import type { Disposable, ExtensionContext } from 'vscode';

/** Something the extension can do. Switching it on is synchronous and touches neither disk nor network. */
export type Feature = (context: ExtensionContext) => Disposable;
