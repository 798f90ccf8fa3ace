import type { Run } from '../../core/actions/run.js';
import type { RepositoryName } from '../api/fields.js';
import { getRun } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';
import type { Unsubscribe } from '../store.js';
import { newer } from './runs.js';

/** Runs that are asked for one by one: lists can be behind, and leave out what was started a moment ago. */
export interface TrackedRuns {
  /** Until it ends and the last one who follows has gone. */
  follow(runId: number): Unsubscribe;
  /** Until this attempt has ended: it was asked for just now. */
  expect(runId: number, attempt: number): void;
  /** Asks for those that have not ended. */
  update(signal: AbortSignal): Promise<void>;
  readonly runs: readonly Run[];
  /** Some have not ended. */
  readonly unfinished: boolean;
}

/** Requests of one round; who follows more gets them in turn. */
const most = 10;
/** A run that was started is there after some seconds; one that is never there is forgotten. */
const patience = 2 * 60_000;

interface Tracked {
  followers: number;
  attempt: number;
  readonly since: number;
  run: Run | null;
}

export function createTrackedRuns(github: GitHub, repository: RepositoryName): TrackedRuns {
  const tracked = new Map<number, Tracked>();

  const add = (id: number): Tracked => {
    const known = tracked.get(id) ?? { followers: 0, attempt: 1, since: github.clock.now(), run: null };
    tracked.set(id, known);
    return known;
  };
  const ended = ({ run, attempt }: Tracked): boolean =>
    run !== null && run.status === 'completed' && run.attempt >= attempt;
  const unfinished = (): [number, Tracked][] => [...tracked].filter(([, one]) => !ended(one));

  async function updateOne(id: number, one: Tracked, signal: AbortSignal): Promise<void> {
    try {
      const run = await getRun(github, repository, id, signal);
      one.run = one.run ? newer(one.run, run) : run;
    } catch (error) {
      const absent = error instanceof GitHubError && error.problem.kind === 'not-found';
      if (!absent) throw error;
      if (github.clock.now() - one.since > patience) tracked.delete(id);
    }
  }

  return {
    follow: (id) => {
      const one = add(id);
      one.followers += 1;
      let following = true;
      return () => {
        if (!following) return;
        following = false;
        one.followers -= 1;
        if (one.followers === 0 && ended(one)) tracked.delete(id);
      };
    },
    expect: (id, attempt) => {
      const one = add(id);
      one.attempt = Math.max(one.attempt, attempt);
    },
    update: async (signal) => {
      await Promise.all(
        unfinished()
          .slice(0, most)
          .map(([id, one]) => updateOne(id, one, signal)),
      );
      // What has ended and nobody follows stays for a moment, until the lists have caught up.
      for (const [id, one] of tracked) {
        const at = one.run?.updatedAt ?? one.since;
        if (one.followers === 0 && ended(one) && github.clock.now() - at > patience) tracked.delete(id);
      }
    },
    get runs() {
      return [...tracked.values()].flatMap(({ run }) => run ?? []);
    },
    get unfinished() {
      return unfinished().length > 0;
    },
  };
}
