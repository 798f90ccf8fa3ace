import assert from 'node:assert/strict';
import { handlers } from '../../github/operations/index.js';
import { descriptions } from '../../github/check/description.js';
import { Routes } from '../../github/check/routes.js';
import { Validation } from '../../github/check/validation.js';
import { client, here, refused, standIn } from './stand-in.js';

describe('the stand-in for GitHub: what it notices', () => {
  const test = standIn();

  it('answers 501 to what is not described', async () => {
    const refusal = await refused(client(test.github).request('GET /repos/octo/tally/actions/cafes'));
    assert.equal(refusal.status, 501);
    assert.deepEqual(
      test.github.violations.map(({ side, operationId, path }) => [side, operationId, path]),
      [['request', null, '/repos/octo/tally/actions/cafes']],
    );
    assert.equal(test.github.forgive(/not in the extract/), 1);
  });

  it('notices parameters that are unknown or wrong', async () => {
    test.github.repository(here.owner, here.repo);
    const { request } = client(test.github);
    await request('GET /repos/octo/tally/actions/runs?brnch=main&per_page=many&status=red');
    assert.deepEqual(
      test.github.violations.map(({ message }) => message.replace(/\(.*\)/, '(…)')),
      [
        'There is no query parameter "brnch".',
        'Query parameter per_page=many: the value must be integer',
        'Query parameter status=red: the value must be equal to one of the allowed values (…)',
      ],
    );
    test.github.forgive(/./);
  });

  it('refuses bodies that are wrong, as GitHub does', async () => {
    test.github.repository(here.owner, here.repo);
    const { request } = client(test.github);
    const dispatch = (body: Record<string, unknown>) =>
      refused(request('POST /repos/octo/tally/actions/workflows/1/dispatches', body));
    assert.match((await dispatch({ ref: 'main', nonce: 1 })).message, /"nonce" is not a permitted key/);
    assert.match((await dispatch({ inputs: {} })).message, /must have required property 'ref'/);
    const secret = await refused(
      request('PUT /repos/octo/tally/actions/secrets/TOKEN', { encrypted_value: 'plain text!', key_id: '1' }),
    );
    assert.match(secret.message, /must match pattern/);
    assert.equal(test.github.forgive(/permitted key|required property|must match pattern/), 3);
  });

  it('notices what its own answers lack, have too much or get wrong', () => {
    const description = descriptions['github.com'];
    const validation = new Validation(description);
    const found = new Routes(description).find('GET', '/repos/octo/tally/actions/permissions/workflow');
    assert.ok(found);
    const right = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false };
    const check = (body: object, status = 200) => validation.response(found.route, status, body);
    assert.deepEqual(check(right), []);
    assert.match(check({ default_workflow_permissions: 'read' }).join(), /must have required property/);
    assert.match(check({ ...right, default_workflow_permissions: 'none' }).join(), /allowed values/);
    assert.deepEqual(check({ ...right, more: 1 }), ['The key /more is not described.']);
    assert.deepEqual(check(right, 202), ['Status 202 is not documented.']);
    assert.deepEqual(check({ message: 'Not Found', documentation_url: '', status: '404' }, 404), []);
    assert.match(check({ message: 404 }, 404).join(), /none of the shapes/);
  });

  it('allows null where the description means it', () => {
    const description = descriptions['github.com'];
    const conclusion = description.components.schemas['job']?.properties?.['conclusion'];
    assert.ok(conclusion !== undefined && JSON.stringify(conclusion).includes('null]'), JSON.stringify(conclusion));
  });

  it('tells apart paths that begin alike', () => {
    const routes = new Routes(descriptions['github.com']);
    const operation = (path: string) => {
      const found = routes.find('GET', `/repos/octo/tally${path}`);
      return [found?.route.operation.operationId, found?.params];
    };
    const repo = { owner: 'octo', repo: 'tally' };
    assert.deepEqual(operation('/commits/main/check-runs'), ['checks/list-for-ref', { ...repo, ref: 'main' }]);
    assert.deepEqual(operation('/commits/feature/a/check-runs'), [
      'checks/list-for-ref',
      { ...repo, ref: 'feature/a' },
    ]);
    assert.deepEqual(operation('/commits/feature%2Fa'), ['repos/get-commit', { ...repo, ref: 'feature/a' }]);
    assert.deepEqual(operation('/releases/tags/v1/2'), ['repos/get-release-by-tag', { ...repo, tag: 'v1/2' }]);
    assert.deepEqual(operation('/releases/latest'), ['repos/get-latest-release', repo]);
    assert.deepEqual(operation('/contents/a/b.rs'), ['repos/get-content', { ...repo, path: 'a/b.rs' }]);
  });

  it('has no operation without a handler that would answer an empty success', () => {
    for (const [operationId, handler] of Object.entries(handlers))
      assert.equal(typeof handler, 'function', operationId);
  });
});

describe('the stand-in for GitHub: headers', () => {
  const test = standIn();

  it('answers 304 to what is known already, for nothing, until something changes or the token does', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml');
    repository.run({ workflow: 'test.yml' });
    const token = test.github.token();
    const ask = (etag = '', auth = token) =>
      client(test.github, auth).actions.listWorkflowRunsForRepo({ ...here, headers: { 'if-none-match': etag } });
    const etag = (await ask()).headers.etag ?? '';
    assert.match(etag, /^W\/"/);
    assert.equal((await refused(ask(etag))).status, 304);
    assert.equal((await refused(ask(etag))).headers['x-ratelimit-used'], '1');
    assert.equal(test.github.cost, 1);
    assert.equal((await ask(etag, test.github.token())).status, 200);
    test.github.advance('1m');
    assert.equal((await ask(etag)).status, 200);
    assert.deepEqual(
      test.github.requests.map(({ status, cost }) => [status, cost]),
      [
        [200, 1],
        [304, 0],
        [304, 0],
        [200, 1],
        [200, 1],
      ],
    );
  });

  it('pages by addresses that have the id of the repository', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml');
    for (let count = 0; count < 5; count++) repository.run({ workflow: 'test.yml' });
    const octokit = client(test.github);
    const { headers } = await octokit.actions.listWorkflowRunsForRepo({ ...here, per_page: 2 });
    assert.match(
      headers.link ?? '',
      new RegExp(`<${test.github.apiUrl}/repositories/${repository.id}/actions/runs\\?per_page=2&page=2>; rel="next"`),
    );
    const runs = await octokit.paginate(octokit.actions.listWorkflowRunsForRepo, { ...here, per_page: 2 });
    assert.deepEqual(
      runs.map((run) => run.run_number),
      [5, 4, 3, 2, 1],
    );
  });

  it('does not write tokens down', async () => {
    test.github.repository(here.owner, here.repo);
    const token = test.github.token();
    await client(test.github, token).repos.get(here);
    assert.equal(JSON.stringify(test.github.requests).includes(token), false);
    assert.equal(test.github.requests[0]?.authorized, true);
  });

  it('refuses an API version that it does not know, and those who do not say who they are', async () => {
    test.github.repository(here.owner, here.repo);
    const headers = { 'x-github-api-version': '2999-01-01' };
    assert.equal((await refused(client(test.github).repos.get({ ...here, headers }))).status, 400);
    const chosen = await client(test.github).repos.get({ ...here, headers: { 'x-github-api-version': '2022-11-28' } });
    assert.equal(chosen.headers['x-github-api-version-selected'], '2022-11-28');
  });

  it('lets pages of other origins ask', async () => {
    const answer = await fetch(`${test.github.apiUrl}/user`, { method: 'OPTIONS' });
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /Authorization/);
  });
});

describe('the stand-in for GitHub: the second origin', () => {
  const test = standIn();

  async function address(): Promise<string> {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', { jobs: [{ name: 'test', artifacts: [{ name: 'report', content: { a: 'a' } }] }] });
    const run = repository.run({ workflow: 'test.yml' });
    test.github.finish();
    const url = `${test.github.apiUrl}/repos/octo/tally/actions/artifacts/${run.artifacts[0]?.id ?? 0}/zip`;
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${test.github.token()}` },
      redirect: 'manual',
    });
    assert.equal(answer.status, 302);
    const location = answer.headers.get('location') ?? '';
    assert.equal(new URL(location).origin, test.github.blobUrl);
    assert.notEqual(test.github.blobUrl, test.github.url);
    return location;
  }

  it('refuses whoever shows a token there', async () => {
    const location = await address();
    const answer = await fetch(location, { headers: { authorization: 'Bearer something' } });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /<Code>InvalidAuthenticationInfo<\/Code>/);
    assert.equal((await fetch(location)).status, 200);
  });

  it('refuses an address after a minute, and one that was made up', async () => {
    const location = await address();
    test.github.advance('61s');
    assert.equal((await fetch(location)).status, 403);
    assert.equal((await fetch(`${test.github.blobUrl}/actions-results/x?sig=00`)).status, 403);
  });
});
