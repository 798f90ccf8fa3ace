import { Uri } from 'vscode';
import type { Job, Run } from '../../core/actions/run.js';
import type { RepositoryId } from '../../github/store.js';

export const logScheme = 'rust-ci-log';
/** A language without words: a log is not to be coloured by what a grammar makes of it. */
export const logLanguage = 'rust-ci-log';

/** Which log a document shows. */
export interface LogAddress {
  readonly repository: RepositoryId;
  readonly runId: number;
  readonly attempt: number;
  readonly jobId: number;
}

/** The address of a job's log; its last part is what the tab shows. */
export function logUri(repository: RepositoryId, run: Run, job: Job, scheme = logScheme): Uri {
  const attempt = job.attempt > 1 ? `.${job.attempt}` : '';
  const title = `${job.name.replaceAll('/', '∕')} #${run.number}${attempt}`;
  return Uri.from({
    scheme,
    authority: repository.host,
    path: `/${repository.owner}/${repository.name}/${run.id}/${job.attempt}/${job.id}/${title}`,
  });
}

export function readLogUri({ authority, path }: Uri): LogAddress | undefined {
  const [, owner, name, run, attempt, job] = path.split('/');
  const [runId, attemptNumber, jobId] = [run, attempt, job].map(Number);
  if (!owner || !name || !runId || !attemptNumber || !jobId) return undefined;
  return { repository: { host: authority, owner, name }, runId, attempt: attemptNumber, jobId };
}
