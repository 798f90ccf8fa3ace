import { extensions } from 'vscode';
import type { Event, Uri } from 'vscode';

/** As much of the API of VS Code's git extension as is used. */
export interface Git {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<Git['state']>;
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: GitState;
  /** Rejects for what is no commit. */
  getCommit(ref: string): Promise<{ readonly hash: string }>;
}

export interface GitState {
  readonly HEAD?: {
    readonly name?: string;
    readonly commit?: string;
    readonly ahead?: number;
    readonly upstream?: { readonly remote: string; readonly name: string; readonly commit?: string };
  };
  readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string; readonly pushUrl?: string }[];
  readonly submodules: readonly { readonly path: string }[];
  readonly onDidChange: Event<void>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): Git;
}

/** VS Code's git, once it has looked for repositories; undefined where it is switched off or missing, as in the web. */
export async function loadGit(): Promise<Git | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  try {
    const { enabled, getAPI } = bound(await extension.activate());
    if (!enabled) return undefined;
    const git = getAPI(1);
    if (git.state !== 'initialized') await initialized(git);
    return git;
  } catch {
    return undefined;
  }
}

const bound = (extension: GitExtension) => ({
  enabled: extension.enabled,
  getAPI: (version: 1) => extension.getAPI(version),
});

function initialized(git: Git): Promise<void> {
  return new Promise((resolve) => {
    const listener = git.onDidChangeState((state) => {
      if (state !== 'initialized') return;
      listener.dispose();
      resolve();
    });
  });
}
