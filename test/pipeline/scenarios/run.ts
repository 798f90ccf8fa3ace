import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseReport,
  type Report,
  reportArtifact,
  type ReportedGate,
  reportFile,
} from '../../../src/core/gates/report.js';
import { type Event, push } from '../runner/event.js';
import type { RunResult } from '../runner/result.js';
import type { Repository, RunOptions } from '../runner/run.js';
import { sharedCargoHome } from '../runner/machine.js';
import { runWorkflow } from '../runner/workflow.js';
import { withoutAdvisories } from '../doubles/advisories.js';
import { machineOfGitHub } from '../doubles/programs.js';

/** Runs a workflow that the event must start, with what GitHub's machines have and this one has not. */
export async function run(
  repository: Repository,
  workflow: string,
  event: Event = push(),
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const usual = { ...machineOfGitHub(), repositories: await withoutAdvisories() };
  const machine = {
    programs: { ...usual.programs, ...options.machine?.programs },
    repositories: { ...usual.repositories, ...options.machine?.repositories },
    files: { ...usual.files, ...options.machine?.files },
    variables: { ...usual.variables, ...options.machine?.variables },
  };
  const result = await runWorkflow(workflow, { repository, event, ...options, machine });
  assert.ok(result, `${workflow} does not start on ${event.name} of ${event.ref}`);
  return result;
}

/** The report that the run uploaded, read as the extension reads it. */
export function report(result: RunResult): Report {
  const folder = result.artifacts[reportArtifact];
  assert.ok(folder, `There is no report.\n${logOf(result)}`);
  return parseReport(readFileSync(join(folder, reportFile), 'utf8'));
}

/** A gate of the report. */
export function gate(result: RunResult, id: string): ReportedGate {
  const found = report(result).gates.find((each) => each.id === id);
  assert.ok(found, `The report has no gate ${id}.`);
  return found;
}

/** Compares the state of every gate in the report; what the failed steps printed comes with a difference. */
export function assertGates(result: RunResult, expected: Record<string, string>): void {
  const states = Object.fromEntries(report(result).gates.map(({ id, state }) => [id, state]));
  assert.deepEqual(states, expected, `The gates are other than expected.\n${logOf(result)}`);
}

/** What the failed steps of a run printed. */
export function logOf(result: RunResult): string {
  return Object.entries(result.jobs)
    .flatMap(([id, job]) => job.legs.flatMap((leg) => leg.steps.map((step) => ({ id, step }))))
    .filter(({ step }) => step.outcome === 'failure')
    .map(({ id, step }) => `--- ${id}: ${step.name}\n${step.output}`)
    .join('\n');
}

/** Everything that a job wrote into its summary. */
export function summaryOf(result: RunResult, job: string): string {
  return (result.jobs[job]?.legs ?? []).map((leg) => leg.summary).join('');
}

/** What a job marked as errors. */
export function annotationsOf(result: RunResult, job: string): string[] {
  const all = (result.jobs[job]?.legs ?? []).flatMap((leg) => leg.annotations);
  return all.filter(({ level }) => level === 'error').map(({ message }) => message);
}

/** Everything that the steps of a job printed. */
export function printedBy(result: RunResult, job: string): string {
  return (result.jobs[job]?.legs ?? []).flatMap((leg) => leg.steps.map((step) => step.output)).join('\n');
}

/**
 * Lets the jobs of a test share what they compile of other people's crates. Cargo keeps it apart by version, features
 * and flags, so the outcome is the same; what is built of the project itself is never shared, because each job has it in
 * another folder. Crates have to lie in the same place for every job then, hence the common CARGO_HOME.
 */
export const sharedBuilds = {
  CARGO_HOME: sharedCargoHome,
  CARGO_BUILD_BUILD_DIR: join(sharedCargoHome, 'build'),
};
