import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { githubContext, jobContexts, type Leg, stepContexts, strategyContext } from './contexts.js';
import { interpolate, type Scope } from './expression.js';
import { startMachine } from './machine.js';
import type { LegResult } from './result.js';
import type { Run } from './run.js';
import type { Job } from './schema.js';
import { stepStatus } from './status.js';
import { interpolateAll, type JobState, runStep } from './step.js';

/** Labels of machines like this one; everything else is somebody else's to run. */
const here = /^ubuntu-(?:latest|slim|\d\d\.\d\d)$/;

/** One combination of a job, from its place among the others to what stands before it. */
export type LegPlan = Omit<Leg, 'machine'>;

/** A combination that takes no part. */
export function idleLeg(run: Run, job: Job, plan: LegPlan, result: LegResult['result']): LegResult {
  const { name } = keysOf(run, job, plan);
  return { name, matrix: plan.matrix, result, outputs: {}, steps: [], summary: '', annotations: [] };
}

/** The keys of a job that GitHub evaluates before there is a machine; the others of them must have a value, too. */
function keysOf(run: Run, job: Job, plan: LegPlan): { name: string; labels: string[] } {
  const contexts = { ...jobContexts(run, plan.needs), matrix: plan.matrix, strategy: strategyContext(plan) };
  const scope: Scope = { contexts, functions: [] };
  const environment = typeof job.environment === 'object' ? job.environment.name : job.environment;
  if (environment !== undefined && interpolate(environment, scope) === '')
    throw new Error('An environment has no name.');
  const labels = [job['runs-on']].flat().map((label) => interpolate(label, scope));
  return { name: interpolate(job.name ?? plan.job, scope), labels };
}

/** Runs one combination of a job on a machine of its own. */
export async function runLeg(run: Run, job: Job, plan: LegPlan): Promise<LegResult> {
  const { name, labels } = keysOf(run, job, plan);
  if (!labels.every((label) => here.test(label))) return idleLeg(run, job, plan, 'not-run');

  const folder = join(run.folder, 'jobs', `${plan.job}-${plan.index}`);
  const leg: Leg = { ...plan, machine: await startMachine(folder, run.repository.name, run.machine) };
  await writeFile(join(leg.machine.steps, 'event.json'), JSON.stringify(githubContext(run)['event']));
  const state: JobState = { status: 'success', env: {}, paths: [], steps: [], summary: '', annotations: [] };
  const scope = (): Scope => ({
    contexts: stepContexts(run, leg, { steps: state.steps, env: state.env, status: state.status }),
    functions: stepStatus(state.status),
  });
  state.env = interpolateAll(run.workflow.env, scope());
  state.env = { ...state.env, ...interpolateAll(job.env, scope()) };
  for (const step of job.steps) await runStep(run, leg, job, step, state);
  const outputs = Object.fromEntries(
    Object.entries(job.outputs).map(([name, value]) => [name, interpolate(value, scope())]),
  );
  return {
    name,
    matrix: plan.matrix,
    result: state.status,
    outputs,
    steps: state.steps,
    summary: state.summary,
    annotations: state.annotations,
  };
}
