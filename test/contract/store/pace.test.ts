import assert from 'node:assert/strict';
import { standIn } from '../github/stand-in.js';
import { connect, headOf, pipeline, push } from './setting.js';
import { gatesShown } from './truth.js';

const hour = 60 * 60_000;

describe('the store at the stand-in: what it costs', () => {
  const test = standIn();

  it('costs nothing while nothing happens', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(10 * 60_000);
    test.github.forgetRequests();
    await advance(hour);
    assert.ok(test.github.requests.length > 10, 'it asked');
    assert.ok(test.github.requests.length < 80, `${test.github.requests.length} requests`);
    assert.equal(test.github.cost, 0);
    dispose();
  });

  it('asks nothing while nobody looks', async () => {
    const repository = pipeline(test.github);
    push(repository);
    const { store, advance, clock, dispose } = connect(test.github, headOf(repository));
    await advance(hour);
    assert.equal(test.github.requests.length, 0);
    const end = store.watch('status');
    await advance(0);
    end();
    test.github.forgetRequests();
    await advance(hour);
    assert.equal(test.github.requests.length, 0);
    assert.equal(clock.armed, 0);
    dispose();
  });

  it('follows a run to its end, and shows what it found within half a minute', async () => {
    const repository = pipeline(test.github);
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    const [run] = push(repository);
    store.wake('push');
    await advance(30_000);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'running');
    const current = () => store.snapshot.current;
    assert.equal(
      current()
        ?.jobs.get(run?.id ?? 0)
        ?.find(({ name }) => name === 'fmt')?.status,
      'in_progress',
    );
    await advance(3 * 60_000);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    assert.equal(current()?.reports.size, 2);
    const requests = test.github.cost;
    assert.ok(requests < 120, `${requests} requests for a run of three minutes`);
    dispose();
  });

  it('asks for the reports of a commit once', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(hour);
    const downloads = test.github.requests.filter(({ operationId }) => operationId === 'actions/download-artifact');
    assert.equal(downloads.length, 2);
    dispose();
  });

  it('spares what is left when most of the hour is used up', async () => {
    const repository = pipeline(test.github);
    const token = test.github.token();
    const { store, advance, dispose } = connect(test.github, headOf(repository), { token });
    store.watch('status');
    push(repository);
    test.github.leaveRequests(token, 300);
    await advance(0);
    test.github.forgetRequests();
    await advance(20 * 60_000);
    const rounds = test.github.requests.filter(
      ({ operationId }) => operationId === 'actions/list-workflow-runs-for-repo',
    );
    assert.ok(rounds.length <= 6, `${rounds.length} rounds in 20 minutes`);
    dispose();
  });

  it('stays within the sixty requests of somebody who is not signed in', async () => {
    const repository = test.github.repository('octo', 'tally');
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', { jobs: [{ name: 'clippy', duration: '30m' }] });
    repository.run({ workflow: 'test.yml' });
    const { store, advance, dispose } = connect(test.github, headOf(repository), { token: null });
    store.watch('status');
    await advance(hour);
    assert.equal(store.connection.problem, null);
    assert.equal(store.connection.signedIn, false);
    assert.ok(test.github.cost <= 60, `${test.github.cost} requests`);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    dispose();
  });
});
