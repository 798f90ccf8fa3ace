import type { Annotation, Job } from '../../core/actions/run.js';
import { parseJobLog } from '../../core/logs/job-log.js';
import type { LoggedFinding } from '../../core/problems/finding.js';
import { findingsOfAnnotations } from '../../core/problems/merge.js';
import { findingsInLog, runnerErrors } from '../../core/problems/read-log.js';
import type { Store } from '../../github/store.js';

/** Jobs whose findings are kept: those of all gates of some commits. */
const most = 200;
/** Milliseconds after which a log that could not be read is tried again by itself. */
const retryAfter = 5 * 60_000;

/** What is known of the findings of a job. */
export type JobState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly found: readonly LoggedFinding[] }
  | { readonly kind: 'failed'; readonly error: unknown; readonly at: number };

/** The findings of jobs that ended. A job's log never changes: each is read once. */
export class JobFindingsCache {
  readonly #known = new Map<string, JobState>();
  readonly #changed: () => void;
  #reading: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();

  /** @param changed told when something was read, or could not be read */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is known; asks for it when nothing is. */
  of(store: Store, job: Job): JobState {
    const { host, owner, name } = store.repository;
    const key = `${host}/${owner}/${name}/${job.id}`;
    const known = this.#known.get(key);
    if (known && (known.kind !== 'failed' || Date.now() - known.at < retryAfter)) return known;
    const reading: JobState = { kind: 'reading' };
    this.#set(key, reading);
    // One after the other: nobody waits for all of them, and GitHub counts what is asked at once.
    this.#reading = this.#reading.then(async () => {
      if (this.#ended.signal.aborted) return;
      this.#set(key, await read(store, job, this.#ended.signal));
      this.#changed();
    });
    return reading;
  }

  /** Forgets what could not be read, so that it is tried again. */
  retry(): void {
    for (const [key, { kind }] of this.#known) if (kind === 'failed') this.#known.delete(key);
  }

  dispose(): void {
    this.#ended.abort();
    this.#known.clear();
  }

  #set(key: string, state: JobState): void {
    this.#known.delete(key);
    this.#known.set(key, state);
    for (const old of this.#known.keys()) {
      if (this.#known.size <= most) break;
      this.#known.delete(old);
    }
  }
}

async function read(store: Store, job: Job, signal: AbortSignal): Promise<JobState> {
  const [log, annotations] = await Promise.allSettled([
    store.log(job, signal),
    job.checkRunId === null ? Promise.resolve<readonly Annotation[]>([]) : store.annotations(job, signal),
  ]);
  const annotated = annotations.status === 'fulfilled' ? findingsOfAnnotations(annotations.value) : [];
  if (log.status === 'rejected') {
    // An expired log leaves its annotations.
    if (annotated.length > 0) return { kind: 'read', found: annotated };
    return { kind: 'failed', error: log.reason, at: Date.now() };
  }
  const { lines } = parseJobLog(log.value);
  const found = findingsInLog(lines.map(({ text }) => text));
  const all = [...found, ...annotated];
  return { kind: 'read', found: all.length > 0 ? all : runnerErrors(lines) };
}
