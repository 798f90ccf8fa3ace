import * as v from 'valibot';
import type { PendingDeployment, Run } from '../../core/actions/run.js';
import type { GitHub } from '../client.js';
import {
  count,
  id,
  login,
  optionalText,
  optionalTime,
  progress,
  progressOf,
  textOrEmpty,
  time,
  type RepositoryName,
} from './fields.js';

const positive = v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1)), 1);

const runSchema = v.pipe(
  v.object({
    ...progress,
    id,
    workflow_id: id,
    path: textOrEmpty,
    name: optionalText,
    display_title: optionalText,
    run_number: count,
    run_attempt: positive,
    event: textOrEmpty,
    head_branch: optionalText,
    head_sha: v.string(),
    actor: login,
    triggering_actor: login,
    created_at: time,
    run_started_at: optionalTime,
    updated_at: time,
    html_url: textOrEmpty,
  }),
  v.transform((answer): Run => {
    // Of a reusable or a required workflow the path may carry the reference that it was taken from.
    const [path = ''] = answer.path.split('@');
    const name = answer.name ?? path;
    return {
      ...progressOf(answer),
      id: answer.id,
      workflowId: answer.workflow_id,
      path,
      name,
      title: answer.display_title ?? name,
      number: answer.run_number,
      attempt: answer.run_attempt,
      event: answer.event,
      branch: answer.head_branch,
      sha: answer.head_sha,
      actor: answer.triggering_actor ?? answer.actor,
      createdAt: answer.created_at,
      startedAt: answer.run_started_at ?? answer.created_at,
      updatedAt: answer.updated_at,
      url: answer.html_url,
    };
  }),
);

const runsSchema = v.pipe(
  v.object({ workflow_runs: v.array(runSchema) }),
  v.transform(({ workflow_runs }): readonly Run[] => workflow_runs),
);

export interface RunFilter {
  readonly branch?: string;
  readonly sha?: string;
  /** Only runs that were created up to then, in milliseconds since 1970; to the second. */
  readonly until?: number;
  readonly since?: number;
  readonly event?: string;
  readonly status?: 'waiting';
  /** At most 100. */
  readonly perPage?: number;
  readonly page?: number;
}

const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function query({ branch, sha, until, since, event, status, perPage = 50, page = 1 }: RunFilter) {
  return {
    ...(branch === undefined ? {} : { branch }),
    ...(sha === undefined ? {} : { head_sha: sha }),
    ...(event === undefined ? {} : { event }),
    ...(status === undefined ? {} : { status }),
    ...(until === undefined ? {} : { created: `<=${second(until)}` }),
    ...(since === undefined ? {} : { created: `>=${second(since)}` }),
    // The list of pull requests of each run would be half of the answer.
    exclude_pull_requests: true,
    per_page: perPage,
    ...(page === 1 ? {} : { page }),
  };
}

/** Runs of all workflows, newest first. */
export function listRuns(
  github: GitHub,
  repository: RepositoryName,
  filter: RunFilter,
  signal?: AbortSignal,
): Promise<readonly Run[]> {
  const what = filter.branch === undefined ? 'the runs' : `the runs of ${filter.branch}`;
  const parameters = { ...repository, ...query(filter) };
  return github.get(github.rest.actions.listWorkflowRunsForRepo, parameters, runsSchema, { what, signal });
}

/** Runs of one workflow, newest first. */
export function listWorkflowRuns(
  github: GitHub,
  repository: RepositoryName,
  workflowId: number,
  filter: RunFilter,
  signal?: AbortSignal,
): Promise<readonly Run[]> {
  const parameters = { ...repository, workflow_id: workflowId, ...query(filter) };
  return github.get(github.rest.actions.listWorkflowRuns, parameters, runsSchema, {
    what: 'the runs of the workflow',
    signal,
  });
}

export function getRun(github: GitHub, repository: RepositoryName, runId: number, signal?: AbortSignal): Promise<Run> {
  const parameters = { ...repository, run_id: runId, exclude_pull_requests: true };
  return github.get(github.rest.actions.getWorkflowRun, parameters, runSchema, { what: 'the run', signal });
}

const reviewer = v.pipe(
  v.object({
    reviewer: v.fallback(
      v.nullish(
        v.object({
          login: v.optional(v.string()),
          name: v.fallback(v.nullish(v.string()), null),
          slug: v.optional(v.string()),
        }),
      ),
      null,
    ),
  }),
  v.transform(({ reviewer }) => reviewer?.login ?? reviewer?.name ?? reviewer?.slug ?? null),
);

/** Names of the people and teams. */
export const reviewers = v.fallback(
  v.pipe(
    v.nullish(v.array(reviewer), []),
    v.transform((names) => names.filter((name) => name !== null)),
  ),
  () => [],
);

const pendingSchema = v.array(
  v.pipe(
    v.object({
      environment: v.object({ id, name: v.string() }),
      wait_timer: count,
      current_user_can_approve: v.fallback(v.boolean(), false),
      reviewers,
    }),
    v.transform((answer): PendingDeployment => ({
      environmentId: answer.environment.id,
      environment: answer.environment.name,
      canApprove: answer.current_user_can_approve,
      reviewers: answer.reviewers,
      waitTimer: answer.wait_timer,
    })),
  ),
);

/** What a waiting run waits for. */
export function listPending(
  github: GitHub,
  repository: RepositoryName,
  runId: number,
  signal?: AbortSignal,
): Promise<readonly PendingDeployment[]> {
  const parameters = { ...repository, run_id: runId };
  return github.get(github.rest.actions.getPendingDeploymentsForRun, parameters, pendingSchema, {
    what: 'the deployments that wait',
    signal,
  });
}
