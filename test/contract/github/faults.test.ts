import assert from 'node:assert/strict';
import type { Fault } from '../../github/github.js';
import { client, here, refused, standIn } from './stand-in.js';

describe('the stand-in for GitHub: what can go wrong', () => {
  const test = standIn();

  /** A repository with two runs that upload a report. */
  function repository() {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    const artifacts = [{ name: 'rust-ci-report', content: { 'rust-ci-report.json': '{}' } }];
    repository.workflow('test.yml', { dispatch: {}, jobs: [{ name: 'test', artifacts }] });
    repository.run({ workflow: 'test.yml' });
    repository.run({ workflow: 'test.yml' });
    test.github.finish();
    return repository;
  }

  /** What is answered to a request for runs that a fault hits, without a library in between. */
  function ask(fault: Fault, headers: Record<string, string> = {}): Promise<Response> {
    repository();
    test.github.fault('actions/list-workflow-runs-for-repo', fault);
    const url = `${test.github.apiUrl}/repos/${here.owner}/${here.repo}/actions/runs`;
    return fetch(url, { headers: { authorization: `Bearer ${test.github.token()}`, ...headers }, redirect: 'manual' });
  }

  it('reaches the rate limit', async () => {
    const answer = await ask({ kind: 'primary-limit', status: 429, resetIn: '10m' });
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('x-ratelimit-remaining'), '0');
    assert.equal(Number(answer.headers.get('x-ratelimit-reset')), test.github.now / 1000 + 600);
  });

  it('reaches the secondary rate limit, which says when to come back, or does not', async () => {
    const told = await ask({ kind: 'secondary-limit', retryAfter: 30 });
    assert.deepEqual([told.status, told.headers.get('retry-after')], [403, '30']);
    test.github.fault('repos/get', { kind: 'secondary-limit' });
    const refusal = await refused(client(test.github).repos.get(here));
    assert.deepEqual([refusal.status, refusal.headers['retry-after']], [403, undefined]);
    assert.match(refusal.message, /secondary rate limit/);
  });

  it('answers with a page of HTML when it is broken', async () => {
    const answer = await ask({ kind: 'server-error', status: 502 });
    assert.equal(answer.status, 502);
    assert.match(answer.headers.get('content-type') ?? '', /text\/html/);
    assert.match(await answer.text(), /<!DOCTYPE html>/);
  });

  it('gives up on what takes too long', async () => {
    const answer = await ask({ kind: 'timeout', wait: '50ms' });
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /Server Error/);
  });

  it('is slow to start, and slow to end', async () => {
    const start = performance.now();
    assert.equal((await ask({ kind: 'slow-headers', wait: '80ms' })).status, 200);
    assert.ok(performance.now() - start >= 75);
    test.github.fault('repos/get', { kind: 'slow-body', wait: '80ms' });
    const again = performance.now();
    await client(test.github).repos.get(here);
    assert.ok(performance.now() - again >= 75);
  });

  it('does not answer at all', async () => {
    repository();
    test.github.fault('repos/get', { kind: 'silence' });
    const signal = AbortSignal.timeout(80);
    await assert.rejects(client(test.github).repos.get({ ...here, request: { signal } }), /abort/i);
  });

  it('resets the connection', async () => {
    await assert.rejects(ask({ kind: 'reset' }), /fetch failed/);
  });

  it('breaks off in the middle of the answer', async () => {
    const answer = await ask({ kind: 'truncated' });
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text(), /terminated/);
  });

  it('sends what is no JSON, or says that it is none', async () => {
    const broken = await (await ask({ kind: 'invalid-json' })).text();
    assert.throws(() => void JSON.parse(broken), SyntaxError);
    test.github.fault('repos/get', { kind: 'content-type', value: 'text/plain' });
    const { headers } = await client(test.github).repos.get(here);
    assert.equal(headers['content-type'], 'text/plain');
  });

  it('has an empty page although there are runs, and does not know the newest one yet', async () => {
    const empty = (await (await ask({ kind: 'empty-page' })).json()) as {
      total_count: number;
      workflow_runs: unknown[];
    };
    assert.deepEqual([empty.total_count, empty.workflow_runs.length], [2, 0]);
    test.github.fault('actions/list-workflow-runs-for-repo', { kind: 'stale-list' }, 2);
    const { actions } = client(test.github);
    const count = async () => (await actions.listWorkflowRunsForRepo(here)).data.total_count;
    assert.deepEqual([await count(), await count(), await count()], [1, 1, 2]);
  });

  it('says that nothing changed, without being asked', async () => {
    assert.equal((await ask({ kind: 'not-modified' })).status, 304);
  });

  it('has moved', async () => {
    const answer = await ask({ kind: 'moved' });
    assert.equal(answer.status, 301);
    assert.match(answer.headers.get('location') ?? '', /\/repositories\/\d+\/actions\/runs$/);
    assert.equal((await fetch(answer.headers.get('location') ?? '')).status, 200);
  });

  it('wants single sign-on', async () => {
    assert.match((await ask({ kind: 'sso' })).headers.get('x-github-sso') ?? '', /^required; url=/);
  });

  it('hands out artifacts that expired, are no zip or break off', async () => {
    const [run] = repository().runs.all;
    const download = { ...here, artifact_id: run?.artifacts[0]?.id ?? 0, archive_format: 'zip' };
    const { actions } = client(test.github);
    test.github.fault('actions/download-artifact', { kind: 'gone' });
    assert.equal((await refused(actions.downloadArtifact(download))).status, 410);
    test.github.fault('actions/download-artifact', { kind: 'not-a-zip' });
    const { data } = await actions.downloadArtifact(download);
    assert.match(Buffer.from(data as ArrayBuffer).toString(), /no zip/);
    test.github.fault('actions/download-artifact', { kind: 'cut-download' });
    const { url } = await actions.downloadArtifact({ ...download, request: { redirect: 'manual' } });
    const found = await fetch(url, { headers: { authorization: `Bearer ${test.github.token()}` }, redirect: 'manual' });
    const cut = await fetch(found.headers.get('location') ?? '');
    assert.equal((await cut.arrayBuffer()).byteLength, run?.artifacts[0]?.size);
    test.github.advance('91d');
    assert.equal((await refused(actions.downloadArtifact(download))).status, 410);
    assert.equal((await actions.getArtifact({ ...here, artifact_id: download.artifact_id })).data.expired, true);
  });

  it('loses the request, or only the answer to what it did', async () => {
    const found = repository();
    const { actions } = client(test.github);
    const dispatch = () => actions.createWorkflowDispatch({ ...here, workflow_id: 'test.yml', ref: 'main' });
    const faults: Fault[] = [{ kind: 'reset' }, { kind: 'server-error', status: 503 }, { kind: 'secondary-limit' }];
    for (const fault of faults) {
      const before = found.runs.all.length;
      test.github.fault('actions/create-workflow-dispatch', { ...fault, when: 'before' });
      await dispatch().catch(() => undefined);
      assert.equal(found.runs.all.length, before, `${fault.kind} before`);
      test.github.fault('actions/create-workflow-dispatch', { ...fault, when: 'after' });
      await dispatch().catch(() => undefined);
      assert.equal(found.runs.all.length, before + 1, `${fault.kind} after`);
    }
  });

  it('cannot be reached, and is back', async () => {
    repository();
    const { repos } = client(test.github);
    const { url } = test.github;
    await test.github.offline();
    await assert.rejects(repos.get(here), /fetch failed|ECONNREFUSED|other side closed/);
    await test.github.online();
    assert.equal(test.github.url, url);
    assert.equal((await repos.get(here)).status, 200);
  });
});
