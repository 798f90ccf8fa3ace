import { EventEmitter, extensions, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { Head } from '../../core/actions/snapshot.js';
import { githubHost, parseRemoteUrl, type Hosts } from '../../github/remote-url.js';
import type { RepositoryId } from '../../github/store.js';
import { enterpriseUrl } from './hosts.js';
import { loadGit, type Git, type GitRepository } from './git.js';
import { repositoryKey } from './repository-key.js';
import { readSshAliases } from './ssh-config.js';
import { virtualRepository } from './virtual.js';

/** A repository on GitHub that a folder of the window is a working copy of. */
export interface Candidate {
  readonly id: RepositoryId;
  readonly root: Uri;
  /** Of the remote it was found by; null in the web. */
  readonly remote: string | null;
}

/** A working copy, with the GitHub repositories that its remotes name: the one that is meant first. */
export interface WorkingCopy {
  readonly root: Uri;
  readonly candidates: readonly Candidate[];
  /** Which of several candidates is meant cannot be told. */
  readonly ambiguous: boolean;
  /** Hosts of its remotes that are not known to be GitHub's. */
  readonly foreign: readonly string[];
  readonly submodule: boolean;
}

/** Finds the working copies of this window and tells when they come, go, or move to another commit. */
export class Repositories implements Disposable {
  readonly #changed = new EventEmitter<void>();
  /** Working copies, their remotes or their heads have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #watching: Disposable[] = [];
  readonly #states = new Map<GitRepository, Disposable>();
  #git: Git | undefined;
  #started: Promise<void> | undefined;
  #aliases: ReadonlyMap<string, string> = new Map();
  #disposed = false;

  /** Resolves when git has looked for repositories. */
  start(): Promise<void> {
    return (this.#started ??= this.#start());
  }

  /** The working copies, those of workspace folders first, submodules last. */
  get all(): readonly WorkingCopy[] {
    const hosts: Hosts = { enterprise: enterpriseUrl()?.host, alias: (host) => this.#aliases.get(host) };
    const folders = workspace.workspaceFolders ?? [];
    const real = (this.#git?.repositories ?? []).map((repository) =>
      workingCopy(repository, hosts, this.#submodules()),
    );
    const virtual = folders.flatMap(({ uri }) => {
      const found = virtualRepository(uri);
      return found
        ? [
            {
              root: uri,
              candidates: [{ id: found.id, root: uri, remote: null }],
              ambiguous: false,
              foreign: [],
              submodule: false,
            },
          ]
        : [];
    });
    const rank = ({ root, submodule }: WorkingCopy) => {
      const index = folders.findIndex(({ uri }) => within(uri, root) || within(root, uri));
      return (submodule ? 1000 : 0) + (index === -1 ? 500 : index);
    };
    return [...real, ...virtual].sort((a, b) => rank(a) - rank(b));
  }

  /** What a working copy is on. */
  async headOf(root: Uri): Promise<Head> {
    const virtual = virtualRepository(root);
    if (virtual) return virtual.head;
    const repository = this.#git?.repositories.find(({ rootUri }) => rootUri.toString() === root.toString());
    const head = repository?.state.HEAD;
    if (!repository || !head) return { branch: null, sha: null, pushedSha: null };
    return { branch: head.name ?? null, sha: head.commit ?? null, pushedSha: await pushed(repository) };
  }

  dispose(): void {
    this.#disposed = true;
    this.#changed.dispose();
    for (const one of this.#watching) one.dispose();
    for (const one of this.#states.values()) one.dispose();
  }

  async #start(): Promise<void> {
    this.#watching.push(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.#changed.fire();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('github-enterprise')) this.#changed.fire();
      }),
    );
    [this.#aliases] = await Promise.all([readSshAliases(), this.#findGit()]);
    if (this.#git) return;
    // VS Code switches its git on later where the folder is trusted later, or the person enables it.
    this.#watching.push(
      extensions.onDidChange(async () => {
        if (await this.#findGit()) this.#changed.fire();
      }),
    );
  }

  /** Whether git was found that was not there before. */
  async #findGit(): Promise<boolean> {
    const git = this.#git ? undefined : await loadGit();
    // Asked twice at once, the first answer is taken.
    if (!git || this.#git || this.#disposed) return false;
    this.#git = git;
    for (const repository of git.repositories) this.#watch(repository);
    this.#watching.push(
      git.onDidOpenRepository((repository) => {
        this.#watch(repository);
        this.#changed.fire();
      }),
      git.onDidCloseRepository((repository) => {
        this.#states.get(repository)?.dispose();
        this.#states.delete(repository);
        this.#changed.fire();
      }),
    );
    return true;
  }

  #watch(repository: GitRepository): void {
    let known = fingerprint(repository);
    const listener = repository.state.onDidChange(() => {
      // Git tells of every edited file as well.
      const now = fingerprint(repository);
      if (now === known) return;
      known = now;
      this.#changed.fire();
    });
    this.#states.set(repository, listener);
  }

  #submodules(): ReadonlySet<string> {
    const paths = (this.#git?.repositories ?? []).flatMap(({ rootUri, state }) =>
      state.submodules.map(({ path }) => Uri.joinPath(rootUri, path).toString()),
    );
    return new Set(paths);
  }
}

/** Changes with a commit, a switch of branches, a fetch, a push or other remotes. */
function fingerprint({ state: { HEAD, remotes } }: GitRepository): string {
  const { name, commit, ahead, upstream } = HEAD ?? {};
  return JSON.stringify([name, commit, ahead, upstream, remotes]);
}

function workingCopy(repository: GitRepository, hosts: Hosts, submodules: ReadonlySet<string>): WorkingCopy {
  const { rootUri: root, state } = repository;
  const candidates: Candidate[] = [];
  const foreign: string[] = [];
  for (const { name, fetchUrl, pushUrl } of state.remotes) {
    const parsed = parseRemoteUrl(fetchUrl ?? pushUrl ?? '');
    if (!parsed) continue;
    const host = githubHost(parsed, hosts);
    if (host === undefined) foreign.push(parsed.host);
    else candidates.push({ id: { host, owner: parsed.owner, name: parsed.name }, root, remote: name });
  }
  const tracked = state.HEAD?.upstream?.remote;
  // Of a fork, the pull requests and the rules are in the repository it came from.
  const order = ['upstream', tracked, 'origin'];
  const rank = ({ remote }: Candidate) => (order.indexOf(remote ?? '') + order.length + 1) % (order.length + 1);
  const sorted = [...candidates].sort((a, b) => rank(a) - rank(b));
  const distinct = [...new Map(sorted.map((one) => [repositoryKey(one.id), one])).values()];
  const [first] = distinct;
  return {
    root,
    candidates: distinct,
    ambiguous: distinct.length > 1 && first !== undefined && !order.includes(first.remote ?? ''),
    foreign,
    submodule: submodules.has(root.toString()),
  };
}

/** The commit that the remote has of the branch, as far as the last fetch or push told. */
async function pushed(repository: GitRepository): Promise<string | null> {
  const { upstream, ahead, commit } = repository.state.HEAD ?? {};
  if (!upstream) return null;
  if (upstream.commit !== undefined) return upstream.commit;
  if (ahead === 0 && commit !== undefined) {
    // Behind or level: what the remote has is at least this.
    return (await hashOf(repository, `${upstream.remote}/${upstream.name}`)) ?? commit;
  }
  return hashOf(repository, `${upstream.remote}/${upstream.name}`);
}

async function hashOf(repository: GitRepository, ref: string): Promise<string | null> {
  try {
    return (await repository.getCommit(ref)).hash;
  } catch {
    // The branch was removed at the remote.
    return null;
  }
}

const within = (folder: Uri, other: Uri) => `${other.path}/`.startsWith(`${folder.path.replace(/\/$/, '')}/`);
