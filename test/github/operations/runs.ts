import { ApiError, noContent, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { counted } from '../http/paging.js';
import { timestamp } from '../duration.js';
import { environmentReference } from '../shapes/delivery.js';
import { minimalRepository } from '../shapes/repository.js';
import { shownJob, shownRun } from '../shapes/run.js';
import { simpleUser } from '../shapes/user.js';
import { attemptLogs, jobLog } from '../state/log.js';
import { newest, type Attempt, type Run } from '../state/run.js';
import { createdWithin } from './created-filter.js';
import { pending, review } from './reviews.js';

export const runs: Handlers = {
  'actions/list-workflow-runs-for-repo': (call) => list(call, call.repository.runs.all),
  'actions/list-workflow-runs': (call) => {
    const workflow = call.repository.runs.workflow(call.params['workflow_id'] ?? '');
    if (workflow === undefined) throw notFound();
    return list(
      call,
      call.repository.runs.all.filter((run) => run.workflow === workflow),
    );
  },
  'actions/get-workflow-run': (call) => ok(shownRun(call.repository, runOf(call))),
  'actions/get-workflow-run-attempt': (call) => {
    const run = runOf(call);
    return ok(shownRun(call.repository, run, attemptOf(call, run)));
  },
  'actions/delete-workflow-run': (call) => {
    call.repository.runs.remove(runOf(call));
    return noContent;
  },
  'actions/list-jobs-for-workflow-run': (call) => {
    const run = runOf(call);
    return jobs(call, run, call.query.get('filter') === 'all' ? run.attempts : [newest(run)]);
  },
  'actions/list-jobs-for-workflow-run-attempt': (call) => {
    const run = runOf(call);
    return jobs(call, run, [attemptOf(call, run)]);
  },
  'actions/get-job-for-workflow-run': (call) => {
    const { run, job } = jobOf(call);
    return ok(shownJob(call.repository, run, job));
  },
  'actions/download-job-logs-for-workflow-run': (call) => {
    const { job } = jobOf(call);
    // There is nothing to download while it runs.
    if (job.status !== 'completed' || job.conclusion === 'skipped') throw notFound();
    return redirect(call, () => Buffer.from(jobLog(job)), 'text/plain; charset=utf-8', `job-${job.id}.txt`);
  },
  'actions/download-workflow-run-logs': (call) => {
    const run = runOf(call);
    return logs(call, run, newest(run));
  },
  'actions/download-workflow-run-attempt-logs': (call) => {
    const run = runOf(call);
    return logs(call, run, attemptOf(call, run));
  },
  'actions/re-run-workflow': (call) => rerun(call, 'all'),
  'actions/re-run-workflow-failed-jobs': (call) => rerun(call, 'failed'),
  'actions/re-run-job-for-workflow-run': (call) => {
    const { run, job } = jobOf(call);
    if (newest(run).status !== 'completed')
      throw new ApiError(403, 'The workflow run containing this job is already running');
    call.repository.runs.rerun(run, job, viewerOf(call), call.body['enable_debug_logging'] === true);
    return { status: 201, body: {} };
  },
  'actions/cancel-workflow-run': cancel,
  'actions/force-cancel-workflow-run': cancel,
  'actions/get-pending-deployments-for-run': (call) => ok(pending(call, runOf(call)).map(({ shown }) => shown)),
  'actions/review-pending-deployments-for-run': (call) => review(call, runOf(call), viewerOf(call)),
  'actions/get-reviews-for-run': (call) => {
    const { repository, world } = call;
    return ok(
      runOf(call).reviews.map(({ environments, state, comment, user }) => ({
        state,
        comment,
        environments: environments.flatMap((name) => {
          const environment = repository.deliveries.environment(name);
          return environment === undefined
            ? []
            : [
                {
                  ...environmentReference(repository, environment),
                  created_at: timestamp(environment.createdAt),
                  updated_at: timestamp(environment.updatedAt),
                },
              ];
        }),
        user: simpleUser(user, world.addresses),
      })),
    );
  },
};

export function runOf({ repository, params }: Call): Run {
  const run = repository.runs.find(Number(params['run_id']));
  if (run === undefined) throw notFound();
  return run;
}

function attemptOf({ params }: Call, run: Run): Attempt {
  const attempt = run.attempts[Number(params['attempt_number']) - 1];
  if (attempt === undefined) throw notFound();
  return attempt;
}

function jobOf({ repository, params }: Call) {
  const found = repository.runs.job(Number(params['job_id']));
  if (found === undefined) throw notFound();
  return found;
}

export function viewerOf({ viewer }: Call) {
  if (viewer === undefined) throw new ApiError(401, 'Requires authentication');
  return viewer;
}

function list(call: Call, all: readonly Run[]): Answer {
  const { query, repository, fault } = call;
  const filters: ((run: Run) => boolean)[] = [];
  const filter = (name: string, holds: (run: Run, wanted: string) => boolean) => {
    const wanted = query.get(name);
    if (wanted !== null) filters.push((run) => holds(run, wanted));
  };
  filter('branch', (run, branch) => run.branch === branch);
  filter('event', (run, event) => run.event === event);
  filter('actor', (run, login) => run.actor.login.toLowerCase() === login.toLowerCase());
  filter('head_sha', (run, sha) => run.commit.sha === sha);
  filter('status', (run, status) => [newest(run).status, newest(run).conclusion].includes(status));
  filter('check_suite_id', (run, id) => String(run.id + 1) === id);
  filter('created', (run, range) => createdWithin(run.createdAt, range));
  const known = fault?.kind === 'stale-list' ? all.slice(0, -1) : all;
  const found = known.filter((run) => filters.every((holds) => holds(run))).reverse();
  // A filtered list ends after a thousand.
  const shown = filters.length > 0 ? found.slice(0, 1000) : found;
  const mentioned = minimalRepository(repository);
  return counted(call, 'workflow_runs', shown, (run) => shownRun(repository, run, newest(run), mentioned));
}

function jobs(call: Call, run: Run, attempts: readonly Attempt[]): Answer {
  const all = attempts.flatMap((attempt) => attempt.jobs);
  return counted(call, 'jobs', all, (job) => shownJob(call.repository, run, job));
}

function logs(call: Call, run: Run, attempt: Attempt): Answer {
  if (!attempt.jobs.some((job) => job.status === 'completed')) throw notFound();
  return redirect(call, () => attemptLogs(run, attempt), 'application/zip', `logs_${run.id}.zip`);
}

/** An address on the second origin. */
export function redirect({ blobs, fault }: Call, bytes: () => Uint8Array, contentType: string, name: string): Answer {
  const other = fault?.kind === 'not-a-zip' ? () => Buffer.from('This is no zip.\n') : bytes;
  const cut = fault?.kind === 'cut-download';
  return { status: 302, headers: { location: blobs.sign(other, contentType, name, cut) } };
}

function rerun(call: Call, which: 'all' | 'failed'): Answer {
  const run = runOf(call);
  if (newest(run).status !== 'completed') throw new ApiError(403, 'This workflow run is already running');
  if (call.world.clock.now - run.createdAt > 30 * 86_400_000) {
    throw new ApiError(403, 'Unable to retry this workflow run because it was created over a month ago');
  }
  if (which === 'failed' && newest(run).conclusion === 'success') {
    throw new ApiError(403, 'The workflow run does not contain any failed jobs');
  }
  call.repository.runs.rerun(run, which, viewerOf(call), call.body['enable_debug_logging'] === true);
  return { status: 201, body: {} };
}

function cancel(call: Call): Answer {
  const run = runOf(call);
  if (newest(run).status === 'completed') throw new ApiError(409, 'Cannot cancel a workflow run that is completed.');
  call.repository.runs.cancel(run);
  return { status: 202, body: {} };
}
