import type { Job, Run } from '../actions/run.js';
import type { CommitFacts } from '../actions/snapshot.js';
import type { Gate } from './gate.js';
import { baseName, workflowIdOf } from './job-name.js';
import { deliveryWorkflows, helperJobs, knownGate, knownGates } from './known.js';
import { gateOfName, type GatePattern } from './patterns.js';
import { standingOf, together, type Standing } from './progress.js';
import type { Report, ReportedGate } from './report.js';

/** Events whose runs judge a commit. Others (schedules, issues, manual starts) judge it only in our own pipeline. */
const judging = new Set(['push', 'pull_request', 'pull_request_target', 'merge_group']);

/** Whether the run is one of our pipeline: it has the file name, and the jobs or the report that go with it. */
function isOurs(run: Run, jobs: readonly Job[], report: Report | undefined): boolean {
  const id = workflowIdOf(run.path);
  if (report) return report.workflow === id;
  return (
    knownGates.some(({ workflow }) => workflow === id) &&
    jobs.some(({ name }) => name === 'detect' || name === 'gitleaks' || name.endsWith('-gate'))
  );
}

/** The newest run of each workflow: it is the one that branch rules go by. */
export function newestRuns(runs: readonly Run[]): Run[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    const known = newest.get(run.path);
    if (!known || known.id < run.id) newest.set(run.path, run);
  }
  return [...newest.values()];
}

/**
 * The runs that a commit is judged by, newest first: the newest of each workflow, and the newest of each of its events that
 * judge. A schedule, or a pull request whose jobs leave the work to the push, comes later than that and says less.
 */
export function decidingRuns(runs: readonly Run[]): Run[] {
  const newest = new Set(newestRuns(runs));
  const ofEvents = new Map<string, Run>();
  for (const run of runs) {
    if (!judging.has(run.event)) continue;
    const key = `${run.path} ${run.event}`;
    const known = ofEvents.get(key);
    if (!known || known.id < run.id) ofEvents.set(key, run);
  }
  return [...new Set([...newest, ...ofEvents.values()])].sort((one, other) => other.id - one.id);
}

/**
 * The gates that the runs of a commit report, from the report where there is one, else from the jobs. Of several runs of a
 * workflow the newest decides, except on what it skipped or did not check.
 */
export function gatesOfRuns(facts: CommitFacts, patterns: readonly GatePattern[]): Gate[] {
  const workflows = new Map<string, Map<string, Gate>>();
  /** Workflows of which a newer run goes on, and will say more. */
  const unfinished = new Set<string>();
  for (const run of decidingRuns(facts.runs)) {
    const reported = gatesOfOneRun(run, facts, patterns);
    if (reported === null) continue;
    const gates = workflows.get(run.path) ?? new Map<string, Gate>();
    workflows.set(run.path, gates);
    for (const gate of reported) {
      const known = gates.get(gate.id);
      if (known ? known.state === 'skipped' : !unfinished.has(run.path)) gates.set(gate.id, gate);
    }
    if (run.status !== 'completed') unfinished.add(run.path);
  }
  return [...workflows.values()].flatMap((gates) => [...gates.values()]);
}

/** Null for a run that does not judge its commit. */
function gatesOfOneRun(run: Run, facts: CommitFacts, patterns: readonly GatePattern[]): Gate[] | null {
  if (deliveryWorkflows.has(workflowIdOf(run.path))) return null;
  const jobs = facts.jobs.get(run.id);
  const uploaded = facts.reports.get(run.id);
  const report =
    uploaded?.attempt === run.attempt && run.status === 'completed' && uploaded.report.commit === run.sha
      ? uploaded.report
      : undefined;
  const ours = isOurs(run, jobs ?? [], report);
  if (!ours && !judging.has(run.event)) return null;
  if (report) return gatesOfReport(run, report, jobs ?? []);
  if (jobs === undefined || jobs.length === 0) return [gateOfRun(run)];
  return gatesOfJobs(run, jobs, ours, patterns, facts.unreadable.get(run.id));
}

const nothing = { value: null, threshold: null, unit: null, required: null, was: null } as const;

function gatesOfReport(run: Run, report: Report, jobs: readonly Job[]): Gate[] {
  return report.gates
    .filter(({ id, state }) => !helperJobs.has(id) || state === 'fail')
    .map((reported): Gate => {
      const legs = jobs.filter(({ name }) => baseName(name) === reported.id);
      const standing = ofReport(reported, legs);
      return {
        id: reported.id,
        title: knownGate(reported.id)?.title ?? reported.id,
        ...standing,
        value: reported.value,
        threshold: reported.threshold,
        unit: reported.unit,
        required: null,
        source: 'report',
        sha: run.sha,
        was: null,
        runId: run.id,
        jobIds: legs.map(({ id }) => id),
        url: legs.length === 1 ? (legs[0]?.url ?? run.url) : run.url,
        at: lastEnd(legs) ?? run.updatedAt,
      };
    });
}

/** A report is what a job says of itself: where the job failed, it is not believed that the gate passed. */
function ofReport(reported: ReportedGate, legs: readonly Job[]): Standing {
  switch (reported.state) {
    case 'pass':
      return legs.some((leg) => standingOf(leg).state === 'failed')
        ? { state: 'failed', reason: 'The job failed although its report says that the gate passed.' }
        : { state: 'passed', reason: reported.reason };
    case 'fail':
      return { state: 'failed', reason: reported.reason };
    case 'skipped':
      return { state: 'skipped', reason: reported.reason ?? 'It checked nothing.' };
    case 'cancelled':
      return { state: 'unknown', reason: reported.reason ?? 'It was cancelled.' };
  }
}

function gatesOfJobs(
  run: Run,
  jobs: readonly Job[],
  ours: boolean,
  patterns: readonly GatePattern[],
  unreadable: string | undefined,
): Gate[] {
  const groups = new Map<string, { title: string; jobs: Job[] }>();
  for (const job of jobs) {
    const name = baseName(job.name);
    if (ours && helperJobs.has(name) && standingOf(job).state !== 'failed') continue;
    if (ours && name.endsWith('-gate')) continue;
    const known = ours ? knownGate(name) : undefined;
    const gate = known ?? gateOfName(name, patterns) ?? { id: `${workflowIdOf(run.path)}/${name}`, title: name };
    const group = groups.get(gate.id);
    if (group) group.jobs.push(job);
    else groups.set(gate.id, { title: gate.title, jobs: [job] });
  }
  return [...groups].map(([id, group]): Gate => {
    const standing = together(group.jobs.map(standingOf));
    return {
      ...nothing,
      id,
      title: group.title,
      state: standing.state,
      reason: standing.reason ?? (ours && unreadable ? `By its job alone: ${unreadable}` : null),
      source: 'job',
      sha: run.sha,
      runId: run.id,
      jobIds: group.jobs.map((job) => job.id),
      url: group.jobs.length === 1 ? (group.jobs[0]?.url ?? run.url) : run.url,
      at: lastEnd(group.jobs) ?? run.updatedAt,
    };
  });
}

/** A run whose jobs are not known: that it ended well does not say that it checked anything. */
function gateOfRun(run: Run): Gate {
  const standing = standingOf(run);
  return {
    ...nothing,
    id: `workflow/${workflowIdOf(run.path)}`,
    title: run.name,
    state: standing.state === 'passed' ? 'unknown' : standing.state,
    reason: standing.state === 'passed' ? 'The run ended well; its jobs are not known yet.' : standing.reason,
    source: 'job',
    sha: run.sha,
    runId: run.id,
    jobIds: [],
    url: run.url,
    at: run.updatedAt,
  };
}

function lastEnd(jobs: readonly Job[]): number | null {
  const ends = jobs.flatMap(({ completedAt, startedAt }) => completedAt ?? startedAt ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}
