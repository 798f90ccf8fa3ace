import type { JobConclusion } from './plan.js';
import type { RepositoryState } from './repository.js';
import type { User } from './user.js';

/** A check run of another app than GitHub Actions. */
export interface ForeignCheck {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  readonly app: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: JobConclusion | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly startedAt: number;
}

/** A commit status. */
export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly at: number;
}

/** What others than GitHub Actions say of commits. */
export class Checks {
  readonly foreign: ForeignCheck[] = [];
  /** Newest last. */
  readonly statuses: CommitStatus[] = [];
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  /** @param app a slug, for example `codecov` */
  check(
    sha: string,
    name: string,
    { app = 'codecov', ...check }: Partial<Omit<ForeignCheck, 'id' | 'sha' | 'name'>> = {},
  ): void {
    const { world } = this.#repository;
    this.foreign.push({
      id: world.id(),
      sha,
      name,
      app,
      status: 'completed',
      conclusion: 'success',
      title: null,
      summary: null,
      startedAt: world.clock.now,
      ...check,
    });
  }

  status(
    sha: string,
    context: string,
    status: Partial<Omit<CommitStatus, 'id' | 'sha' | 'context'>> = {},
  ): CommitStatus {
    const { world } = this.#repository;
    const created: CommitStatus = {
      id: world.id(),
      sha,
      context,
      state: 'success',
      description: null,
      targetUrl: null,
      creator: world.user('maria'),
      at: world.clock.now,
      ...status,
    };
    this.statuses.push(created);
    return created;
  }

  /** The newest status of each context. */
  latest(sha: string): CommitStatus[] {
    const byContext = new Map(
      this.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status]),
    );
    return [...byContext.values()];
  }
}
