import assert from 'node:assert/strict';
import { GitHubError } from '../../../src/github/problem.js';
import { standIn } from '../github/stand-in.js';
import { connect, headOf, pipeline, push } from './setting.js';
import { gatesShown } from './truth.js';

const byPath = (file: string) => (item: { readonly path: string }) => item.path.endsWith(file);

describe('the store at the stand-in: what one can do', () => {
  const test = standIn();

  function ready() {
    const repository = pipeline(test.github);
    return { repository, ...connect(test.github, headOf(repository)) };
  }

  it('starts a workflow and follows its run to the end', async () => {
    const { repository, store, advance, dispose } = ready();
    store.watch('status');
    await advance(0);
    const workflow = store.snapshot.workflows?.find(byPath('rollback.yml'));
    assert.ok(workflow);
    const id = await store.dispatch(workflow, 'main', {});
    assert.ok(id !== null && repository.runs.find(id));
    const stop = store.follow(id);
    await advance(30_000);
    assert.equal(store.snapshot.runs.find((run) => run.id === id)?.status, 'in_progress');
    await advance(2 * 60_000);
    assert.equal(store.snapshot.runs.find((run) => run.id === id)?.conclusion, 'success');
    stop();
    dispose();
  });

  it('follows a run although nobody looks at anything else, and stops when it has ended', async () => {
    const { repository, store, advance, clock, dispose } = ready();
    const run = repository.run({ workflow: 'container.yml' });
    const stop = store.follow(run.id);
    await advance(3 * 60_000);
    assert.equal(store.snapshot.runs[0]?.conclusion, 'success');
    stop();
    test.github.forgetRequests();
    await advance(60 * 60_000);
    assert.equal(test.github.requests.length, 0);
    assert.equal(clock.armed, 0);
    dispose();
  });

  it('reruns all jobs, the failed ones, and one, and cancels', async () => {
    const { repository, store, advance, dispose } = ready();
    push(repository);
    test.github.finish();
    store.watch('status');
    await advance(0);
    const attempts = (id: number) => repository.runs.find(id)?.attempts ?? [];
    const shown = (id: number) => {
      const run = store.snapshot.runs.find((one) => one.id === id);
      assert.ok(run);
      return run;
    };
    const test1 = store.snapshot.runs.find(byPath('test.yml'));
    assert.ok(test1);
    await store.rerun(test1, 'all', { debug: true });
    assert.equal(attempts(test1.id).length, 2);
    assert.equal(attempts(test1.id)[1]?.debug, true);
    await store.refresh();
    assert.equal(shown(test1.id).attempt, 2);
    await store.cancel(shown(test1.id));
    test.github.advance('1m');
    await store.refresh();
    assert.equal(shown(test1.id).conclusion, 'cancelled');
    await store.rerun(shown(test1.id), 'failed');
    assert.equal(attempts(test1.id).length, 3);
    test.github.finish();
    await store.refresh();
    const [job] = await store.jobs(shown(test1.id), 3);
    assert.ok(job);
    await store.rerunJob(job);
    assert.equal(attempts(test1.id).length, 4);
    dispose();
  }).timeout(60_000);

  it('shows what waits for approval, and answers it', async () => {
    const { repository, store, advance, dispose } = ready();
    repository.deliveries.addEnvironment('production', { reviewers: ['maria', 'omar'], waitTimer: 0 });
    repository.workflow('deploy.yml', { jobs: [{ name: 'deploy', duration: '1m', environment: 'production' }] });
    const run = repository.run({ workflow: 'deploy.yml' });
    test.github.advance('10s');
    store.watch('status');
    await advance(0);
    const pending = store.snapshot.current?.pending.get(run.id);
    assert.deepEqual(
      pending?.map(({ environment, canApprove, reviewers }) => ({ environment, canApprove, reviewers })),
      [{ environment: 'production', canApprove: true, reviewers: ['maria', 'omar'] }],
    );
    const shown = store.snapshot.runs.find(({ id }) => id === run.id);
    assert.equal(shown?.status, 'waiting');
    await store.review(shown, pending, 'approved', 'Looks good');
    assert.equal(run.reviews[0]?.comment, 'Looks good');
    test.github.advance('2m');
    await store.refresh();
    assert.equal(store.snapshot.runs.find(({ id }) => id === run.id)?.conclusion, 'success');
    assert.equal(store.snapshot.current?.pending.size, 0);
    dispose();
  });

  it('starts nothing twice when the answer gets lost', async () => {
    const { repository, store, advance, dispose } = ready();
    store.watch('status');
    await advance(0);
    const workflow = store.snapshot.workflows?.find(byPath('rollback.yml'));
    assert.ok(workflow);
    for (const fault of [
      { kind: 'reset', when: 'after' },
      { kind: 'server-error', when: 'after' },
    ] as const) {
      const before = repository.runs.all.length;
      test.github.fault('actions/create-workflow-dispatch', fault);
      await assert.rejects(store.dispatch(workflow, 'main', {}), GitHubError);
      assert.equal(repository.runs.all.length, before + 1);
    }
    dispose();
  }).timeout(60_000);

  it('says what GitHub objects to', async () => {
    const { store, advance, dispose } = ready();
    store.watch('status');
    await advance(0);
    const workflow = store.snapshot.workflows?.find(byPath('test.yml'));
    assert.ok(workflow);
    await assert.rejects(
      store.dispatch(workflow, 'main', {}),
      /rejected the start of the workflow \(422\): .*workflow_dispatch/,
    );
    dispose();
  });

  it('reads older runs page by page', async () => {
    const { repository, store, advance, dispose } = ready();
    for (let number = 0; number < 120; number += 1) {
      repository.run({ workflow: 'benchmarks.yml', at: repository.ago('2d') + number * 60_000 });
    }
    test.github.finish();
    store.watch('status');
    await advance(0);
    assert.equal(store.snapshot.runs.length, 50);
    const workflow = store.snapshot.workflows?.find(byPath('benchmarks.yml'));
    assert.ok(workflow);
    let oldest = store.snapshot.runs.at(-1) ?? null;
    for (const expected of [80, 110, 120, 120]) {
      const more = await store.moreRuns(workflow.id, oldest);
      oldest = more.at(-1) ?? oldest;
      assert.equal(store.snapshot.runs.length, expected);
    }
    await store.refresh();
    assert.equal(store.snapshot.runs.length, 120, 'they stay');
    assert.equal(new Set(store.snapshot.runs.map(({ id }) => id)).size, 120);
    dispose();
  }).timeout(60_000);

  it('gives the log and the annotations of a job, without the token', async () => {
    const { repository, store, advance, logged, dispose } = ready();
    repository.workflow('lint.yml', {
      jobs: [
        {
          name: 'clippy',
          conclusion: 'failure',
          steps: [{ name: 'cargo clippy', log: 'error: needless borrow' }],
          annotations: [{ path: 'src/lib.rs', line: 12, column: 5, message: 'needless borrow' }],
        },
      ],
    });
    repository.run({ workflow: 'lint.yml' });
    test.github.finish();
    store.watch('status');
    await advance(0);
    const [run] = store.snapshot.runs;
    assert.ok(run);
    const [job] = await store.jobs(run, 1);
    assert.ok(job);
    assert.match(await store.log(job), /error: needless borrow/);
    const annotations = await store.annotations(job);
    assert.deepEqual(
      annotations.filter(({ path }) => path !== '.github').map(({ path, line, message }) => ({ path, line, message })),
      [{ path: 'src/lib.rs', line: 12, message: 'needless borrow' }],
    );
    assert.equal(gatesShown(store.snapshot)['clippy'], 'failed');
    assert.ok(logged.length > 5);
    assert.equal(logged.join('\n').includes('stand-in-'), false, 'no token in the log');
    assert.equal(/[?&](?:sig|se|sp)=/.test(logged.join('\n')), false, 'no signature in the log');
    dispose();
  });

  it('reads environments, deployments, releases and images only for those who look', async () => {
    const { repository, store, advance, token, dispose } = ready();
    token.value = test.github.token({ user: 'octo', scopes: ['repo', 'workflow', 'read:packages'] });
    const { sha } = headOf(repository);
    repository.deliveries.addEnvironment('production', { reviewers: ['maria'] });
    const deployment = repository.deliveries.deploy('production', { sha: sha ?? '', ref: 'v1.0.0' });
    repository.deliveries.addStatus(deployment, 'success');
    repository.deliveries.release({ tag: 'v1.0.0', assets: { 'tally.tar.gz': 'bytes' } });
    repository.deliveries.image({ tags: ['v1.0.0', 'latest'] });
    store.watch('status');
    await advance(0);
    const { delivery: unasked } = store.snapshot;
    assert.equal(unasked.environments, null);
    store.watch('delivery');
    await advance(0);
    const { environments, deployments, releases, images } = store.snapshot.delivery;
    assert.deepEqual(
      environments?.map(({ name, reviewers }) => [name, reviewers]),
      [['production', ['maria']]],
    );
    assert.deepEqual(
      deployments?.map(({ ref, state }) => [ref, state]),
      [['v1.0.0', 'success']],
    );
    assert.deepEqual(
      releases?.map(({ tag, assets }) => [tag, assets.map(({ name }) => name)]),
      [['v1.0.0', ['tally.tar.gz']]],
    );
    assert.deepEqual(
      images?.map(({ tags }) => [...tags].sort()),
      [['latest', 'v1.0.0']],
    );
    test.github.forgetRequests();
    await store.refresh();
    assert.equal(test.github.cost, 0);
    dispose();
  });

  it('says which permission images need, and shows the rest', async () => {
    const { repository, store, advance, dispose } = ready();
    repository.deliveries.image({ tags: ['latest'] });
    store.watch('delivery');
    await advance(0);
    assert.equal(store.snapshot.delivery.images, null);
    const missing = () => store.connection.problems?.get('images');
    assert.deepEqual(missing(), { kind: 'missing-scope', scopes: ['read:packages'] });
    await advance(15_000);
    assert.deepEqual(missing(), { kind: 'missing-scope', scopes: ['read:packages'] }, 'until it is asked for again');
    assert.equal(store.connection.problem, null);
    assert.deepEqual(store.snapshot.delivery.releases, []);
    dispose();
  });

  it('honours another sign-in at once, and shows it nothing that it may not see', async () => {
    const { repository, store, advance, token, dispose } = ready();
    const problem = () => store.connection.problem?.kind;
    push(repository);
    test.github.finish();
    store.watch('status');
    await advance(0);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    token.value = test.github.token({ user: 'stranger' });
    store.wake('session');
    await advance(0);
    assert.equal(problem(), 'not-found');
    assert.deepEqual(store.snapshot.runs, []);
    assert.equal(store.snapshot.current, null);
    token.value = null;
    store.wake('session');
    await advance(0);
    assert.equal(problem(), 'signed-out');
    token.value = test.github.token();
    store.wake('session');
    await advance(0);
    assert.equal(problem(), undefined);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    dispose();
  });

  it('shows nothing to a new sign-in that came in the middle of a round', async () => {
    const { repository, store, advance, token, dispose } = ready();
    push(repository);
    test.github.finish();
    store.watch('status');
    await advance(0);
    const going = store.refresh();
    token.value = test.github.token({ user: 'stranger' });
    store.wake('session');
    await going;
    await store.refresh();
    assert.equal(store.connection.problem?.kind, 'not-found');
    assert.equal(store.snapshot.current, null);
    dispose();
  });

  it('is not disturbed by those who show it', async () => {
    const { repository, store, advance, logged, dispose } = ready();
    push(repository);
    test.github.finish();
    let told = 0;
    store.onDidChange(() => {
      throw new Error('a fault in a view');
    });
    store.onDidChange(() => {
      told += 1;
    });
    store.watch('status');
    await advance(0);
    assert.equal(store.connection.problem, null);
    assert.ok(told > 0);
    assert.ok(logged.some((line) => line.includes('a fault in a view')));
    dispose();
  });

  it('says when a sign-in was revoked', async () => {
    const { repository, store, advance, token, dispose } = ready();
    push(repository);
    test.github.finish();
    store.watch('status');
    await advance(0);
    test.github.revoke(token.value ?? '');
    await store.refresh();
    assert.equal(store.connection.problem?.kind, 'unauthorized');
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed', 'what was known stays, with its age');
    dispose();
  });
});

describe('the store at a stand-in for Enterprise Server', () => {
  const test = standIn({ profile: 'ghes-3.19' });

  it('finds the run that it started by what the run is called', async () => {
    const repository = pipeline(test.github);
    repository.workflow('named.yml', {
      dispatch: { request: { type: 'string' } },
      runName: ({ request }) => `Roll back (${request ?? ''})`,
    });
    const { store, advance, github, dispose } = connect(test.github, headOf(repository));
    assert.equal(github.enterprise, true);
    store.watch('status');
    await advance(0);
    const workflow = store.snapshot.workflows?.find(byPath('named.yml'));
    assert.ok(workflow);
    const since = test.github.now;
    assert.equal(await store.dispatch(workflow, 'main', { request: 'other' }), null);
    assert.equal(await store.findDispatched(workflow, 'f00ba4', since), null);
    assert.equal(await store.dispatch(workflow, 'main', { request: 'f00ba4' }), null);
    const found = await store.findDispatched(workflow, 'f00ba4', since);
    assert.equal(found?.title, 'Roll back (f00ba4)');
    dispose();
  }).timeout(60_000);

  it('shows the same as github.com, without limits of requests', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, github, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    store.watch('delivery');
    await advance(0);
    assert.equal(store.connection.problem, null);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    assert.equal(github.limit(), null);
    dispose();
  });
});
