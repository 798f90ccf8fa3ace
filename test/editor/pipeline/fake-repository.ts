import { EventEmitter, Uri } from 'vscode';
import type { Snapshot } from '../../../src/core/actions/snapshot.js';
import type { OpenRepository } from '../../../src/editor/github/github.js';
import type { Connection, Store } from '../../../src/github/store.js';

/** For what these tests never ask. */
const noClient = {} as OpenRepository['client'];

const never = () => Promise.reject(new Error('A test did not expect this to be asked.'));

/** A repository whose store says what a test wants. */
export function fakeRepository(
  snapshot: Snapshot,
  connection: Partial<Connection> = {},
  store: Partial<Store> = {},
): OpenRepository {
  const changed = new EventEmitter<void>();
  const id = { host: 'github.com', owner: 'octo', name: 'tally' };
  return {
    id,
    root: Uri.file('/work/tally'),
    client: noClient,
    token: () => null,
    store: {
      repository: id,
      snapshot,
      connection: { signedIn: true, busy: false, problem: null, nextAt: null, ...connection },
      onDidChange: (listener) => {
        const subscription = changed.event(listener);
        return () => {
          subscription.dispose();
        };
      },
      refresh: () => Promise.resolve(),
      watch: () => () => undefined,
      follow: () => () => undefined,
      moreRuns: never,
      jobs: never,
      artifacts: never,
      artifactFiles: never,
      log: never,
      annotations: never,
      dispose: () => {
        changed.dispose();
      },
      ...store,
    },
    operations: {
      dispatch: never,
      rerun: never,
      rerunJob: never,
      cancel: never,
      review: never,
      findDispatched: never,
    },
  };
}
