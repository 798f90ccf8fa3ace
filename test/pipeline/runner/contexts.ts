import { refName, refType } from './event.js';
import type { Machine } from './machine.js';
import type { Combination } from './matrix.js';
import type { JobResult, StepResult } from './result.js';
import type { Run } from './run.js';
import type { Result } from './status.js';

const runId = '1000001';

/** The `github` context; `job` and `machine` are left out outside of a job. */
export function githubContext(run: Run, job?: string, machine?: Machine): Record<string, unknown> {
  const { event, repository } = run;
  const [owner, name] = repository.name.split('/');
  return {
    event_name: event.name,
    event: {
      ...event.payload,
      inputs: event.inputs,
      repository: {
        name,
        full_name: repository.name,
        owner: { login: owner },
        private: repository.private,
        visibility: repository.private ? 'private' : 'public',
        default_branch: repository.defaultBranch,
        html_url: `https://github.com/${repository.name}`,
        fork: false,
      },
    },
    ref: event.ref,
    ref_name: refName(event),
    ref_type: refType(event),
    head_ref: event.headRef,
    base_ref: event.baseRef,
    sha: run.sha,
    repository: repository.name,
    repository_owner: owner,
    repository_id: '1',
    run_id: runId,
    run_number: '7',
    run_attempt: '1',
    actor: 'maintainer',
    triggering_actor: 'maintainer',
    workflow: run.workflow.name,
    workflow_ref: `${repository.name}/.github/workflows/workflow.yml@${event.ref}`,
    server_url: 'https://github.com',
    api_url: 'https://api.github.com',
    graphql_url: 'https://api.github.com/graphql',
    token: 'github-token',
    job: job ?? '',
    workspace: machine?.workspace ?? '',
  };
}

/** The `GITHUB_…` variables that a step gets, in the shape of the context. */
export function githubVariables(run: Run, job: string, machine: Machine): Record<string, string> {
  const withheld = new Set(['event', 'token']);
  const plain = Object.entries(githubContext(run, job, machine)).filter(([key]) => !withheld.has(key));
  return {
    ...Object.fromEntries(plain.map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, String(value)])),
    GITHUB_ACTIONS: 'true',
  };
}

export function needsContext(needs: readonly string[], jobs: Record<string, JobResult>): Record<string, unknown> {
  return Object.fromEntries(
    needs.map((id) => [id, { result: jobs[id]?.result ?? 'skipped', outputs: jobs[id]?.outputs ?? {} }]),
  );
}

export function stepsContext(steps: readonly StepResult[]): Record<string, unknown> {
  return Object.fromEntries(
    steps.flatMap(({ id, outcome, conclusion, outputs }) =>
      id === undefined ? [] : [[id, { outcome, conclusion, outputs }]],
    ),
  );
}

/** What the contexts of a step have beside those of its job. */
export interface Progress {
  steps: readonly StepResult[];
  env: Record<string, string>;
  status: Result;
}

export interface Leg {
  job: string;
  matrix: Combination;
  index: number;
  total: number;
  failFast: boolean;
  machine: Machine;
  needs: Record<string, unknown>;
}

/** The `strategy` context: jobs run one after another here. */
export function strategyContext(leg: Omit<Leg, 'machine'>): Record<string, unknown> {
  return { 'job-index': leg.index, 'job-total': leg.total, 'fail-fast': leg.failFast, 'max-parallel': 1 };
}

/** Every context that a step can see. */
export function stepContexts(run: Run, leg: Leg, progress: Progress): Record<string, unknown> {
  const { machine } = leg;
  return {
    github: githubContext(run, leg.job, machine),
    env: progress.env,
    vars: run.vars,
    secrets: { GITHUB_TOKEN: 'github-token', ...run.secrets },
    inputs: run.inputs,
    needs: leg.needs,
    matrix: leg.matrix,
    strategy: strategyContext(leg),
    steps: stepsContext(progress.steps),
    job: { status: progress.status },
    runner: {
      os: 'Linux',
      arch: 'X64',
      name: 'local',
      temp: machine.temp,
      tool_cache: machine.home,
      debug: '',
      environment: 'github-hosted',
    },
  };
}

/** The contexts of a job's own keys, before it has a machine. */
export function jobContexts(run: Run, needs: Record<string, unknown>): Record<string, unknown> {
  return { github: githubContext(run), vars: run.vars, inputs: run.inputs, needs };
}
