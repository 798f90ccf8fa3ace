import type { Head } from '../../../src/core/actions/snapshot.js';
import { createGitHub, type GitHub } from '../../../src/github/client.js';
import type { Clock } from '../../../src/github/clock.js';
import type { Disk } from '../../../src/github/disk.js';
import { createStore, type RepositoryStore } from '../../../src/github/repository-store.js';
import type { GitHub as Double } from '../../github/github.js';
import type { RepositoryState } from '../../github/state/repository.js';
import { here } from '../github/stand-in.js';

/** The report that a run of our pipeline uploads. */
export function report(workflow: string, gates: readonly object[], more: object = {}) {
  return (run: { id: number; number: number; commit: { sha: string }; attempts: readonly unknown[] }) => [
    {
      name: 'rust-ci-report',
      content: {
        'rust-ci-report.json': JSON.stringify({
          schema: 1,
          workflow,
          repository: 'octo/tally',
          commit: run.commit.sha,
          ref: 'refs/heads/main',
          event: 'push',
          run: { id: run.id, number: run.number, attempt: run.attempts.length },
          created: '2026-11-20T09:00:00Z',
          gates,
          ...more,
        }),
      },
    },
  ];
}

export const gate = (id: string, state: 'pass' | 'fail' | 'skipped' = 'pass') => ({
  id,
  state,
  value: null,
  threshold: null,
  unit: null,
  reason: state === 'skipped' ? 'There is nothing to check.' : null,
});

/** A repository with the six workflows of the pipeline. */
export function pipeline(double: Double): RepositoryState {
  const repository = double.repository(here.owner, here.repo, { private: true });
  repository.commit({ message: 'Count words' });
  repository.workflow('test.yml', {
    jobs: [
      { name: 'detect', duration: '10s' },
      { name: 'fmt', needs: ['detect'], duration: '20s' },
      { name: 'clippy', needs: ['detect'], duration: '1m' },
      { name: 'test', needs: ['detect'], duration: '2m' },
      {
        name: 'test-gate',
        needs: ['detect', 'fmt', 'clippy', 'test'],
        always: true,
        duration: '5s',
        artifacts: report('test', [gate('fmt'), gate('clippy'), gate('test')]),
      },
    ],
  });
  repository.workflow('security.yml', {
    jobs: [
      { name: 'audit', duration: '30s' },
      {
        name: 'security-gate',
        needs: ['audit'],
        always: true,
        duration: '5s',
        artifacts: report('security', [gate('audit')]),
      },
    ],
  });
  for (const name of ['release', 'container', 'rollback', 'benchmarks']) {
    repository.workflow(`${name}.yml`, { dispatch: {}, jobs: [{ name, duration: '1m' }] });
  }
  return repository;
}

/** Starts what a push of the branch's tip starts. */
export function push(repository: RepositoryState, branch = repository.defaultBranch) {
  return ['test.yml', 'security.yml'].map((workflow) => repository.run({ workflow, branch }));
}

export const headOf = (repository: RepositoryState, branch = repository.defaultBranch): Head => {
  const sha = repository.git.branches.get(branch) ?? null;
  return { branch, sha, pushedSha: sha };
};

/** Time is the stand-in's, and timers go off when it is advanced. */
export class DoubleClock implements Clock {
  readonly #double: Double;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  constructor(double: Double) {
    this.#double = double;
  }

  get armed(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#double.now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.now() + milliseconds, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** @param settle waits until what a timer started is done */
  async advance(milliseconds: number, settle: () => Promise<void>): Promise<void> {
    const until = this.now() + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#double.advance(Math.max(0, next.at - this.now()));
      next.callback();
      await settle();
    }
    this.#double.advance(until - this.now());
  }
}

export interface Setting {
  readonly github: GitHub;
  readonly store: RepositoryStore;
  readonly clock: DoubleClock;
  readonly token: { value: string | null };
  /** What the client logged. */
  readonly logged: string[];
  /** Lets time go by, and the store do what it then does. */
  readonly advance: (milliseconds: number) => Promise<void>;
  readonly dispose: () => void;
}

/** A store at the stand-in. */
export function connect(
  double: Double,
  head: Head,
  { token = double.token(), disk }: { readonly token?: string | null; readonly disk?: Disk } = {},
): Setting {
  const clock = new DoubleClock(double);
  const bearer = { value: token };
  const logged: string[] = [];
  const log = (message: string): void => {
    logged.push(message);
  };
  const github = createGitHub({
    apiUrl: double.apiUrl,
    webUrl: double.world.addresses.web,
    token: () => bearer.value,
    clock,
    retryAfter: 1,
    log: { debug: log, info: log, warn: log, error: log },
  });
  const store = createStore({
    github,
    repository: { host: 'github.com', owner: here.owner, name: here.repo },
    head,
    random: () => 0.5,
    ...(disk ? { disk } : {}),
  });
  const settled = async (): Promise<void> => {
    while (store.connection.busy) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return {
    github,
    store,
    clock,
    token: bearer,
    logged,
    advance: (milliseconds) => clock.advance(milliseconds, settled),
    dispose: () => {
      store.dispose();
    },
  };
}
