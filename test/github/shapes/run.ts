import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import type { JsonObject } from '../json.js';
import type { Artifact } from '../state/artifact.js';
import { stepStates, type Job } from '../state/job.js';
import type { RepositoryState } from '../state/repository.js';
import { newest, type Attempt, type Run } from '../state/run.js';
import type { Workflow } from '../state/workflow.js';
import { mentionedCommit } from './commit.js';
import { minimalRepository } from './repository.js';
import { simpleUser } from './user.js';

export function shownWorkflow(repository: RepositoryState, workflow: Workflow): JsonObject {
  const { addresses } = repository.world;
  const page = addresses.page(repository.fullName);
  const file = workflow.path.slice(workflow.path.lastIndexOf('/') + 1);
  return {
    id: workflow.id,
    node_id: nodeId('W', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: timestamp(workflow.createdAt),
    updated_at: timestamp(workflow.createdAt),
    url: `${addresses.repository(repository.fullName)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/actions/workflows/${file}/badge.svg`,
  };
}

/** A run, in the state of its newest attempt or of another one. */
export function shownRun(
  repository: RepositoryState,
  run: Run,
  attempt: Attempt = newest(run),
  mentioned: JsonObject = minimalRepository(repository),
): JsonObject {
  const { addresses } = repository.world;
  const actions = `${addresses.repository(repository.fullName)}/actions`;
  const url = `${actions}/runs/${run.id}`;
  const suite = run.id + 1;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.branch,
    head_sha: run.commit.sha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: attempt.status,
    conclusion: attempt.status === 'completed' ? attempt.conclusion : null,
    workflow_id: run.workflow.id,
    check_suite_id: suite,
    check_suite_node_id: nodeId('CS', suite),
    url,
    html_url: runPage(repository, run),
    pull_requests: run.pullRequests.flatMap((number) => mentionedPull(repository, number)),
    created_at: timestamp(run.createdAt),
    updated_at: timestamp(attempt.updatedAt),
    actor: simpleUser(run.actor, addresses),
    run_attempt: attempt.number,
    referenced_workflows: [],
    run_started_at: timestamp(attempt.startedAt),
    triggering_actor: simpleUser(attempt.actor, addresses),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${addresses.repository(repository.fullName)}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attempt.number > 1 ? `${url}/attempts/${attempt.number - 1}` : null,
    workflow_url: `${actions}/workflows/${run.workflow.id}`,
    head_commit: mentionedCommit(run.commit),
    repository: mentioned,
    head_repository: mentioned,
  };
}

function mentionedPull(repository: RepositoryState, number: number): JsonObject[] {
  const pull = repository.pulls.find((candidate) => candidate.number === number);
  if (pull === undefined) return [];
  const url = repository.world.addresses.repository(repository.fullName);
  const side = (ref: string) => ({
    ref,
    sha: repository.git.branches.get(ref) ?? '',
    repo: { id: repository.id, url, name: repository.name },
  });
  return [{ id: pull.id, number, url: `${url}/pulls/${number}`, head: side(pull.head), base: side(pull.base) }];
}

export function runPage({ world, fullName }: RepositoryState, run: Run): string {
  return `${world.addresses.page(fullName)}/actions/runs/${run.id}`;
}

export function shownJob(repository: RepositoryState, run: Run, job: Job): JsonObject {
  const { addresses, clock } = repository.world;
  const url = addresses.repository(repository.fullName);
  const time = (at: number | null) => (at === null ? null : timestamp(at));
  const onRunner = job.startedAt !== null && job.conclusion !== 'skipped';
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.branch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CR', job.id),
    head_sha: run.commit.sha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: jobPage(repository, run, job),
    status: job.status,
    conclusion: job.conclusion,
    created_at: timestamp(job.createdAt),
    started_at: timestamp(job.startedAt ?? job.createdAt),
    completed_at: time(job.completedAt),
    name: job.plan.name,
    steps: stepStates(job, clock.now).map(({ name, status, conclusion, number, startedAt, completedAt }) => ({
      name,
      status,
      conclusion,
      number,
      started_at: time(startedAt),
      completed_at: time(completedAt),
    })),
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: [job.plan.runsOn ?? 'ubuntu-24.04'],
    runner_id: onRunner ? 1 + (job.id % 40) : null,
    runner_name: onRunner ? `GitHub Actions ${1 + (job.id % 40)}` : null,
    runner_group_id: onRunner ? 0 : null,
    runner_group_name: onRunner ? 'GitHub Actions' : null,
  };
}

export function jobPage(repository: RepositoryState, run: Run, job: Job): string {
  return `${runPage(repository, run)}/job/${job.id}`;
}

export function shownArtifact(repository: RepositoryState, run: Run, artifact: Artifact): JsonObject {
  const { addresses, clock, profile } = repository.world;
  const url = `${addresses.repository(repository.fullName)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('A', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.size,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expiresAt <= clock.now,
    // Enterprise Server does not tell it.
    ...(profile === 'github.com' ? { digest: artifact.digest } : {}),
    created_at: timestamp(artifact.createdAt),
    expires_at: timestamp(artifact.expiresAt),
    updated_at: timestamp(artifact.createdAt),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.branch ?? '',
      head_sha: run.commit.sha,
    },
  };
}
