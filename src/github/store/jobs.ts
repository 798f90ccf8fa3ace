import type { Job, Run } from '../../core/actions/run.js';
import type { RepositoryName } from '../api/fields.js';
import { listAttemptJobs, listJobs } from '../api/jobs.js';
import type { GitHub } from '../client.js';
import type { Disk } from '../disk.js';
import { storedJobs } from './job-schema.js';

/** The jobs of attempts; those of ended ones are asked for once in the life of the disk. */
export interface JobSource {
  /** Of the newest attempt, or of an earlier one. */
  of(run: Run, attempt: number, signal?: AbortSignal): Promise<readonly Job[]>;
}

/** @param prefix of the keys on disk: names the repository. */
export function createJobSource(github: GitHub, repository: RepositoryName, disk: Disk, prefix: string): JobSource {
  return {
    of: async (run, attempt, signal) => {
      const newest = attempt === run.attempt;
      const ended = !newest || run.status === 'completed';
      const key = `${prefix} jobs ${run.id} ${attempt}`;
      const stored = ended ? await disk.read(key, storedJobs) : null;
      if (stored) return stored;
      const jobs = newest
        ? await listJobs(github, repository, run.id, signal)
        : await listAttemptJobs(github, repository, run.id, attempt, signal);
      // A job that has not ended in a run that has is an answer from before the end.
      if (ended && jobs.length > 0 && jobs.every(({ status }) => status === 'completed')) await disk.write(key, jobs);
      return jobs;
    },
  };
}
