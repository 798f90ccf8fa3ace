import { commands, Disposable } from 'vscode';

/** Command id to what it does. */
export type CommandTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Registers a feature's commands; disposing the result takes them back. */
export function registerCommands(table: CommandTable): Disposable {
  return Disposable.from(...Object.entries(table).map(([id, run]) => commands.registerCommand(id, run)));
}
