import assert from 'node:assert/strict';
import type { RepositoryState, Run } from '../../github/github.js';
import { client, here, refused, standIn } from './stand-in.js';

const inputs = {
  version: { type: 'string', required: true },
  reason: { type: 'string', required: true },
  request: { type: 'string', default: '' },
} as const;

/** A repository whose rollback waits for maria and then moves `latest`. */
function rollback(repository: RepositoryState): void {
  repository.commit({ message: 'Count words' });
  repository.deliveries.addEnvironment('production', { reviewers: ['maria'] });
  repository.deliveries.image({ tags: ['1.4.1'] });
  repository.deliveries.image({ tags: ['1.4.2', 'latest'] });
  const moved = ({ inputs: { version = '' } }: Run) => {
    const target = repository.deliveries
      .container()
      .versions.find(({ tags }) => tags.includes(version.replace('v', '')));
    if (target !== undefined) repository.deliveries.moveTag('latest', target.digest);
  };
  repository.workflow('rollback.yml', {
    dispatch: inputs,
    runName: ({ version = '', request = '' }) => `Roll back to ${version}${request === '' ? '' : ` [${request}]`}`,
    jobs: [
      { name: 'detect', duration: '20s' },
      { name: 'rollback', needs: ['detect'], environment: 'production', duration: '40s', effect: moved },
      { name: 'notify', needs: ['detect', 'rollback'], always: true, duration: '10s' },
    ],
  });
}

function latest(repository: RepositoryState): string | undefined {
  return repository.deliveries.container().versions.find(({ tags }) => tags.includes('latest'))?.tags[0];
}

describe('the stand-in for GitHub: what people change', () => {
  const test = standIn();

  it('starts a workflow, waits for approval and does what the run does', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    rollback(repository);
    const { actions } = client(test.github);
    const { data, status } = await actions.createWorkflowDispatch({
      ...here,
      workflow_id: 'rollback.yml',
      ref: 'main',
      inputs: { version: 'v1.4.1', reason: 'It crashes', request: 'a1b2' },
      return_run_details: true,
    });
    assert.equal(status, 200);
    const run = { ...here, run_id: (data as { workflow_run_id: number }).workflow_run_id };
    assert.equal((await actions.getWorkflowRun(run)).data.display_title, 'Roll back to v1.4.1 [a1b2]');
    test.github.finish();
    assert.equal((await actions.getWorkflowRun(run)).data.status, 'waiting');
    assert.equal(latest(repository), '1.4.2');
    const pending = await actions.getPendingDeploymentsForRun(run);
    await actions.reviewPendingDeploymentsForRun({
      ...run,
      environment_ids: [pending.data[0]?.environment.id ?? 0],
      state: 'approved',
      comment: '',
    });
    test.github.finish();
    assert.equal((await actions.getWorkflowRun(run)).data.conclusion, 'success');
    assert.equal(latest(repository), '1.4.1');
  });

  it('refuses inputs that the workflow does not know, lacks or cannot be', async () => {
    rollback(test.github.repository(here.owner, here.repo));
    const { actions } = client(test.github);
    const dispatch = (given: Record<string, string>, ref = 'main') =>
      refused(actions.createWorkflowDispatch({ ...here, workflow_id: 'rollback.yml', ref, inputs: given }));
    const complete = { version: 'v1.4.1', reason: 'It crashes' };
    assert.match((await dispatch({ ...complete, nonce: '1' })).message, /Unexpected inputs provided: \["nonce"\]/);
    assert.match((await dispatch({ version: 'v1.4.1' })).message, /Required input 'reason' not provided/);
    assert.match((await dispatch(complete, 'nowhere')).message, /No ref found for: nowhere/);
    assert.equal((await actions.listWorkflowRunsForRepo(here)).data.total_count, 0);
  });

  it('runs everything again, or what failed, in a new attempt of the same run', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', {
      jobs: ({ attempt }) => [
        { name: 'fmt' },
        { name: 'test', conclusion: attempt === 1 ? 'failure' : 'success' },
        { name: 'gate', needs: ['fmt', 'test'], always: true },
      ],
    });
    const { actions } = client(test.github);
    const run = { ...here, run_id: repository.run({ workflow: 'test.yml' }).id };
    assert.equal((await refused(actions.reRunWorkflow(run))).status, 403);
    test.github.finish();
    await actions.reRunWorkflowFailedJobs(run);
    const attempt = async () => {
      const { data } = await actions.getWorkflowRun(run);
      return [data.run_attempt, data.status, data.conclusion];
    };
    assert.deepEqual(await attempt(), [2, 'in_progress', null]);
    test.github.finish();
    assert.deepEqual(await attempt(), [2, 'completed', 'success']);
    const { data } = await actions.listJobsForWorkflowRun({ ...run, filter: 'latest' });
    assert.deepEqual(
      data.jobs.map(({ name, run_attempt }) => [name, run_attempt]),
      [
        ['fmt', 2],
        ['test', 2],
        ['gate', 2],
      ],
    );
    assert.equal((await actions.listJobsForWorkflowRun({ ...run, filter: 'all' })).data.total_count, 6);
    assert.equal((await actions.getWorkflowRunAttempt({ ...run, attempt_number: 1 })).data.conclusion, 'failure');
    assert.equal((await refused(actions.reRunWorkflowFailedJobs(run))).status, 403);
    await actions.reRunJobForWorkflowRun({ ...here, job_id: data.jobs[1]?.id ?? 0, enable_debug_logging: true });
    test.github.finish();
    await actions.reRunWorkflow(run);
    assert.deepEqual((await attempt()).slice(0, 1), [4]);
  });

  it('cancels what runs, and not what has ended', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', {
      jobs: [
        { name: 'test', duration: '5m' },
        { name: 'gate', needs: ['test'] },
      ],
    });
    const { actions } = client(test.github);
    const run = { ...here, run_id: repository.run({ workflow: 'test.yml' }).id };
    test.github.advance('1m');
    await actions.cancelWorkflowRun(run);
    assert.equal((await actions.getWorkflowRun(run)).data.conclusion, 'cancelled');
    const { data } = await actions.listJobsForWorkflowRun(run);
    assert.deepEqual(
      data.jobs.map(({ conclusion }) => conclusion),
      ['cancelled', 'cancelled'],
    );
    test.github.finish();
    assert.equal((await actions.getWorkflowRun(run)).data.conclusion, 'cancelled');
    assert.equal((await refused(actions.cancelWorkflowRun(run))).status, 409);
    assert.equal((await refused(actions.forceCancelWorkflowRun(run))).status, 409);
  });
});

describe('the stand-in for GitHub: an Enterprise Server', () => {
  const test = standIn({ profile: 'ghes-3.19' });

  it('does not tell which run it started, and refuses to be asked', async () => {
    rollback(test.github.repository(here.owner, here.repo));
    const { actions } = client(test.github);
    const given = {
      ...here,
      workflow_id: 'rollback.yml',
      ref: 'main',
      inputs: { version: 'v1.4.1', reason: 'It crashes' },
    };
    const refusal = await refused(actions.createWorkflowDispatch({ ...given, return_run_details: true }));
    assert.deepEqual(
      [refusal.status, refusal.message.includes('"return_run_details" is not a permitted key.')],
      [422, true],
    );
    assert.equal(test.github.forgive(/return_run_details/), 1);
    assert.equal((await actions.createWorkflowDispatch(given)).status, 204);
    assert.equal((await actions.listWorkflowRunsForRepo(here)).data.total_count, 1);
  });

  it('has its own address, says its version and counts no requests', async () => {
    test.github.repository(here.owner, here.repo);
    const octokit = client(test.github);
    const { headers } = await octokit.repos.get(here);
    assert.equal(test.github.apiUrl, `${test.github.url}/api/v3`);
    assert.equal(headers['x-github-enterprise-version'], '3.19.1');
    assert.equal(headers['x-ratelimit-remaining'], undefined);
    assert.equal((await refused(octokit.rateLimit.get())).status, 404);
    assert.equal(test.github.cost, 0);
  });
});
