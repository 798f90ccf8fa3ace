import type { Event, Uri } from 'vscode';
import type { GitHub as Client } from '../../github/client.js';
import type { Operations } from '../../github/operations.js';
import type { RepositoryStore } from '../../github/repository-store.js';
import type { RepositoryId, Store } from '../../github/store.js';

/** A repository of this window that GitHub has. */
export interface OpenRepository {
  readonly id: RepositoryId;
  /** The folder of the working copy, or of the virtual one in the web. */
  readonly root: Uri;
  /** Everything that is known of it, shared by all that show something. */
  readonly store: Store;
  /** For what the store does not know, such as settings. */
  readonly client: Client;
  /** The token as it is now; null while nobody is signed in. It goes to GitHub and its registry only. */
  readonly token: () => string | null;
  readonly operations: Operations & Pick<RepositoryStore, 'findDispatched'>;
}

/** How far the search for the repository of the window is. */
export type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  /** No folder is a repository, or VS Code's git is switched off. */
  | { readonly kind: 'noRepository' }
  | { readonly kind: 'noRemote' }
  /** The remotes are on hosts that are not known to be GitHub's. */
  | { readonly kind: 'foreign'; readonly host: string }
  /** The person has to choose one of several. */
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'found' };

/** What the features share of GitHub. Nothing of it happens before somebody looks or asks. */
export interface GitHub {
  /** The repository that is shown; undefined until `open` has found one. */
  readonly current: OpenRepository | undefined;
  readonly finding: Finding;
  /** Another repository is shown, or something became known of the one that is. */
  readonly onDidChange: Event<void>;
  /**
   * Finds the repository of the window and loads what talks to GitHub, once. Rejects never.
   * @returns undefined where there is none, or where the person has to choose one first
   */
  open(): Promise<OpenRepository | undefined>;
}
