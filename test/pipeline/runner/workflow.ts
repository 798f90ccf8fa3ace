import { execa } from 'execa';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { standIns } from '../actions/table.js';
import { jobContexts, needsContext } from './contexts.js';
import type { Event } from './event.js';
import { evaluate, holds, interpolate } from './expression.js';
import { idleLeg, runLeg } from './job.js';
import { expandMatrix } from './matrix.js';
import { readWorkflow } from './read.js';
import type { JobResult, LegResult, RunResult } from './result.js';
import type { Repository, Run, RunOptions } from './run.js';
import type { Job, Workflow } from './schema.js';
import { jobStatus, type Result } from './status.js';
import { dispatchInputs, triggeredBy } from './triggers.js';
import { keepEverything, temporaryFolder } from '../temporary.js';

/** What a job's own keys look like where it never ran. */
const skipped: JobResult = { result: 'skipped', outputs: {}, legs: [] };

/**
 * Runs a workflow file of a repository as GitHub would for an event: `undefined` where the event does not start it.
 * Jobs run one after another, each on a machine of its own.
 */
export async function runWorkflow(file: string, options: RunOptions): Promise<RunResult | undefined> {
  const path = join('.github', 'workflows', file);
  const workflow = readWorkflow(await readFile(join(options.repository.folder, path), 'utf8'), path);
  if (!triggeredBy(workflow.on, options.event)) return undefined;
  const run = await startRun(workflow, options);
  const jobs: Record<string, JobResult> = {};
  try {
    for (const id of inOrder(workflow)) jobs[id] = await runJob(run, id, jobs);
  } finally {
    // What was compiled is large, and nobody asks for it any more; artifacts lie elsewhere.
    if (!keepEverything) await rm(join(run.folder, 'jobs'), { recursive: true, force: true });
  }
  const name = interpolate(workflow['run-name'] ?? workflow.name, { contexts: jobContexts(run, {}), functions: [] });
  return { name, jobs, calls: run.calls, artifacts: Object.fromEntries(run.artifacts) };
}

async function startRun(workflow: Workflow, options: RunOptions): Promise<Run> {
  const folder = await temporaryFolder('run');
  await mkdir(join(folder, 'artifacts'));
  return {
    workflow,
    folder,
    repository: options.repository,
    event: options.event,
    sha: await commitOf(options.repository, options.event),
    inputs: dispatchInputs(workflow.on, options.event),
    secrets: options.secrets ?? {},
    vars: options.vars ?? {},
    machine: {
      programs: options.machine?.programs ?? {},
      files: options.machine?.files ?? {},
      variables: options.machine?.variables ?? {},
      repositories: {
        [`https://github.com/${options.repository.name}`]: options.repository.folder,
        ...options.machine?.repositories,
      },
    },
    standIns: { ...standIns, ...options.standIns },
    calls: [],
    artifacts: new Map(),
  };
}

/** The commit of the event's branch or tag; a ref that GitHub would make up (of a pull request) stands for HEAD. */
async function commitOf(repository: Repository, event: Event): Promise<string> {
  const revision = /^refs\/(?:heads|tags)\/(?!gh-readonly-queue)/.test(event.ref) ? event.ref : 'HEAD';
  const { stdout } = await execa('git', ['rev-parse', `${revision}^{commit}`], { cwd: repository.folder });
  return stdout;
}

function needsOf(job: Job): string[] {
  return [job.needs].flat();
}

/** Job ids so that every job comes after those that it needs; throws on an unknown job and on a circle. */
function inOrder(workflow: Workflow): string[] {
  const order: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`The jobs ${[...path, id].join(' -> ')} need each other.`);
    if (order.includes(id)) return;
    const job = workflow.jobs[id];
    if (job === undefined) throw new Error(`There is no job "${id}", which "${path.at(-1) ?? ''}" needs.`);
    for (const need of needsOf(job)) visit(need, [...path, id]);
    order.push(id);
  };
  for (const id of Object.keys(workflow.jobs)) visit(id, []);
  return order;
}

/** Every job before this one, direct or not. */
function ancestors(workflow: Workflow, id: string): string[] {
  const job = workflow.jobs[id];
  const direct = job === undefined ? [] : needsOf(job);
  return [...new Set(direct.flatMap((need) => [need, ...ancestors(workflow, need)]))];
}

async function runJob(run: Run, id: string, jobs: Record<string, JobResult>): Promise<JobResult> {
  const job = run.workflow.jobs[id];
  if (job === undefined) throw new Error(`There is no job "${id}".`);
  const needs = needsContext(needsOf(job), jobs);
  const before = ancestors(run.workflow, id).map((other) => jobs[other]?.result ?? 'skipped');
  const scope = { contexts: jobContexts(run, needs), functions: jobStatus(before) };
  if (!holds(job.if, scope)) return skipped;
  const combinations = expandMatrix(job.strategy, { contexts: scope.contexts, functions: [] });
  const failFast = evaluate(job.strategy?.['fail-fast'] ?? true, scope) === true;
  const legs: LegResult[] = [];
  for (const [index, matrix] of combinations.entries()) {
    const stopped = failFast && legs.some((leg) => leg.result === 'failure');
    const plan = { job: id, matrix, index, total: combinations.length, failFast, needs };
    legs.push(stopped ? idleLeg(run, job, plan, 'cancelled') : await runLeg(run, job, plan));
  }
  const forgiven = evaluate(job['continue-on-error'] ?? false, scope) === true;
  if (legs.every(({ result }) => result === 'not-run')) throw new Error(`No part of the job "${id}" can run on Linux.`);
  const outputs = Object.fromEntries(legs.flatMap(setOutputs));
  return { result: jobResult(legs, forgiven), outputs, legs };
}

/** Of several combinations the last that sets an output decides it. */
function setOutputs(leg: LegResult): [string, string][] {
  return Object.entries(leg.outputs).filter(([, value]) => value !== '');
}

function jobResult(legs: readonly LegResult[], forgiven: boolean): Result {
  const results = legs.map(({ result }) => result);
  if (results.includes('failure')) return forgiven ? 'success' : 'failure';
  return results.includes('cancelled') ? 'cancelled' : 'success';
}
