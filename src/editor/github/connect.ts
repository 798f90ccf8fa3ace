import { Disposable, window } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { Head } from '../../core/actions/snapshot.js';
import { createGitHub, type GitHub as Client } from '../../github/client.js';
import { createDisk } from '../../github/disk.js';
import { createStore, type RepositoryStore } from '../../github/repository-store.js';
import type { RepositoryId } from '../../github/store.js';
import { addressesOf } from './hosts.js';
import { githubLog } from './log.js';
import { folderStorage } from './storage.js';

/** How a store is told who is signed in. */
export interface Session {
  /** The token as it is now; null while nobody is signed in. */
  readonly token: () => string | null;
  /** GitHub did not accept the token. */
  readonly refused: (token: string) => void;
}

/** A store with what keeps it up to date. */
export interface Connection {
  readonly store: RepositoryStore;
  /** For what the store does not know, such as settings. */
  readonly client: Client;
  /** Somebody signed in or out. */
  signedIn(): void;
  dispose(): void;
}

/** Makes the store of a repository; it asks nothing before somebody watches it. */
export function connect(id: RepositoryId, head: Head, context: ExtensionContext, session: Session): Connection {
  const { api, web } = addressesOf(id.host);
  const github = createGitHub({ apiUrl: api, webUrl: web, token: session.token, log: githubLog() });
  const storage = folderStorage(context.globalStorageUri);
  const store = createStore({ github, repository: id, head, disk: createDisk(storage) });
  store.setFocused(window.state.focused);
  let used = session.token();
  const ends = Disposable.from(
    window.onDidChangeWindowState(({ focused }) => {
      store.setFocused(focused);
      if (focused) store.wake('focus');
    }),
    new Disposable(
      store.onDidChange(() => {
        const token = session.token();
        if (store.connection.problem?.kind !== 'unauthorized') used = token;
        else if (token !== null && token === used) session.refused(token);
      }),
    ),
  );
  return {
    store,
    client: github,
    signedIn: () => {
      used = session.token();
      store.wake('session');
    },
    dispose: () => {
      ends.dispose();
      store.dispose();
    },
  };
}
