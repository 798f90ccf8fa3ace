import { milliseconds } from '../duration.js';
import type { JobConclusion, JobPlan, StepPlan } from './plan.js';

export type JobStatus = 'queued' | 'waiting' | 'in_progress' | 'completed';

/** A job of one attempt of a run. */
export interface Job {
  readonly id: number;
  readonly attempt: number;
  readonly plan: JobPlan;
  status: JobStatus;
  conclusion: JobConclusion | null;
  readonly createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
  /** Ended by a person while it ran. */
  cancelled: boolean;
  /** The deployment that it makes, where it has an environment. */
  deploymentId: number | null;
}

export interface StepState {
  readonly number: number;
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly log: string;
}

/** The steps that a job goes through, those that the runner adds among them. */
export function plannedSteps({ steps, conclusion = 'success', name }: JobPlan): StepPlan[] {
  const own = steps === undefined || steps.length === 0 ? [{ name: `Run ${name}` }] : [...steps];
  const last = own.at(-1);
  if (conclusion === 'failure' && last !== undefined && !own.some((step) => step.conclusion === 'failure')) {
    own[own.length - 1] = { ...last, conclusion: 'failure' };
  }
  return [
    { name: 'Set up job', duration: '2s', log: setUpLog },
    ...own,
    { name: 'Complete job', duration: 0, always: true, log: 'Cleaning up orphan processes' },
  ];
}

const setUpLog = `Current runner version: '2.331.0'
##[group]Runner Image Provisioner
Hosted Compute Agent
Version: 20261103.520
##[endgroup]
##[group]GITHUB_TOKEN Permissions
Contents: read
Metadata: read
##[endgroup]
Secret source: Actions
Prepare workflow directory
Prepare all required actions
Complete job name: build`;

/** How long a job takes, in milliseconds. */
export function jobDuration(plan: JobPlan): number {
  if (plan.duration !== undefined) return milliseconds(plan.duration);
  const known = plannedSteps(plan).reduce((sum, { duration }) => sum + milliseconds(duration ?? 0), 0);
  return Math.max(known, 30_000);
}

/** How far the steps of a job are. */
export function stepStates(job: Job, now: number): StepState[] {
  if (job.startedAt === null || job.conclusion === 'skipped') return [];
  const planned = plannedSteps(job.plan);
  const total = jobDuration(job.plan);
  const known = planned.reduce((sum, { duration }) => sum + milliseconds(duration ?? 0), 0);
  const open = planned.filter(({ duration }) => duration === undefined).length;
  const share = open === 0 ? 0 : Math.max(0, total - known) / open;
  const end = job.completedAt ?? Infinity;
  let time = job.startedAt;
  let failed = false;
  return planned.map((step, index) => {
    const skipped = step.conclusion === 'skipped' || (failed && step.always !== true);
    const startedAt = time;
    if (!skipped) time += milliseconds(step.duration ?? share);
    failed ||= step.conclusion === 'failure';
    const base = { number: index + 1, name: step.name, log: step.log ?? '' };
    const last = index === planned.length - 1;
    if (startedAt >= end && job.cancelled && !last) {
      return { ...base, status: 'completed', conclusion: 'skipped', startedAt: end, completedAt: end, log: '' };
    }
    if (job.cancelled && time > end && !last) {
      return { ...base, status: 'completed', conclusion: 'cancelled', startedAt, completedAt: end };
    }
    if (job.completedAt !== null || now >= time) {
      const completedAt = Math.min(time, end);
      const conclusion = skipped ? 'skipped' : (step.conclusion ?? 'success');
      return {
        ...base,
        status: 'completed',
        conclusion,
        startedAt: Math.min(startedAt, end),
        completedAt,
        ...(skipped ? { log: '' } : {}),
      };
    }
    const running = now >= startedAt;
    return {
      ...base,
      status: running ? 'in_progress' : 'queued',
      conclusion: null,
      startedAt: running ? startedAt : null,
      completedAt: null,
    };
  });
}
