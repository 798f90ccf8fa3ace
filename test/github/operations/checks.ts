import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import { notFound, ok, type Call, type Handlers } from '../http/call.js';
import { counted, paged } from '../http/paging.js';
import { textOf, type JsonObject } from '../json.js';
import { minimalRepository } from '../shapes/repository.js';
import { jobPage } from '../shapes/run.js';
import { simpleUser } from '../shapes/user.js';
import type { CommitStatus, ForeignCheck } from '../state/checks.js';
import type { Job } from '../state/job.js';
import type { AnnotationPlan } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import { newest, type Run } from '../state/run.js';
import { commitOf } from './repositories.js';

export const checks: Handlers = {
  'checks/list-for-ref': (call) => {
    const { repository, query } = call;
    const { sha } = commitOf(call);
    const ofRuns = repository.runs.all
      .filter((run) => run.commit.sha === sha)
      .flatMap((run) => jobsOf(run, query.get('filter') === 'all').map((job) => jobCheck(repository, run, job)));
    const foreign = repository.checks.foreign
      .filter((check) => check.sha === sha)
      .map((check) => foreignCheck(repository, check));
    const holds = (name: string, value: unknown) => (query.get(name) ?? value) === value;
    const all = [...ofRuns, ...foreign].filter(
      ({ name, status, app }) =>
        holds('check_name', name) && holds('status', status) && holds('app_id', String(app.id)),
    );
    return counted(call, 'check_runs', all, (check) => check);
  },
  'checks/get': (call) => {
    const { repository } = call;
    const found = checkOf(call);
    return ok('run' in found ? jobCheck(repository, found.run, found.job) : foreignCheck(repository, found));
  },
  'checks/list-annotations': (call) => {
    const found = checkOf(call);
    const annotations = 'run' in found && found.job.status === 'completed' ? annotationsOf(found.job) : [];
    const sha = 'run' in found ? found.run.commit.sha : found.sha;
    return paged(call, annotations, (annotation) => shownAnnotation(call.repository, sha, annotation));
  },
  'repos/get-combined-status-for-ref': (call) => {
    const { repository, world } = call;
    const { sha } = commitOf(call);
    const statuses = repository.checks.latest(sha);
    const states = statuses.map(({ state }) => state);
    const failed = states.some((state) => state === 'failure' || state === 'error');
    const state = failed ? 'failure' : states.length === 0 || states.includes('pending') ? 'pending' : 'success';
    const url = `${world.addresses.repository(repository.fullName)}/commits/${sha}`;
    return paged(
      call,
      statuses,
      (status) => shownStatus(repository, status),
      (shown, total_count) => ({
        state,
        statuses: shown,
        sha,
        total_count,
        repository: minimalRepository(repository),
        commit_url: url,
        url: `${url}/status`,
      }),
    );
  },
  'repos/list-commit-statuses-for-ref': (call) => {
    const { sha } = commitOf(call);
    const statuses = call.repository.checks.statuses.filter((status) => status.sha === sha).reverse();
    return paged(call, statuses, (status) => fullStatus(call.repository, status));
  },
  'repos/create-commit-status': (call) => {
    const { repository, body, viewer } = call;
    const { sha } = commitOf(call);
    const created = repository.checks.status(sha, textOf(body['context']) ?? 'default', {
      state: (textOf(body['state']) ?? 'pending') as CommitStatus['state'],
      description: textOf(body['description']) ?? null,
      targetUrl: textOf(body['target_url']) ?? null,
      ...(viewer === undefined ? {} : { creator: viewer }),
    });
    return { status: 201, body: fullStatus(repository, created) };
  },
};

/** Jobs of the newest attempt, or of all. */
function jobsOf(run: Run, all: boolean): readonly Job[] {
  return all ? run.attempts.flatMap(({ jobs }) => jobs) : newest(run).jobs;
}

function checkOf({ repository, params }: Call): { readonly run: Run; readonly job: Job } | ForeignCheck {
  const id = Number(params['check_run_id']);
  const found = repository.runs.job(id) ?? repository.checks.foreign.find((check) => check.id === id);
  if (found === undefined) throw notFound();
  return found;
}

function jobCheck(repository: RepositoryState, run: Run, job: Job) {
  const page = jobPage(repository, run, job);
  const time = (at: number | null) => (at === null ? null : timestamp(at));
  return {
    ...base(repository, job.id, run.commit.sha, 'github-actions'),
    // GitHub Actions never fills the texts of its checks.
    output: output(repository, job.id, null, null, job.status === 'completed' ? annotationsOf(job).length : 0),
    external_id: nodeId('JOB', job.id),
    html_url: page,
    details_url: page,
    status: job.status,
    conclusion: job.conclusion,
    started_at: time(job.startedAt ?? job.createdAt),
    completed_at: time(job.completedAt),
    name: job.plan.name,
    check_suite: { id: run.id + 1 },
  };
}

function foreignCheck(repository: RepositoryState, check: ForeignCheck) {
  const done = check.status === 'completed';
  return {
    ...base(repository, check.id, check.sha, check.app),
    output: output(repository, check.id, check.title, check.summary, 0),
    external_id: '',
    html_url: `${repository.world.addresses.page(repository.fullName)}/runs/${check.id}`,
    details_url: `https://${check.app}.example.com/${repository.fullName}`,
    status: check.status,
    conclusion: done ? check.conclusion : null,
    started_at: timestamp(check.startedAt),
    completed_at: done ? timestamp(check.startedAt) : null,
    name: check.name,
    check_suite: { id: check.id + 1 },
  };
}

function base(repository: RepositoryState, id: number, sha: string, app: string) {
  return {
    id,
    node_id: nodeId('CR', id),
    head_sha: sha,
    url: `${repository.world.addresses.repository(repository.fullName)}/check-runs/${id}`,
    app: shownApp(repository, app),
    pull_requests: [],
  };
}

function output(
  repository: RepositoryState,
  id: number,
  title: string | null,
  summary: string | null,
  annotations_count: number,
) {
  const url = `${repository.world.addresses.repository(repository.fullName)}/check-runs/${id}`;
  return { title, summary, text: null, annotations_count, annotations_url: `${url}/annotations` };
}

/** Ids of apps as GitHub has them, so that rules can name them. */
const appIds: Readonly<Record<string, number>> = { 'github-actions': 15368, codecov: 254 };

function shownApp({ world, createdAt }: RepositoryState, slug: string) {
  const id = appIds[slug] ?? 90_000;
  return {
    id,
    slug,
    node_id: nodeId('A', id),
    owner: simpleUser(world.organization(slug), world.addresses),
    name: slug === 'github-actions' ? 'GitHub Actions' : slug,
    description: '',
    external_url: 'https://help.github.com/en/actions',
    html_url: `${world.addresses.web}/apps/${slug}`,
    created_at: timestamp(createdAt),
    updated_at: timestamp(createdAt),
    permissions: { checks: 'write', metadata: 'read' },
    events: [],
  };
}

/** Those of the plan, and the one that a failing job gets from its runner. */
function annotationsOf({ plan, conclusion }: Job): AnnotationPlan[] {
  const own = [...(plan.annotations ?? [])];
  if (conclusion !== 'failure') return own;
  return [...own, { path: '.github', line: own.length + 1, message: 'Process completed with exit code 101.' }];
}

function shownAnnotation({ world, fullName }: RepositoryState, sha: string, annotation: AnnotationPlan): JsonObject {
  return {
    path: annotation.path,
    blob_href: `${world.addresses.page(fullName)}/blob/${sha}/${annotation.path}`,
    start_line: annotation.line,
    end_line: annotation.endLine ?? annotation.line,
    start_column: annotation.column ?? null,
    end_column: annotation.endColumn ?? null,
    annotation_level: annotation.level ?? 'failure',
    title: annotation.title ?? '',
    message: annotation.message,
    raw_details: '',
  };
}

/** A status without who set it, as the combined status has it. */
function shownStatus({ world, fullName }: RepositoryState, status: CommitStatus): JsonObject {
  return {
    url: `${world.addresses.repository(fullName)}/statuses/${status.sha}`,
    avatar_url: simpleUser(status.creator, world.addresses)['avatar_url'],
    id: status.id,
    node_id: nodeId('SC', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: timestamp(status.at),
    updated_at: timestamp(status.at),
  };
}

function fullStatus(repository: RepositoryState, status: CommitStatus): JsonObject {
  return { ...shownStatus(repository, status), creator: simpleUser(status.creator, repository.world.addresses) };
}
