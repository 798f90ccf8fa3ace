import { window } from 'vscode';
import type { LogOutputChannel } from 'vscode';

let channel: LogOutputChannel | undefined;

/** Where one can read what GitHub was asked; never a token, nor an address that carries a signature. */
export function githubLog(): LogOutputChannel {
  return (channel ??= window.createOutputChannel('Rust CI', { log: true }));
}
