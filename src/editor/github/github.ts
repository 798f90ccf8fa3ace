import type { Event, Uri } from 'vscode';
import type { Operations } from '../../github/operations.js';
import type { RepositoryId, Store } from '../../github/store.js';

/** A repository of this window that GitHub has. */
export interface OpenRepository {
  readonly id: RepositoryId;
  /** The folder of the working copy, or of the virtual one in the web. */
  readonly root: Uri;
  /** Everything that is known of it, shared by all that show something. */
  readonly store: Store;
  readonly operations: Operations;
}

/** What the features share of GitHub. Nothing of it happens before somebody looks or asks. */
export interface GitHub {
  /** The repository that is shown; undefined until `open` has found one. */
  readonly current: OpenRepository | undefined;
  /** Another repository is shown, or something became known of the one that is. */
  readonly onDidChange: Event<void>;
  /**
   * Finds the repository of the window and loads what talks to GitHub, once. Rejects never.
   * @returns undefined where there is none, or where the person has to choose one first
   */
  open(): Promise<OpenRepository | undefined>;
}
