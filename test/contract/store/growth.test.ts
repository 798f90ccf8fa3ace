import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { json } from '../../unit/github/fake-fetch.js';
import { createGitHub } from '../../../src/github/client.js';
import { createStore } from '../../../src/github/repository-store.js';
import { standIn } from '../github/stand-in.js';
import { ManualClock } from '../../unit/github/manual-clock.js';
import { connect, headOf, pipeline, push } from './setting.js';

describe('the store at the stand-in: how it grows', () => {
  const test = standIn();

  it('shows a run of 300 jobs, and asks for them again only while it runs', async () => {
    const repository = test.github.repository('octo', 'tally');
    repository.commit({ message: 'Count words' });
    const jobs = Array.from({ length: 300 }, (_, index) => ({ name: `test (${index})`, duration: '1m' as const }));
    repository.workflow('test.yml', { jobs });
    const run = repository.run({ workflow: 'test.yml' });
    test.github.advance('10s');
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    assert.equal(store.snapshot.current?.jobs.get(run.id)?.length, 300);
    const shown = store.snapshot.current;
    await store.refresh();
    assert.equal(store.snapshot.current, shown, 'what did not change is the same');
    test.github.finish();
    await store.refresh();
    assert.ok(store.snapshot.current.jobs.get(run.id)?.every(({ conclusion }) => conclusion === 'success'));
    test.github.forgetRequests();
    await store.refresh();
    assert.equal(test.github.requests.filter(({ operationId }) => operationId?.includes('jobs')).length, 0);
    dispose();
  });

  it('asks the same of a repository with thousands of runs', async () => {
    const repository = pipeline(test.github);
    for (let number = 0; number < 2000; number += 1) {
      repository.run({ workflow: 'benchmarks.yml', at: repository.ago('30d') + number * 60_000 });
    }
    test.github.finish();
    repository.commit({ message: 'Count faster' });
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    assert.equal(store.snapshot.runs.length, 50);
    assert.equal(store.snapshot.current?.reports.size, 2);
    const asked = test.github.requests.map(({ operationId }) => operationId);
    assert.ok(asked.length <= 12, asked.join(', '));
    dispose();
  });

  it('leaves no timers, listeners or memory behind in a thousand rounds', async () => {
    const clock = new ManualClock();
    const at = (milliseconds: number) => new Date(milliseconds).toISOString();
    let asked = 0;
    /** Every answer differs from the one before, so that something is kept and let go again and again. */
    const answer = (path: string): unknown => {
      const now = at(clock.now());
      const user = { login: 'maria' };
      const run = (id: number) => ({
        id,
        workflow_id: 1,
        path: '.github/workflows/test.yml',
        name: 'test',
        display_title: `Run ${asked}`,
        run_number: id,
        run_attempt: 1,
        event: 'push',
        head_branch: 'main',
        head_sha: 'a'.repeat(40),
        status: 'in_progress',
        conclusion: null,
        actor: user,
        created_at: now,
        updated_at: now,
        html_url: '',
      });
      if (path.endsWith('/runs'))
        return { total_count: 50, workflow_runs: Array.from({ length: 5 }, (_, index) => run(asked + index)) };
      if (path.endsWith('/jobs'))
        return { total_count: 1, jobs: [{ id: asked, run_id: asked, name: 'clippy', status: 'in_progress' }] };
      if (path.endsWith('/workflows')) return { total_count: 0, workflows: [] };
      if (path.endsWith('/check-runs')) return { total_count: 0, check_runs: [] };
      if (path.endsWith('/status')) return { statuses: [] };
      if (path.includes('/rules/')) return [];
      if (path.includes('/branches/')) return {};
      return { id: 1, name: 'tally', default_branch: 'main', owner: { login: 'octo', type: 'User' } };
    };
    const github = createGitHub({
      apiUrl: 'https://api.github.com',
      webUrl: 'https://github.com',
      token: () => 'token',
      clock,
      fetch: (url) => {
        asked += 1;
        // Requests are scarce, so that a round has few of them, and a thousand rounds take no minutes.
        const limit = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '50', 'x-ratelimit-reset': '4000000000' };
        return Promise.resolve(json(answer(new URL(url).pathname), { ...limit, etag: `W/"${asked}"` }));
      },
    });
    const head = { branch: 'main', sha: 'a'.repeat(40), pushedSha: null };
    const store = createStore({ github, repository: { host: 'github.com', owner: 'octo', name: 'tally' }, head });
    let told = 0;
    store.onDidChange(() => {
      told += 1;
    });
    const end = store.watch('status');
    const rounds = async (count: number): Promise<void> => {
      for (let round = 0; round < count; round += 1) {
        await clock.advance(1000);
        await store.refresh();
      }
    };
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = (): number => {
      collect();
      collect();
      return process.memoryUsage().heapUsed;
    };
    await rounds(200);
    const { armed } = clock;
    const before = heap();
    await rounds(1000);
    assert.equal(clock.armed, armed);
    assert.equal(store.connection.problem, null);
    assert.ok(told > 1000);
    const grown = (heap() - before) / 1e6;
    assert.ok(grown < 3, `${grown.toFixed(1)} MB more`);
    end();
    store.dispose();
    assert.equal(clock.armed, 0);
  }).timeout(600_000);
});
