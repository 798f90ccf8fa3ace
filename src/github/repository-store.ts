import type { Check, RequiredCheck } from '../core/actions/check.js';
import type { Run, Workflow } from '../core/actions/run.js';
import type { CommitFacts, DeliveryFacts, Head, Snapshot } from '../core/actions/snapshot.js';
import { abortError, isAbort } from './abort.js';
import { listRunArtifacts } from './api/artifacts.js';
import { listAnnotations } from './api/jobs.js';
import { createOperations } from './api/operations.js';
import { getRepository, type RepositoryFacts } from './api/repository.js';
import { listRuns, listWorkflowRuns } from './api/runs.js';
import { listWorkflows } from './api/workflows.js';
import { downloadArtifact, downloadLog } from './artifact.js';
import type { GitHub } from './client.js';
import { noDisk, type Disk } from './disk.js';
import type { Operations } from './operations.js';
import { createPoller, type Round, type WakeReason } from './poller.js';
import { GitHubError, isGeneral, type Problem } from './problem.js';
import type { Connection, Part, RepositoryId, Store, Unsubscribe } from './store.js';
import { checksOf, requiredChecksOf } from './store/checks.js';
import { noDelivery, updateDelivery } from './store/delivery.js';
import { createRunDetails } from './store/details.js';
import { createJobSource } from './store/jobs.js';
import { createReportSource } from './store/reports.js';
import { chooseCommits, isLively, isPushed, mergeRuns } from './store/runs.js';
import { reuse, same } from './store/same.js';
import { createTrackedRuns } from './store/tracked.js';

export interface StoreOptions {
  readonly github: GitHub;
  readonly repository: RepositoryId;
  readonly head: Head;
  readonly disk?: Disk;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** The store of a repository, with what the editor tells it. */
export interface RepositoryStore extends Store, Operations {
  /** Another branch or commit is checked out. */
  setHead(head: Head): void;
  /** Something happened outside that makes a look worthwhile. */
  wake(reason: WakeReason): void;
  setFocused(focused: boolean): void;
  /** What is known of the repository itself; null before the first answer. */
  readonly facts: RepositoryFacts | null;
  /**
   * Looks for the run that a dispatch started, where GitHub did not tell its id: the one whose title holds the nonce.
   * @param since when it was dispatched, in milliseconds since 1970
   * @returns null if it is not there yet
   */
  findDispatched(
    workflow: Pick<Workflow, 'id'>,
    nonce: string,
    since: number,
    signal?: AbortSignal,
  ): Promise<Run | null>;
}

const minute = 60_000;
const hour = 60 * minute;

/** Milliseconds after which these are asked for again: they change seldom, and an unchanged answer costs nothing. */
const age = {
  repository: 10 * minute,
  workflows: 5 * minute,
  required: 10 * minute,
  checks: minute,
  main: minute,
  delivery: minute / 2,
};

/** A value with the time of its answer and what it is of. */
interface Aged<T> {
  readonly at: number;
  readonly of: string;
  readonly value: T;
}

export function createStore({
  github,
  repository,
  head: firstHead,
  disk = noDisk,
  random,
}: StoreOptions): RepositoryStore {
  const { clock } = github;
  const name = { owner: repository.owner, repo: repository.name };
  const prefix = `${repository.host} ${repository.owner} ${repository.name}`.toLowerCase();
  const jobs = createJobSource(github, name, disk, prefix);
  const details = createRunDetails(github, name, jobs, createReportSource(github, name, disk, prefix));
  const tracked = createTrackedRuns(github, name);
  const operations = createOperations(github, name);
  const listeners = new Set<() => void>();
  const watchers = { status: 0, delivery: 0, follow: 0 };

  let head = firstHead;
  let snapshot: Snapshot = empty(head);
  let problem: Problem | null = null;
  /** Of parts, until they are asked for again. */
  const failed = new Map<Part, Problem>();
  let disposed = false;
  let round: AbortController | null = null;
  /** Somebody signed in or out since the last answer: what was seen may not be for the eyes of who is here now. */
  let newSession = false;

  let facts: Aged<RepositoryFacts> | null = null;
  let workflows: Aged<readonly Workflow[]> | null = null;
  let mainRuns: Aged<readonly Run[]> | null = null;
  let ofCommit: Aged<readonly Run[]> | null = null;
  let required: Aged<readonly RequiredCheck[] | null> | null = null;
  let delivery: DeliveryFacts = noDelivery;
  /** When it was asked for. */
  let deliveredAt = 0;
  const checks = new Map<string, Aged<readonly Check[] | null>>();
  /** Older runs that were asked for by hand. */
  let older: readonly Run[] = [];

  const connection = (): Connection => ({
    signedIn: github.signedIn(),
    busy: poller.busy,
    problem,
    problems: new Map(failed),
    nextAt: poller.nextAt,
  });
  let shown: Connection | null = null;

  function tell(): void {
    if (disposed) return;
    shown = null;
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        // Whoever shows it has a fault; that must not look as if GitHub had one.
        github.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  const poller = createPoller({
    clock,
    round: runRound,
    ...(random ? { random } : {}),
    onDidChange: tell,
  });

  const isFresh = (aged: Aged<unknown> | null | undefined, most: number, of = ''): boolean =>
    aged?.of === of && clock.now() - aged.at < most;
  const aged = <T>(value: T, of = ''): Aged<T> => ({ at: clock.now(), of, value });

  /** Requests are scarce: signed out, or most of the hour's are used. */
  function scarceUntil(): number | null {
    const limit = github.limit();
    if (!limit || limit.resetAt < clock.now()) return null;
    return limit.limit <= 100 || limit.remaining < limit.limit / 10 ? limit.resetAt : null;
  }

  async function runRound(): Promise<Round> {
    const { signal } = (round = new AbortController());
    const before = snapshot;
    const found: { problem: Problem | null } = { problem: null };
    const fail = (error: unknown): void => {
      if (isAbort(error) && signal.aborted) return;
      found.problem = worse(found.problem, problemOf(error));
    };
    const failPart = (part: Part, error: unknown): void => {
      if (isAbort(error)) return;
      const known = problemOf(error);
      failed.set(part, known);
      // What is wrong with everything is wrong with this part too, and worth another attempt.
      if (!isGeneral(known)) return;
      found.problem = worse(found.problem, known);
      deliveredAt = 0;
    };
    try {
      await updateStatus(signal, fail, failPart);
      if (watchers.delivery > 0 && facts && !found.problem && clock.now() - deliveredAt >= age.delivery) {
        for (const part of ['environments', 'deployments', 'releases', 'images'] as const) failed.delete(part);
        deliveredAt = clock.now();
        delivery = reuse(delivery, await updateDelivery(github, name, facts.value, delivery, signal, failPart));
        publish({ delivery });
      }
    } catch (error) {
      fail(error);
    }
    round = null;
    if (newSession && found.problem && hides(found.problem)) forget();
    if (!signal.aborted) newSession = false;
    problem = found.problem;
    if (!problem && !signal.aborted) snapshot = { ...snapshot, updatedAt: clock.now() };
    return {
      running: tracked.unfinished || allRuns().some((run) => isLively(run, clock.now())),
      changed: reuse(before, { ...snapshot, updatedAt: before.updatedAt }) !== before,
      problem,
      scarceUntil: scarceUntil(),
    };
  }

  const allRuns = (): readonly Run[] => [
    ...snapshot.runs,
    ...(snapshot.current?.runs ?? []),
    ...(snapshot.main?.runs ?? []),
  ];

  async function updateStatus(
    signal: AbortSignal,
    fail: (error: unknown) => void,
    failPart: (part: Part, error: unknown) => void,
  ): Promise<void> {
    const on = head;
    const [, branchRuns] = await Promise.all([
      updateFacts(signal),
      on.branch === null ? [] : listRuns(github, name, { branch: on.branch, perPage: 50 }, signal),
      updateWorkflows(signal),
      tracked.update(signal),
    ]);
    const defaultBranch = facts?.value.defaultBranch ?? null;
    /** Neither branch nor commit, as in the web: then one looks at the default branch. */
    const onNothing = on.branch === null && on.sha === null;
    if (on.branch !== null && on.branch === defaultBranch) mainRuns = aged(branchRuns, defaultBranch);
    else if (defaultBranch !== null && !isFresh(mainRuns, age.main, defaultBranch)) {
      mainRuns = aged(await listRuns(github, name, { branch: defaultBranch, perPage: 30 }, signal), defaultBranch);
    }
    const ofMain = mainRuns?.value ?? [];
    const known = mergeRuns(snapshot.runs, allRuns(), tracked.runs);
    /** Each run as the newest of all answers has it; lists can be behind. */
    const latest = (...lists: readonly (readonly Run[])[]): readonly Run[] => {
      const wanted = new Set(lists.flat().map(({ id }) => id));
      return mergeRuns(
        ...lists,
        known.filter(({ id }) => wanted.has(id)),
      );
    };
    if (on.sha !== null && !isComplete(on.sha, [...branchRuns, ...ofMain]) && !isFresh(ofCommit, age.main, on.sha)) {
      ofCommit = aged(await listRuns(github, name, { sha: on.sha, perPage: 100 }, signal), on.sha);
    }
    const byCommit = ofCommit?.of === on.sha ? ofCommit.value : [];
    if (head !== on) return;

    const ofBranch = tracked.runs.filter(({ branch }) => on.branch !== null && branch === on.branch);
    const withoutBranch =
      on.branch === null ? [...byCommit, ...ofMain].filter(({ sha }) => onNothing || sha === on.sha) : [];
    const runs = latest(branchRuns, withoutBranch, ofBranch, older);
    const everything = latest(runs, byCommit, ofMain, tracked.runs);
    const commits = chooseCommits(everything, runs, ofMain, on.sha, onNothing || on.branch === defaultBranch);
    const runsOf = (sha: string): readonly Run[] => everything.filter((run) => run.sha === sha);
    const factsOf = (sha: string | null, branch: string | null): CommitFacts | null =>
      sha === null
        ? null
        : { ...details.facts(branch ?? '', sha, runsOf(sha)), checks: checks.get(sha)?.value ?? null };
    const show = (): void => {
      if (head !== on) return;
      const current = factsOf(commits.current, on.branch);
      publish({
        defaultBranch,
        workflows: workflows?.value ?? null,
        runs,
        current: current && reuse(snapshot.current, current),
        earlier: keep(snapshot.earlier, factsOf(commits.earlier, on.branch)),
        main: keep(snapshot.main, factsOf(commits.main, defaultBranch)),
        required: required?.of === (on.branch ?? '') ? required.value : null,
      });
    };

    const wanted = new Set([commits.current, commits.earlier, commits.main].flatMap((sha) => sha ?? []));
    details.keep(new Set(everything.filter(({ sha }) => wanted.has(sha)).map(({ id }) => id)));
    for (const sha of checks.keys()) if (!wanted.has(sha)) checks.delete(sha);
    if (commits.current !== null) await details.update(runsOf(commits.current), signal, fail);
    if (commits.earlier !== null) await details.update(runsOf(commits.earlier), signal, fail);
    show();

    const scarce = scarceUntil() !== null;
    const later: Promise<void>[] = [];
    if (commits.main !== null && commits.main !== commits.current && commits.main !== commits.earlier) {
      if (!scarce) later.push(details.update(runsOf(commits.main), signal, fail));
    }
    for (const sha of new Set([commits.current, commits.main])) {
      if (sha !== null) later.push(updateChecks(sha, runsOf(sha), scarce, signal, failPart));
    }
    const branch = on.branch ?? defaultBranch;
    if (branch !== null && !isFresh(required, scarce ? hour : age.required, on.branch ?? '')) {
      later.push(updateRequired(on.branch ?? '', branch, signal, failPart));
    }
    await Promise.all(later);
    show();
  }

  async function updateFacts(signal: AbortSignal): Promise<void> {
    if (!isFresh(facts, age.repository)) facts = aged(await getRepository(github, name, signal));
  }

  async function updateWorkflows(signal: AbortSignal): Promise<void> {
    const listed = new Set(workflows?.value.map(({ id }) => id));
    const isNew = snapshot.runs.some(
      ({ workflowId, createdAt }) => !listed.has(workflowId) && createdAt > (workflows?.at ?? 0),
    );
    if (isNew || !isFresh(workflows, age.workflows)) workflows = aged(await listWorkflows(github, name, signal));
  }

  /** Checks are asked for once a minute, and when something has ended. */
  async function updateChecks(
    sha: string,
    runs: readonly Run[],
    scarce: boolean,
    signal: AbortSignal,
    failPart: (part: Part, error: unknown) => void,
  ): Promise<void> {
    const state = runs.map(({ id, attempt, status }) => `${id} ${attempt} ${status}`).join();
    const known = checks.get(sha);
    if (known && (isFresh(known, age.checks, state) || (scarce && clock.now() - known.at < hour))) return;
    failed.delete('checks');
    try {
      checks.set(sha, aged(await checksOf(github, name, sha, signal), state));
    } catch (error) {
      failPart('checks', error);
      if (error instanceof GitHubError && !isGeneral(error.problem)) checks.set(sha, aged(null, state));
    }
  }

  async function updateRequired(
    of: string,
    branch: string,
    signal: AbortSignal,
    failPart: (part: Part, error: unknown) => void,
  ): Promise<void> {
    failed.delete('required');
    try {
      required = aged(await requiredChecksOf(github, name, branch, signal), of);
    } catch (error) {
      failPart('required', error);
      if (error instanceof GitHubError && !isGeneral(error.problem)) required = aged(null, of);
    }
  }

  /** What a person did may change all that is shown. */
  function acted(): void {
    deliveredAt = 0;
    poller.wake('operation');
  }

  function publish(change: Partial<Snapshot>): void {
    const next = reuse(snapshot, { ...snapshot, ...change });
    if (next === snapshot) return;
    snapshot = next;
    tell();
  }

  /** Nothing of what another account was told stays. */
  function forget(): void {
    facts = workflows = mainRuns = ofCommit = required = null;
    delivery = noDelivery;
    older = [];
    checks.clear();
    failed.clear();
    details.keep(new Set());
    snapshot = empty(head);
  }

  function rewatch(): void {
    poller.setWatched(watchers.status + watchers.delivery + watchers.follow > 0);
  }

  function count(what: keyof typeof watchers): Unsubscribe {
    watchers[what] += 1;
    rewatch();
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      watchers[what] -= 1;
      rewatch();
    };
  }

  return {
    repository,
    get snapshot() {
      return snapshot;
    },
    get connection() {
      return (shown ??= connection());
    },
    get facts() {
      return facts?.value ?? null;
    },
    onDidChange: (listener) => {
      // The same function may listen twice.
      const entry = (): void => {
        listener();
      };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    refresh: () => {
      // Asked for by a person: then what changes seldom is looked at too.
      deliveredAt = 0;
      if (workflows) workflows = { ...workflows, at: 0 };
      if (mainRuns) mainRuns = { ...mainRuns, at: 0 };
      if (ofCommit) ofCommit = { ...ofCommit, at: 0 };
      return poller.refresh();
    },
    watch: (what) => {
      const end = count(what);
      if (what === 'delivery' && delivery.environments === null) poller.wake('looked');
      return end;
    },
    follow: (runId) => {
      const stop = tracked.follow(runId);
      const end = count('follow');
      poller.wake('operation');
      return () => {
        stop();
        end();
      };
    },
    moreRuns: async (workflowId, before, signal) => {
      const filter = {
        ...(head.branch === null ? {} : { branch: head.branch }),
        ...(before ? { until: before.createdAt } : {}),
        // One of them is the run that it goes on from.
        perPage: before ? 31 : 30,
      };
      const runs = await listWorkflowRuns(github, name, workflowId, filter, signal);
      // To the second: the run that it goes on from, and others of its second, are in the answer again.
      const more = before ? runs.filter((run) => run.id !== before.id && run.createdAt <= before.createdAt) : runs;
      older = mergeRuns(older, more).slice(0, 500);
      publish({ runs: mergeRuns(snapshot.runs, more) });
      return more;
    },
    jobs: (run, attempt, signal) => jobs.of(run, attempt, signal),
    artifacts: (run, signal) => listRunArtifacts(github, name, run.id, signal),
    artifactFiles: (artifact, signal) => downloadArtifact(github, name, artifact, signal),
    log: (job, signal) => downloadLog(github, name, job, signal),
    annotations: (job, signal) =>
      job.checkRunId === null ? Promise.resolve([]) : listAnnotations(github, name, job.checkRunId, signal),
    setHead: (next) => {
      if (same(Object.values(head), Object.values(next))) return;
      const moved = next.branch !== head.branch;
      const pushed = !moved && next.pushedSha !== head.pushedSha;
      head = next;
      if (moved) older = [];
      const runs = moved ? snapshot.runs.filter(({ branch }) => branch === next.branch) : snapshot.runs;
      const facts = [snapshot.current, snapshot.earlier, snapshot.main].find((one) => one?.sha === next.sha) ?? null;
      publish({
        head,
        runs,
        current: facts && { ...facts, branch: next.branch ?? '' },
        earlier:
          moved || snapshot.current?.sha === next.sha ? snapshot.earlier : (snapshot.current ?? snapshot.earlier),
        ...(moved ? { earlier: null, required: null } : {}),
      });
      poller.wake(pushed ? 'push' : 'head');
    },
    wake: (reason) => {
      if (reason === 'session') {
        newSession = true;
        details.retry();
        round?.abort();
      }
      poller.wake(reason);
    },
    setFocused: (focused) => {
      poller.setFocused(focused);
    },
    findDispatched: async (workflow, nonce, since, signal) => {
      if (nonce === '') throw abortError();
      const filter = { event: 'workflow_dispatch', since: since - minute, perPage: 30 };
      const runs = await listWorkflowRuns(github, name, workflow.id, filter, signal);
      return runs.find(({ title }) => title.includes(nonce)) ?? null;
    },
    dispatch: async (workflow, ref, inputs) => {
      const id = await operations.dispatch(workflow, ref, inputs);
      if (id !== null) tracked.expect(id, 1);
      acted();
      return id;
    },
    rerun: async (run, which, options) => {
      await operations.rerun(run, which, options);
      tracked.expect(run.id, run.attempt + 1);
      acted();
    },
    rerunJob: async (job, options) => {
      await operations.rerunJob(job, options);
      tracked.expect(job.runId, job.attempt + 1);
      acted();
    },
    cancel: async (run, options) => {
      await operations.cancel(run, options);
      tracked.expect(run.id, run.attempt);
      acted();
    },
    review: async (run, pending, verdict, comment) => {
      await operations.review(run, pending, verdict, comment);
      tracked.expect(run.id, run.attempt);
      acted();
    },
    dispose: () => {
      disposed = true;
      poller.dispose();
      round?.abort();
      listeners.clear();
    },
  };
}

const empty = (head: Head): Snapshot => ({
  defaultBranch: null,
  head,
  workflows: null,
  runs: [],
  current: null,
  earlier: null,
  main: null,
  required: null,
  delivery: noDelivery,
  updatedAt: null,
});

const keep = (before: CommitFacts | null, now: CommitFacts | null): CommitFacts | null => now && reuse(before, now);

/** Whether the lists have the runs that judge a commit: others, such as those of comments, may have displaced them. */
const isComplete = (sha: string, runs: readonly Run[]): boolean => runs.some((run) => run.sha === sha && isPushed(run));

/** Of two problems of one round, the one that says more about the next. */
function worse(one: Problem | null, other: Problem): Problem {
  return one === null || other.kind === 'rate-limited' ? other : one;
}

/** Problems by which a new sign-in shows that it may not see the repository. */
const hides = ({ kind }: Problem): boolean =>
  ['signed-out', 'unauthorized', 'saml', 'missing-scope', 'not-found', 'forbidden'].includes(kind);

function problemOf(error: unknown): Problem {
  if (error instanceof GitHubError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'unexpected', operation: 'the repository', message };
}
