import * as v from 'valibot';
import type { Job, Run } from '../../core/actions/run.js';
import { id } from '../api/fields.js';
import { listJobs } from '../api/jobs.js';
import type { RepositoryFacts } from '../api/repository.js';
import { listRuns } from '../api/runs.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';

/** How a check that must report stands. */
export interface Gate {
  /** The job, for example `test-gate`. */
  readonly name: string;
  readonly job: Job | null;
}

export interface Proof {
  readonly branch: string;
  readonly pull: { readonly number: number; readonly url: string } | null;
  readonly gates: readonly Gate[];
  readonly runs: readonly Run[];
  /** Something may have been pushed. */
  readonly begun: boolean;
  /** What could not be removed afterwards; empty: nothing is left. */
  readonly left: readonly string[];
  /** Why it came to no end; null when every gate has reported. */
  readonly problem: unknown;
}

export interface ProofOptions {
  readonly github: GitHub;
  readonly repository: RepositoryFacts;
  /** The gate jobs that must report. */
  readonly gates: readonly string[];
  /** Unlike any other: becomes part of the branch. Letters, digits and hyphens. */
  readonly request: string;
  readonly tell: (gates: readonly Gate[]) => void;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

const commitSchema = v.object({ sha: v.string(), tree: v.object({ sha: v.string() }) });
const refSchema = v.object({ object: v.object({ sha: v.string() }) });
const pullSchema = v.object({ number: id, html_url: v.string(), head: v.object({ ref: v.string() }) });

/** Between two looks, in milliseconds; and how often runs are looked for before they count as missing. */
const rhythm = { look: 5000, patience: 24 };

/**
 * Proves the pipeline: an empty commit on a branch of its own, a pull request, and the gates that report on it. Afterwards the pull
 * request is closed and the branch removed, whatever happened; what could not be removed is told. Never rejects.
 */
export async function proveLive(options: ProofOptions): Promise<Proof> {
  const { github, repository, request, gates, signal } = options;
  const named = { owner: repository.owner, repo: repository.name };
  const branch = `rust-ci-verify-${request}`;
  let pull: Proof['pull'] = null;
  let runs: readonly Run[] = [];
  let seen: readonly Gate[] = gates.map((name) => ({ name, job: null }));
  let problem: unknown = null;
  let begun = false;
  try {
    if (gates.length === 0) throw new Error('There is no gate that could report.');
    signal.throwIfAborted();
    const { git, pulls } = github.rest;
    const base = await github.get(git.getRef, { ...named, ref: `heads/${repository.defaultBranch}` }, refSchema, {
      what: `the branch ${repository.defaultBranch}`,
    });
    const parent = base.object.sha;
    const { tree } = await github.get(git.getCommit, { ...named, commit_sha: parent }, commitSchema, {
      what: 'the newest commit',
    });
    const message = 'Verify the pipeline\n\nAn empty commit. It is removed when the gates have reported.';
    const commit = await github.change(
      git.createCommit,
      { ...named, message, tree: tree.sha, parents: [parent] },
      commitSchema,
      { what: 'an empty commit' },
    );
    signal.throwIfAborted();
    begun = true;
    const ref = { ...named, ref: `refs/heads/${branch}`, sha: commit.sha };
    await github.change(git.createRef, ref, v.unknown(), { what: `the branch ${branch}` });
    const opened = await github.change(
      pulls.create,
      {
        ...named,
        title: 'Verify the pipeline',
        body: 'An empty commit, to see that every gate reports. It is closed by itself.',
        head: branch,
        base: repository.defaultBranch,
      },
      pullSchema,
      { what: 'the pull request' },
    );
    pull = { number: opened.number, url: opened.html_url };
    for (let looks = 0, empty = 0; ; looks += 1) {
      signal.throwIfAborted();
      ({ runs, gates: seen } = await look(options, commit.sha));
      options.tell(seen);
      if (seen.every(({ job }) => job?.status === 'completed')) break;
      if (runs.length === 0 && ++empty > rhythm.patience) throw new Error('No run has started.');
      const over = runs.length > 0 && runs.every(({ status }) => status === 'completed');
      if (over && looks > 1) throw new Error('The runs have ended, and not every gate has reported.');
      await options.pause(rhythm.look);
    }
  } catch (error) {
    problem = error;
  }
  const left = begun ? await cleanUp(github, named, branch, pull) : [];
  return { branch, pull, gates: seen, runs, begun, left, problem };
}

async function look({ github, repository, gates }: ProofOptions, sha: string) {
  const named = { owner: repository.owner, repo: repository.name };
  const runs = await listRuns(github, named, { sha, perPage: 30 });
  const jobs = (await Promise.all(runs.map((run) => listJobs(github, named, run.id)))).flat();
  return { runs, gates: gates.map((name): Gate => ({ name, job: jobs.find((job) => job.name === name) ?? null })) };
}

interface Named {
  readonly owner: string;
  readonly repo: string;
}

/** @returns what is left, in words for people */
async function cleanUp(github: GitHub, named: Named, branch: string, pull: Proof['pull']): Promise<string[]> {
  const left: string[] = [];
  const { pulls, git } = github.rest;
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // What is not there needs no removing. GitHub answers 422 for a branch that does not exist.
      const gone =
        error instanceof GitHubError &&
        (error.problem.kind === 'not-found' || (error.problem.kind === 'rejected' && error.problem.status === 422));
      if (!gone) left.push(what);
    }
  };
  await attempt(`the pull request of ${branch}`, async () => {
    // The answer to opening it may have been lost.
    const query = { ...named, head: `${named.owner}:${branch}`, state: 'open' as const };
    const open = pull
      ? [{ number: pull.number }]
      : await github.get(pulls.list, query, v.array(pullSchema), { what: 'the pull requests' });
    for (const { number } of open) {
      const closed = { ...named, pull_number: number, state: 'closed' as const };
      await github.change(pulls.update, closed, v.unknown(), { what: `the pull request #${number}` });
    }
  });
  await attempt(`the branch ${branch}`, () =>
    github.change(git.deleteRef, { ...named, ref: `heads/${branch}` }, v.unknown(), { what: `the branch ${branch}` }),
  );
  return left;
}
