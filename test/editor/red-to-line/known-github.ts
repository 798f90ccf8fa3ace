import type { Uri } from 'vscode';
import { EventEmitter, workspace } from 'vscode';
import type { Annotation, Artifact, Job } from '../../../src/core/actions/run.js';
import type { Snapshot } from '../../../src/core/actions/snapshot.js';
import type { GitHub, OpenRepository } from '../../../src/editor/github/github.js';
import { GitHubError } from '../../../src/github/problem.js';
import type { Store } from '../../../src/github/store.js';
import { snapshot } from '../../unit/gates/facts.js';

/** What is known of a repository, put together by a test: the store of the sample project without a network behind it. */
export class KnownGitHub implements GitHub {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listeners = new Set<() => void>();
  readonly logs = new Map<number, string>();
  readonly noted = new Map<number, readonly Annotation[]>();
  readonly uploads: { artifact: Artifact; files: ReadonlyMap<string, Uint8Array> }[] = [];
  /** Which logs were asked for. */
  readonly asked: number[] = [];
  #snapshot = snapshot();
  readonly current: OpenRepository;
  readonly finding = { kind: 'found' } as const;

  constructor(root: Uri) {
    this.current = {
      id: { host: 'github.com', owner: 'o', name: 'r' },
      root,
      store: this.#store(),
      // Neither is used: what would reach a network does not belong here.
      operations: {} as OpenRepository['operations'],
      client: {} as OpenRepository['client'],
      token: () => null,
    };
  }

  open(): Promise<OpenRepository> {
    return Promise.resolve(this.current);
  }

  /** Shows another state of the repository, as after a refresh. */
  show(next: Partial<Snapshot>): void {
    this.#snapshot = snapshot(next);
    for (const listener of this.#listeners) listener();
  }

  #store(): Store {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- For a getter of another object.
    const github = this;
    return {
      repository: { host: 'github.com', owner: 'o', name: 'r' },
      get snapshot() {
        return github.#snapshot;
      },
      connection: { signedIn: true, busy: false, problem: null, nextAt: null },
      onDidChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      refresh: () => Promise.resolve(),
      watch: () => () => undefined,
      follow: () => () => undefined,
      moreRuns: () => Promise.resolve([]),
      jobs: (run) => Promise.resolve(this.#snapshot.current?.jobs.get(run.id) ?? []),
      artifacts: (run) => Promise.resolve(this.uploads.map(({ artifact }) => ({ ...artifact, runId: run.id }))),
      artifactFiles: ({ id }) =>
        Promise.resolve(
          this.uploads.find(({ artifact }) => artifact.id === id)?.files ?? new Map<string, Uint8Array>(),
        ),
      log: (job) => {
        this.asked.push(job.id);
        const log = this.logs.get(job.id);
        if (log !== undefined) return Promise.resolve(log);
        return Promise.reject(new GitHubError({ kind: 'rejected', status: 410, message: 'Gone' }, 'GitHub: Gone'));
      },
      annotations: (job) => Promise.resolve(this.noted.get(job.id) ?? []),
      dispose: () => undefined,
    };
  }
}

/** The folder of the sample project. */
export function sampleRoot(): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The tests run in the sample project.');
  return folder.uri;
}

interface Git {
  repositories: readonly { rootUri: Uri; state: { HEAD?: { commit?: string } }; status(): Promise<void> }[];
}

/** The commit of the sample project, once VS Code's git knows it. */
export async function sampleCommit(): Promise<string> {
  const { extensions } = await import('vscode');
  const git = extensions.getExtension<{ getAPI(version: 1): Git }>('vscode.git');
  const api = (await git?.activate())?.getAPI(1);
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = api?.repositories.find(({ rootUri }) => rootUri.path === sampleRoot().path)?.state.HEAD?.commit;
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('VS Code’s git does not know the sample project.');
}

/** A log as a runner writes it, a second for each line. */
export function runnerLog(lines: readonly string[]): string {
  return lines.map((text, at) => `${new Date(at * 1000).toISOString().replace('Z', '0000Z')} ${text}`).join('\r\n');
}

/** A job whose only step wrote everything. */
export function withStep(job: Job, name: string, lines: number): Job {
  const failed = job.conclusion === 'failure';
  return {
    ...job,
    steps: [
      {
        number: 1,
        name,
        status: 'completed',
        conclusion: failed ? 'failure' : 'success',
        startedAt: 0,
        completedAt: lines * 1000,
      },
    ],
  };
}
