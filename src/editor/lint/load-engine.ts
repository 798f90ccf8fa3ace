import type * as engineModule from './engine.js';

export type Engine = typeof engineModule;

let engine: Promise<Engine> | undefined;

/** The linter, which takes time to load and is not needed before there is a file to check. */
export function loadEngine(): Promise<Engine> {
  return (engine ??= import('./engine.js'));
}
