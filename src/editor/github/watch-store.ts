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
