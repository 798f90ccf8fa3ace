import { zipped } from './artifact.js';
import { stepStates, type Job } from './job.js';
import type { Attempt, Run } from './run.js';

/** What a job printed, each line with its time, as GitHub hands it out. */
export function jobLog(job: Job): string {
  const steps = stepStates(job, Infinity).filter(({ conclusion }) => conclusion !== 'skipped');
  return `\ufeff${steps.map((step) => stepLog(step.log === '' ? `##[group]Run ${step.name}\n##[endgroup]` : step.log, step.startedAt ?? 0, step.completedAt ?? 0)).join('')}`;
}

function stepLog(text: string, start: number, end: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const between = (end - start) / (lines.length + 1);
  return lines
    .map((line, index) => {
      const time = new Date(start + between * (index + 1)).toISOString();
      // GitHub writes seven digits of a second.
      return `${time.slice(0, -1)}${String((index * 7919) % 10_000).padStart(4, '0')}Z ${line}\n`;
    })
    .join('');
}

/** The logs of an attempt as the zip that GitHub hands out: a file for each job, and one for each step. */
export function attemptLogs(run: Run, attempt: Attempt): Uint8Array {
  const files: Record<string, string> = {};
  attempt.jobs
    .filter((job) => job.status === 'completed' && job.conclusion !== 'skipped')
    .forEach((job, index) => {
      const name = job.plan.name.replaceAll('/', '_');
      files[`${index}_${name}.txt`] = jobLog(job);
      for (const step of stepStates(job, Infinity)) {
        if (step.conclusion === 'skipped') continue;
        const text = stepLog(step.log, step.startedAt ?? 0, step.completedAt ?? 0);
        files[`${name}/${step.number}_${step.name.replaceAll('/', '_')}.txt`] = text;
      }
    });
  return zipped(files, run.createdAt);
}
