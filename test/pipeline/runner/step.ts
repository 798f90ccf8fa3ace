import { execa } from 'execa';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ActionEffect } from '../actions/stand-in.js';
import { type Annotation, readAnnotations } from './annotations.js';
import { commandFileVariables, createCommandFiles, readLines, readPairs } from './command-files.js';
import { githubVariables, type Leg, stepContexts } from './contexts.js';
import { evaluate, holds, interpolate, type Scope } from './expression.js';
import { hashFilesFunction } from './hash-files.js';
import { machinePath, machineVariables } from './machine.js';
import type { StepResult } from './result.js';
import type { Run } from './run.js';
import type { Environment, Job, Step } from './schema.js';
import { type Result, stepStatus } from './status.js';

/** What a job's steps have done so far. */
export interface JobState {
  status: Result;
  /** Of the job, and what steps added through GITHUB_ENV. */
  env: Record<string, string>;
  /** Folders that steps and actions put on PATH, the latest first. */
  paths: string[];
  steps: StepResult[];
  summary: string;
  annotations: Annotation[];
}

interface Done extends ActionEffect {
  succeeded: boolean;
  output: string;
}

const shells: Record<string, (script: string) => string[]> = {
  // Without `shell:` GitHub takes bash with -e alone; pipefail comes with `shell: bash`.
  '': (script) => ['bash', '-e', script],
  bash: (script) => ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script],
  sh: (script) => ['sh', '-e', script],
  python: (script) => ['python3', script],
};

export function interpolateAll(values: Environment, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, interpolate(String(value ?? ''), scope)]),
  );
}

/** Runs one step of a job and takes what it did over into the job's state. */
export async function runStep(run: Run, leg: Leg, job: Job, step: Step, state: JobState): Promise<void> {
  const functions = [...stepStatus(state.status), hashFilesFunction(leg.machine.workspace)];
  const scope = (env: Record<string, string>): Scope => ({
    contexts: stepContexts(run, leg, { steps: state.steps, env, status: state.status }),
    functions,
  });
  const name = interpolate(step.name ?? step.uses ?? step.run?.split('\n')[0] ?? '', scope(state.env));
  const env = { ...state.env, ...interpolateAll(step.env ?? {}, scope(state.env)) };
  if (!holds(step.if, scope(env))) {
    state.steps.push({ name, id: step.id, outcome: 'skipped', conclusion: 'skipped', outputs: {}, output: '' });
    return;
  }
  const files = await createCommandFiles(leg.machine.steps, state.steps.length);
  const environment = {
    ...machineVariables(leg.machine, run.machine),
    ...githubVariables(run, leg.job, leg.machine),
    ...commandFileVariables(files),
    GITHUB_EVENT_PATH: join(leg.machine.steps, 'event.json'),
    PATH: machinePath(leg.machine, state.paths),
    ...env,
  };
  const minutes = step['timeout-minutes'] ?? job['timeout-minutes'] ?? 30;
  const done =
    step.uses === undefined
      ? await runScript(run, leg, job, step, scope(env), environment, { minutes, number: state.steps.length })
      : await runAction(run, leg, step, scope(env), environment);
  const outcome = done.succeeded ? 'success' : 'failure';
  const forgiven = evaluate(step['continue-on-error'] ?? false, scope(env)) === true;
  const conclusion = forgiven ? 'success' : outcome;
  const outputs = { ...done.outputs, ...(await readPairs(files.output)) };
  state.steps.push({ name, id: step.id, outcome, conclusion, outputs, output: done.output });
  if (conclusion === 'failure') state.status = 'failure';
  state.env = { ...state.env, ...(await readPairs(files.env)) };
  state.paths = [...(await readLines(files.path)).reverse(), ...(done.paths ?? []), ...state.paths];
  state.summary += await readFile(files.summary, 'utf8');
  state.annotations.push(...readAnnotations(done.output));
}

async function runScript(
  run: Run,
  leg: Leg,
  job: Job,
  step: Step,
  scope: Scope,
  environment: Record<string, string>,
  { minutes, number }: { minutes: number; number: number },
): Promise<Done> {
  const defaults = { ...run.workflow.defaults?.run, ...job.defaults?.run };
  const shell = step.shell ?? defaults.shell ?? '';
  const command = shells[shell];
  if (command === undefined) throw new Error(`The runner has no shell "${shell}".`);
  if (step.with !== undefined) throw new Error('A step with `run` has no `with`.');
  const folder = interpolate(step['working-directory'] ?? defaults['working-directory'] ?? '', scope);
  const script = join(leg.machine.steps, `${number}-script`);
  await writeFile(script, interpolate(step.run ?? '', scope));
  // `timeout` ends whole process groups, so that a compiler does not outlive its step.
  const result = await execa('timeout', ['--kill-after=5', `${minutes}m`, ...command(script)], {
    cwd: resolve(leg.machine.workspace, folder),
    env: environment,
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
    maxBuffer: 50_000_000,
  });
  const late = result.exitCode === 124 ? `\nThe step took longer than ${minutes} minutes.` : '';
  const failed = result.exitCode === undefined ? `\n${result.shortMessage ?? 'The step did not start.'}` : '';
  return { succeeded: result.exitCode === 0, output: `${result.all}${late}${failed}` };
}

async function runAction(
  run: Run,
  leg: Leg,
  step: Step,
  scope: Scope,
  environment: Record<string, string>,
): Promise<Done> {
  const [, action = '', path = ''] = /^([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@[0-9a-f]{40}$/.exec(step.uses ?? '') ?? [];
  const standIn = run.standIns[action + path];
  if (standIn === undefined) throw new Error(`There is no stand-in for \`uses: ${step.uses ?? ''}\`.`);
  const inputs = interpolateAll(step.with ?? {}, scope);
  const unknown = Object.keys(inputs).find((name) => !standIn.inputs.includes(name));
  if (unknown !== undefined) throw new Error(`The stand-in for ${action}${path} has no input "${unknown}".`);
  run.calls.push({ job: leg.job, action: action + path, with: inputs });
  try {
    const effect = await standIn.perform({
      run,
      job: leg.job,
      machine: leg.machine,
      with: inputs,
      env: environment,
    });
    return { ...effect, succeeded: true, output: effect.log ?? '' };
  } catch (error) {
    return { succeeded: false, output: `${action}${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
