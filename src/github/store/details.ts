import type { Job, PendingDeployment, Run } from '../../core/actions/run.js';
import type { CommitFacts, RunReport } from '../../core/actions/snapshot.js';
import { decidingRuns } from '../../core/gates/run-gates.js';
import type { RepositoryName } from '../api/fields.js';
import { listPending } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { GitHubError, isGeneral } from '../problem.js';
import type { JobSource } from './jobs.js';
import type { ReportSource } from './reports.js';

/** What is known of one run beside itself, and of which attempt it is. */
interface Details {
  readonly attempt: number;
  readonly jobs: readonly Job[] | null;
  /** The jobs are those of an attempt that has ended. */
  readonly final: boolean;
  readonly pending: readonly PendingDeployment[] | null;
  readonly report: RunReport | null;
  readonly unreadable: string | null;
}

const nothing = (attempt: number): Details => ({
  attempt,
  jobs: null,
  final: false,
  pending: null,
  report: null,
  unreadable: null,
});

/** Runs of one commit whose details are fetched by themselves; a repository with more workflows than that is rare. */
const mostRuns = 30;

/** Jobs, approvals and reports of the runs that are shown. */
export interface RunDetails {
  /** Fetches what is not known yet of the runs of a commit. Reports its problems and goes on with the next run. */
  update(runs: readonly Run[], signal: AbortSignal, onProblem: (error: unknown) => void): Promise<void>;
  facts(branch: string, sha: string, runs: readonly Run[]): Omit<CommitFacts, 'checks'>;
  /** Forgets all other runs. */
  keep(runs: ReadonlySet<number>): void;
  /** Asks again for what could not be read. */
  retry(): void;
}

/** A refusal of this one thing, which says nothing about others; signed out, for example, no artifact can be had. */
function isOwn(error: unknown): error is GitHubError {
  return error instanceof GitHubError && !isGeneral(error.problem);
}

function reasonOf(error: unknown): string {
  if (isOwn(error)) return error.message;
  throw error;
}

export function createRunDetails(
  github: GitHub,
  repository: RepositoryName,
  jobs: JobSource,
  reports: ReportSource,
): RunDetails {
  const known = new Map<number, Details>();
  /** Reports were looked for since these runs ended: id of the run to its attempt. */
  const searched = new Map<number, number>();

  const of = (run: Run): Details => {
    const details = known.get(run.id);
    // What an earlier attempt said must not be taken for what this one says.
    return details?.attempt === run.attempt ? details : nothing(run.attempt);
  };
  const learn = (run: Run, change: Partial<Details>): void => {
    known.set(run.id, { ...of(run), ...change });
  };

  /** Whether a report may still appear: artifacts can be listed a little later than the end of their run. */
  const mayAppear = (run: Run): boolean => github.clock.now() - run.updatedAt < 2 * 60_000;

  const needsReport = (run: Run): boolean => {
    if (run.status !== 'completed') return false;
    const { report, unreadable } = of(run);
    if (report?.attempt === run.attempt || unreadable !== null) return false;
    return searched.get(run.id) !== run.attempt || mayAppear(run);
  };

  async function findReport(run: Run, signal: AbortSignal): Promise<void> {
    const finding = await reports.of(run, signal).catch(reasonOf);
    if (typeof finding === 'string') learn(run, { unreadable: finding });
    else if (finding) learn(run, { report: finding });
    searched.set(run.id, run.attempt);
  }

  /** A run that passed and has reported says all by that; of others one wants to see which job it was. */
  const needsJobs = (run: Run): boolean => {
    const { jobs, final, report } = of(run);
    if (run.status !== 'completed') return true;
    if (jobs !== null && final) return false;
    return report?.attempt !== run.attempt || run.conclusion !== 'success' || jobs !== null;
  };

  async function updateRun(run: Run, signal: AbortSignal): Promise<void> {
    if (needsReport(run)) await findReport(run, signal);
    if (needsJobs(run)) {
      const answer = await jobs.of(run, run.attempt, signal);
      const final = run.status === 'completed' && answer.every(({ status }) => status === 'completed');
      learn(run, { jobs: answer, final });
    }
    if (run.status === 'waiting' || of(run).jobs?.some(({ status }) => status === 'waiting')) {
      learn(run, { pending: await listPending(github, repository, run.id, signal) });
    } else if (of(run).pending !== null) learn(run, { pending: null });
  }

  return {
    update: async (runs, signal, onProblem) => {
      const deciding = decidingRuns(runs).slice(0, mostRuns);
      if (deciding.some(needsReport)) {
        try {
          await reports.look(signal);
        } catch (error) {
          // Where the list can't be had, each run is asked for its own artifacts.
          if (!isOwn(error)) {
            onProblem(error);
            return;
          }
        }
      }
      await Promise.all(
        deciding.map((run) =>
          updateRun(run, signal).catch((error: unknown) => {
            onProblem(error);
          }),
        ),
      );
    },
    facts: (branch, sha, runs) => {
      const entries = runs.map((run) => ({ id: run.id, ...of(run) }));
      const pick = <T>(value: (entry: (typeof entries)[number]) => T | null): Map<number, T> =>
        new Map(
          entries.flatMap((entry): [number, T][] => {
            const found = value(entry);
            return found === null ? [] : [[entry.id, found]];
          }),
        );
      return {
        branch,
        sha,
        runs,
        jobs: pick((entry) => entry.jobs),
        pending: pick((entry) => entry.pending),
        reports: pick((entry) => entry.report),
        unreadable: pick((entry) => entry.unreadable),
      };
    },
    retry: () => {
      for (const [id, one] of known) if (one.unreadable !== null) known.set(id, { ...one, unreadable: null });
      searched.clear();
    },
    keep: (runs) => {
      for (const id of known.keys()) if (!runs.has(id)) known.delete(id);
      for (const id of searched.keys()) if (!runs.has(id)) searched.delete(id);
    },
  };
}
