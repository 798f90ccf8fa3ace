import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { githubContext, type Leg, stepContexts } from './contexts.js';
import { evaluate, interpolate, type Scope } from './expression.js';
import { startMachine } from './machine.js';
import type { Combination } from './matrix.js';
import type { LegResult } from './result.js';
import type { Run } from './run.js';
import type { Job } from './schema.js';
import { stepStatus } from './status.js';
import { interpolateAll, type JobState, runStep } from './step.js';

/** Labels of machines like this one; everything else is somebody else's to run. */
const here = /^ubuntu-(?:latest|slim|\d\d\.\d\d)$/;

/** One combination of a job, from its place among the others to what stands before it. */
export type LegPlan = Omit<Leg, 'machine'>;

function skippedLeg(matrix: Combination, result: LegResult['result']): LegResult {
  return { matrix, result, outputs: {}, steps: [], summary: '', annotations: [] };
}

export function cancelledLeg(matrix: Combination): LegResult {
  return skippedLeg(matrix, 'cancelled');
}

/** Runs one combination of a job on a machine of its own. */
export async function runLeg(run: Run, job: Job, plan: LegPlan): Promise<LegResult> {
  const contexts = { github: githubContext(run), needs: plan.needs, matrix: plan.matrix, inputs: run.inputs };
  const labels = [evaluate(job['runs-on'], { contexts: { ...contexts, vars: run.vars }, functions: [] })].flat();
  if (!labels.every((label) => here.test(String(label)))) return skippedLeg(plan.matrix, 'not-run');

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
    matrix: plan.matrix,
    result: state.status,
    outputs,
    steps: state.steps,
    summary: state.summary,
    annotations: state.annotations,
  };
}
