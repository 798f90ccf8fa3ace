import { combinationsOf } from './matrix.js';
import type { Combination } from './matrix.js';
import { evaluate, holds, interpolate } from './expression.js';
import type { Contexts } from './expression.js';
import { needsOf } from './needs.js';
import type { Need } from './needs.js';
import type { WorkflowFile, WorkflowJob, WorkflowStep } from './workflow-file.js';

/** The machine that one sits at, in GitHub's words. */
export interface Machine {
  readonly os: 'Linux' | 'macOS' | 'Windows';
  /** Absolute paths. */
  readonly workspace: string;
  readonly temp: string;
  readonly branch: string | null;
  readonly defaultBranch: string;
}

/** A command of a workflow, ready to run here. */
export interface LocalStep {
  readonly name: string;
  readonly script: string;
  readonly shell: string;
  /** In the repository; `.` is the repository itself. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly runs: (succeeded: boolean) => boolean;
}

/** One job of a gate: several for the roots of a repository. */
export interface LocalJob {
  readonly name: string;
  readonly steps: readonly LocalStep[];
}

export interface LocalPlan {
  readonly jobs: readonly LocalJob[];
  /** Why nothing is to be checked, in a sentence; null where something is. */
  readonly skipped: string | null;
  /** What must be installed. */
  readonly needs: readonly Need[];
}

/** The ids of the jobs that are gates: not those that find out what there is to check, or judge the others. */
export function gatesIn(workflow: WorkflowFile): readonly string[] {
  return Object.entries(workflow.jobs)
    .filter(([id, job]) => id !== 'detect' && !id.endsWith('-gate') && id !== 'history' && commandsOf(job).length > 0)
    .map(([id]) => id);
}

/** What must run before a gate: the job `detect`, where the gate needs it. */
export function detectionFor(workflow: WorkflowFile, gate: string, machine: Machine): LocalStep | null {
  if (workflow.jobs[gate]?.needs.includes('detect') !== true) return null;
  const detect = workflow.jobs['detect'];
  const step = detect?.steps.find(({ run }) => run !== undefined);
  if (!detect || !step) return null;
  return localStep(workflow, detect, step, contextsOf(workflow, machine, {}, {}, 0));
}

/**
 * What a gate runs, from the workflow itself.
 * @param outputs what `detect` found out, by name
 */
export function planOf(
  workflow: WorkflowFile,
  gate: string,
  outputs: Readonly<Record<string, string>>,
  machine: Machine,
): LocalPlan {
  const job = workflow.jobs[gate];
  if (!job) throw new Error(`The workflow has no job "${gate}".`);
  const general = contextsOf(workflow, machine, outputs, {}, 0);
  if (!holds(job.if, general, true)) {
    return { jobs: [], skipped: reasonFor(gate, outputs), needs: [] };
  }
  const legs = hereOnly(job, combinationsOf(job, general), general, machine);
  const jobs = legs.map((matrix, index): LocalJob => {
    const contexts = contextsOf(workflow, machine, outputs, matrix, index);
    return {
      name: job.name === undefined ? gate : interpolate(job.name, contexts),
      steps: commandsOf(job).map((step) => localStep(workflow, job, step, contexts)),
    };
  });
  const needs = legs.flatMap((matrix, index) => needsOf(job, contextsOf(workflow, machine, outputs, matrix, index)));
  return {
    jobs,
    skipped: jobs.length === 0 ? reasonFor(gate, outputs) : null,
    needs: [...new Map(needs.map((need) => [need.name, need])).values()],
  };
}

/** The commands that check something: not those that set the machine up. */
function commandsOf(job: WorkflowJob): WorkflowStep[] {
  return job.steps.filter(({ run, name }) => run !== undefined && !/^(?:set up|install)\b/i.test(name ?? ''));
}

/** Of a matrix over operating systems the legs for this one; where there is none, those of the first system. */
function hereOnly(
  job: WorkflowJob,
  legs: readonly Combination[],
  general: Contexts,
  machine: Machine,
): readonly Combination[] {
  const systemOf = (matrix: Combination) => String(evaluate(job['runs-on'] ?? '', { ...general, matrix }));
  const systems = [...new Set(legs.map(systemOf))];
  if (systems.length < 2) return legs;
  const prefix = { Linux: 'ubuntu', macOS: 'macos', Windows: 'windows' }[machine.os];
  const chosen = systems.find((system) => system.startsWith(prefix)) ?? systems[0];
  return legs.filter((matrix) => systemOf(matrix) === chosen);
}

function contextsOf(
  workflow: WorkflowFile,
  machine: Machine,
  outputs: Readonly<Record<string, string>>,
  matrix: Combination,
  index: number,
): Contexts {
  const github = {
    // No event of GitHub: what only happens for pushes or pull requests (uploads, comments) does not happen here.
    event_name: 'local',
    event: { repository: { default_branch: machine.defaultBranch, visibility: 'private' } },
    ref_name: machine.branch ?? '',
    ref: `refs/heads/${machine.branch ?? ''}`,
    workspace: machine.workspace,
    token: '',
  };
  return {
    github,
    runner: { os: machine.os, temp: machine.temp, arch: 'X64' },
    env: workflow.env,
    matrix,
    strategy: { 'job-index': index },
    needs: { detect: { result: 'success', outputs } },
    secrets: {},
    vars: {},
    steps: {},
    job: { status: 'success' },
  };
}

function localStep(workflow: WorkflowFile, job: WorkflowJob, step: WorkflowStep, contexts: Contexts): LocalStep {
  const env = Object.fromEntries(
    Object.entries({ ...workflow.env, ...job.env, ...step.env }).flatMap(([key, value]) => {
      const text = String(value ?? '');
      // Secrets are GitHub's: an empty one must not hide the login that this machine has.
      return text.includes('secrets.') ? [] : [[key, interpolate(text, contexts)] as const];
    }),
  );
  const inner = { ...contexts, env: { ...workflow.env, ...env } };
  const folder =
    step['working-directory'] ??
    job.defaults?.run?.['working-directory'] ??
    workflow.defaults?.run?.['working-directory'] ??
    '.';
  return {
    name: step.name ?? step.run?.split('\n', 1)[0] ?? '',
    script: interpolate(step.run ?? '', inner),
    shell: step.shell ?? job.defaults?.run?.shell ?? workflow.defaults?.run?.shell ?? 'bash',
    folder: interpolate(folder, inner) || '.',
    env,
    runs: (succeeded) => holds(step.if, inner, succeeded),
  };
}

function reasonFor(gate: string, outputs: Readonly<Record<string, string>>): string {
  try {
    const skipped = JSON.parse(outputs['skipped'] ?? '{}') as Record<string, unknown>;
    const reason = skipped[gate];
    if (typeof reason === 'string') return reason;
  } catch {
    // What detect wrote is not ours to repair: the general sentence is true, too.
  }
  return 'There is nothing to check for this gate.';
}
