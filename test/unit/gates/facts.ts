import type { Check } from '../../../src/core/actions/check.js';
import type { Conclusion, Job, Run, Status, Workflow } from '../../../src/core/actions/run.js';
import type { CommitFacts, RunReport, Snapshot } from '../../../src/core/actions/snapshot.js';
import type { Report, ReportedGate } from '../../../src/core/gates/report.js';

export const commits = { now: 'a'.repeat(40), before: 'b'.repeat(40), main: 'c'.repeat(40) };

type State = Status | Conclusion;
const isConclusion = (state: State): state is Conclusion =>
  !['queued', 'requested', 'pending', 'waiting', 'in_progress', 'completed'].includes(state);
const progress = (state: State) =>
  isConclusion(state)
    ? ({ status: 'completed', conclusion: state } as const)
    : ({ status: state, conclusion: null } as const);

let ids = 100;

export function run(file: string, state: State = 'success', more: Partial<Run> = {}): Run {
  const id = more.id ?? ids++;
  return {
    id,
    workflowId: 1,
    path: `.github/workflows/${file}`,
    name: file,
    title: 'A change',
    number: id,
    attempt: 1,
    event: 'push',
    branch: 'feature',
    sha: commits.now,
    actor: 'maria',
    createdAt: 0,
    startedAt: 0,
    updatedAt: 1,
    url: `https://github.com/o/r/actions/runs/${id}`,
    ...progress(state),
    ...more,
  };
}

export function job(of: Run, name: string, state: State = 'success'): Job {
  const id = ids++;
  return {
    id,
    runId: of.id,
    attempt: of.attempt,
    name,
    startedAt: 1,
    completedAt: isConclusion(state) ? 2 : null,
    steps: [],
    checkRunId: id,
    url: `${of.url}/job/${id}`,
    ...progress(state),
  };
}

export function check(name: string, state: State = 'success', more: Partial<Check> = {}): Check {
  return { id: ids++, name, app: 'other', summary: null, url: null, completedAt: 1, ...progress(state), ...more };
}

export const reported = (id: string, state: ReportedGate['state'], more: Partial<ReportedGate> = {}): ReportedGate => ({
  id,
  state,
  value: null,
  threshold: null,
  unit: null,
  reason: null,
  ...more,
});

export function report(of: Run, gates: ReportedGate[], more: Partial<Report> = {}): RunReport {
  return {
    runId: of.id,
    attempt: of.attempt,
    report: {
      schema: 1,
      workflow: of.path.replace(/^.*\/|\.yml$/g, ''),
      repository: 'o/r',
      commit: of.sha,
      ref: 'refs/heads/feature',
      event: of.event,
      run: { id: of.id, number: of.number, attempt: of.attempt },
      created: '2026-11-01T00:00:00Z',
      gates,
      ...more,
    },
  };
}

interface Parts {
  readonly runs?: readonly Run[];
  readonly jobs?: readonly Job[];
  readonly reports?: readonly RunReport[];
  readonly checks?: readonly Check[] | null;
  readonly unreadable?: readonly [Run, string][];
}

export function facts(parts: Parts, sha = commits.now, branch = 'feature'): CommitFacts {
  const jobs = new Map<number, Job[]>();
  for (const one of parts.jobs ?? []) jobs.set(one.runId, [...(jobs.get(one.runId) ?? []), one]);
  return {
    branch,
    sha,
    runs: parts.runs ?? [],
    jobs,
    pending: new Map(),
    reports: new Map((parts.reports ?? []).map((one) => [one.runId, one])),
    unreadable: new Map((parts.unreadable ?? []).map(([{ id }, why]) => [id, why])),
    checks: parts.checks ?? null,
  };
}

export const workflow = (file: string, enabled = true): Workflow => ({
  id: 1,
  name: file,
  path: `.github/workflows/${file}`,
  enabled,
  url: '',
});

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    defaultBranch: 'main',
    head: { branch: 'feature', sha: commits.now, pushedSha: commits.now },
    workflows: null,
    runs: [],
    current: null,
    earlier: null,
    main: null,
    required: null,
    delivery: { environments: null, deployments: null, releases: null, images: null },
    updatedAt: 1,
    ...more,
  };
}
