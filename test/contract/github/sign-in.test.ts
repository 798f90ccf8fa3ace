import assert from 'node:assert/strict';
import { client, here, refused, standIn } from './stand-in.js';

describe('the stand-in for GitHub: who may do what', () => {
  const test = standIn();

  it('answers the signed out about public repositories, sixty times an hour', async () => {
    test.github.repository(here.owner, here.repo);
    const { headers } = await client(test.github, null).repos.get(here);
    assert.deepEqual([headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']], ['60', '59']);
    test.github.leaveRequests(undefined, 0);
    const refusal = await refused(client(test.github, null).repos.get(here));
    assert.deepEqual([refusal.status, refusal.headers['x-ratelimit-remaining']], [403, '0']);
    test.github.advance('1h');
    assert.equal((await client(test.github, null).repos.get(here)).status, 200);
  });

  it('does not hand out artifacts and logs to the signed out', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', { jobs: [{ name: 'test', artifacts: [{ name: 'report', content: { a: 'a' } }] }] });
    const run = repository.run({ workflow: 'test.yml' });
    test.github.finish();
    const { actions } = client(test.github, null);
    const artifact = { ...here, artifact_id: run.artifacts[0]?.id ?? 0, archive_format: 'zip' };
    assert.equal((await refused(actions.downloadArtifact(artifact))).status, 401);
    const job = { ...here, job_id: run.attempts[0]?.jobs[0]?.id ?? 0 };
    assert.equal((await refused(actions.downloadJobLogsForWorkflowRun(job))).status, 403);
  });

  it('hides private repositories from those who may not see them', async () => {
    test.github.repository(here.owner, here.repo, { private: true });
    const { github } = test;
    for (const token of [null, github.token({ user: 'stranger' }), github.token({ scopes: ['public_repo'] })]) {
      assert.equal((await refused(client(github, token).repos.get(here))).status, 404);
    }
    assert.equal((await client(github).repos.get(here)).data.private, true);
    assert.equal((await client(github, github.token({ scopes: null })).repos.get(here)).data.private, true);
  });

  it('refuses a wrong or revoked token, also for what is public', async () => {
    test.github.repository(here.owner, here.repo);
    const token = test.github.token();
    assert.equal((await client(test.github, token).repos.get(here)).status, 200);
    test.github.revoke(token);
    assert.equal((await refused(client(test.github, token).repos.get(here))).status, 401);
    assert.equal((await refused(client(test.github, 'wrong').repos.get(here))).status, 401);
  });

  it('tells scopes, and which ones would do', async () => {
    const repository = test.github.repository(here.owner, here.repo, { organization: true });
    repository.deliveries.image({ tags: ['1'] });
    const versions = (token: string) =>
      client(test.github, token).packages.getAllPackageVersionsForPackageOwnedByOrg({
        org: here.owner,
        package_type: 'container',
        package_name: here.repo,
      });
    const refusal = await refused(versions(test.github.token()));
    assert.equal(refusal.status, 403);
    assert.equal(refusal.headers['x-oauth-scopes'], 'repo, workflow');
    assert.equal(refusal.headers['x-accepted-oauth-scopes'], 'read:packages, write:packages');
    assert.equal((await versions(test.github.token({ scopes: ['read:packages'] }))).data.length, 1);
    assert.equal((await refused(versions(test.github.token({ scopes: null })))).status, 403);
  });

  it('lets readers read, writers write and admins set up', async () => {
    const { github } = test;
    const repository = github.repository(here.owner, here.repo, { collaborators: { jo: 'write', kim: 'read' } });
    repository.commit({ message: 'Count words' });
    repository.workflow('bench.yml', { dispatch: {} });
    const as = (user: string) => client(github, github.token({ user }));
    const dispatch = (user: string) =>
      as(user).actions.createWorkflowDispatch({ ...here, workflow_id: 'bench.yml', ref: 'main' });
    assert.equal((await dispatch('jo')).status, 204);
    assert.equal((await refused(dispatch('kim'))).status, 403);
    const put = (user: string) => as(user).repos.createOrUpdateEnvironment({ ...here, environment_name: 'production' });
    assert.equal((await refused(put('jo'))).status, 403);
    assert.equal((await put('maria')).status, 200);
  });

  it('sends those whose organisation wants single sign-on there', async () => {
    test.github.repository(here.owner, here.repo, { organization: true });
    const token = test.github.token({ ssoRequiredBy: [here.owner] });
    const refusal = await refused(client(test.github, token).repos.get(here));
    assert.equal(refusal.status, 403);
    assert.match(String(refusal.headers['x-github-sso']), /^required; url=https:\/\//);
  });

  it('says where a renamed repository is now', async () => {
    const repository = test.github.repository(here.owner, 'words');
    repository.rename(here.repo);
    const moved = await client(test.github).request('GET /repos/{owner}/{repo}', { owner: here.owner, repo: 'words' });
    assert.equal(moved.data.name, here.repo);
    assert.deepEqual(
      test.github.requests.map(({ status }) => status),
      [301, 200],
    );
  });

  it('does not approve for those who are not asked, nor for oneself where that is forbidden', async () => {
    const { github } = test;
    const repository = github.repository(here.owner, here.repo, { collaborators: { jo: 'write' } });
    repository.commit({ message: 'Count words' });
    const environment = repository.deliveries.addEnvironment('production', {
      reviewers: ['maria'],
      preventSelfReview: true,
    });
    repository.workflow('release.yml', { jobs: [{ name: 'publish', environment: 'production' }] });
    const review = (user: string, run_id: number) =>
      client(github, github.token({ user })).actions.reviewPendingDeploymentsForRun({
        ...here,
        run_id,
        environment_ids: [environment.id],
        state: 'approved',
        comment: '',
      });
    const own = repository.run({ workflow: 'release.yml', actor: 'maria' });
    assert.equal((await refused(review('jo', own.id))).status, 403);
    assert.equal((await refused(review('maria', own.id))).status, 403);
    const other = repository.run({ workflow: 'release.yml', actor: 'jo' });
    assert.equal((await review('maria', other.id)).status, 200);
  });
});
