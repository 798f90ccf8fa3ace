import * as v from 'valibot';
import type { Annotation, Job, Step } from '../../core/actions/run.js';
import type { GitHub } from '../client.js';
import {
  count,
  id,
  optionalText,
  optionalTime,
  progress,
  progressOf,
  textOrEmpty,
  type RepositoryName,
} from './fields.js';
import { allPages } from './pages.js';

const stepSchema = v.pipe(
  v.object({ ...progress, number: count, name: v.string(), started_at: optionalTime, completed_at: optionalTime }),
  v.transform((answer): Step => ({
    ...progressOf(answer),
    number: answer.number,
    name: answer.name,
    startedAt: answer.started_at,
    completedAt: answer.completed_at,
  })),
);

const jobSchema = v.pipe(
  v.object({
    ...progress,
    id,
    run_id: id,
    run_attempt: v.fallback(v.pipe(v.number(), v.minValue(1)), 1),
    name: v.string(),
    started_at: optionalTime,
    completed_at: optionalTime,
    steps: v.fallback(v.nullish(v.array(stepSchema), []), []),
    check_run_url: optionalText,
    html_url: textOrEmpty,
  }),
  v.transform((answer): Job => {
    const checkRun = /\/check-runs\/(\d+)$/.exec(answer.check_run_url ?? '')?.[1];
    const state = progressOf(answer);
    return {
      ...state,
      id: answer.id,
      runId: answer.run_id,
      attempt: answer.run_attempt,
      name: answer.name,
      // A job that waits has a start in the answer all the same: when it was made.
      startedAt: state.status === 'in_progress' || state.status === 'completed' ? answer.started_at : null,
      completedAt: answer.completed_at,
      steps: answer.steps,
      checkRunId: checkRun === undefined ? null : Number(checkRun),
      url: answer.html_url,
    };
  }),
);

const jobsSchema = v.pipe(
  v.object({ jobs: v.array(jobSchema) }),
  v.transform(({ jobs }): readonly Job[] => jobs),
);

const what = 'the jobs of the run';

/** The jobs of the newest attempt; of a rerun of failed jobs also those that were not run again. At most 1,000. */
export function listJobs(
  github: GitHub,
  repository: RepositoryName,
  runId: number,
  signal?: AbortSignal,
): Promise<readonly Job[]> {
  const parameters = { ...repository, run_id: runId, filter: 'latest' as const, per_page: 100 };
  return allPages((page) =>
    github.page(
      github.rest.actions.listJobsForWorkflowRun,
      page === 1 ? parameters : { ...parameters, page },
      jobsSchema,
      { what, signal },
    ),
  );
}

/** The jobs of one attempt. At most 1,000. */
export function listAttemptJobs(
  github: GitHub,
  repository: RepositoryName,
  runId: number,
  attempt: number,
  signal?: AbortSignal,
): Promise<readonly Job[]> {
  const parameters = { ...repository, run_id: runId, attempt_number: attempt, per_page: 100 };
  return allPages((page) =>
    github.page(
      github.rest.actions.listJobsForWorkflowRunAttempt,
      page === 1 ? parameters : { ...parameters, page },
      jobsSchema,
      { what, signal },
    ),
  );
}

const line = v.pipe(v.number(), v.integer());
const column = v.fallback(v.nullish(line, null), null);

const annotationsSchema = v.array(
  v.pipe(
    v.object({
      path: v.string(),
      start_line: v.fallback(line, 1),
      end_line: v.fallback(v.nullish(line, null), null),
      start_column: column,
      end_column: column,
      annotation_level: v.fallback(v.nullish(v.picklist(['notice', 'warning', 'failure']), null), null),
      title: optionalText,
      message: textOrEmpty,
    }),
    v.transform((answer): Annotation => {
      const start = Math.max(answer.start_line, 1);
      return {
        path: answer.path,
        line: start,
        endLine: Math.max(answer.end_line ?? start, start),
        column: answer.start_column,
        endColumn: answer.end_column,
        level: answer.annotation_level ?? 'notice',
        title: answer.title === '' ? null : answer.title,
        message: answer.message,
      };
    }),
  ),
);

/** What a job said about files. At most 500. */
export function listAnnotations(
  github: GitHub,
  repository: RepositoryName,
  checkRunId: number,
  signal?: AbortSignal,
): Promise<readonly Annotation[]> {
  const parameters = { ...repository, check_run_id: checkRunId, per_page: 100 };
  return allPages(
    (page) =>
      github.page(
        github.rest.checks.listAnnotations,
        page === 1 ? parameters : { ...parameters, page },
        annotationsSchema,
        {
          what: 'the annotations of the job',
          signal,
        },
      ),
    5,
  );
}
