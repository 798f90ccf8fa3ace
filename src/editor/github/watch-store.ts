import { workspace } from 'vscode';
import type { OpenRepository } from './github.js';

/**
 * Keeps what is shown of a repository up to date until the result is called. Where the person wants no automatic refreshing, it
 * asks once, if nothing is known yet.
 */
export function watchStore({ store }: OpenRepository, what: 'status' | 'delivery'): () => void {
  if (workspace.getConfiguration('rustCi').get<boolean>('refresh.automatically', true)) return store.watch(what);
  const end = store.watch(what);
  void store.refresh().finally(end);
  return () => undefined;
}

/** Watches one repository at a time. */
export class StoreWatch {
  readonly #what: 'status' | 'delivery';
  #repository: OpenRepository | undefined;
  #end: (() => void) | undefined;

  constructor(what: 'status' | 'delivery') {
    this.#what = what;
  }

  /** Watches this repository, or none, instead of the one before. */
  follow(repository: OpenRepository | undefined): void {
    if (this.#repository === repository) return;
    this.#end?.();
    this.#end = undefined;
    // Watching may tell of a change at once, which comes back to here.
    this.#repository = repository;
    const end = repository && watchStore(repository, this.#what);
    if (this.#repository === repository) this.#end = end;
    else end?.();
  }
}
