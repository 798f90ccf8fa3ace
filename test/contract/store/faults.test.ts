import assert from 'node:assert/strict';
import type { Fault } from '../../github/github.js';
import type { RepositoryState } from '../../github/state/repository.js';
import { standIn } from '../github/stand-in.js';
import { connect, headOf, pipeline, push, type Setting } from './setting.js';
import { assertNothingMadeUp, gatesShown } from './truth.js';

/** What can go wrong, and what must be said of it. */
const faults: readonly [string, Fault, string][] = [
  ['the limit of the hour', { kind: 'primary-limit' }, 'rate-limited'],
  ['the limit of the hour, as 429', { kind: 'primary-limit', status: 429 }, 'rate-limited'],
  ['a secondary limit', { kind: 'secondary-limit', retryAfter: 30 }, 'rate-limited'],
  ['a secondary limit that names no time', { kind: 'secondary-limit' }, 'rate-limited'],
  ['a server error', { kind: 'server-error', status: 500 }, 'server'],
  ['a bad gateway', { kind: 'server-error', status: 502 }, 'server'],
  ['a request that took GitHub too long', { kind: 'timeout', wait: '5ms' }, 'server'],
  ['a connection that is reset', { kind: 'reset' }, 'offline'],
  ['an answer that is cut', { kind: 'truncated' }, 'offline'],
  ['an answer that is no JSON', { kind: 'invalid-json' }, 'unexpected'],
  ['304 for everything', { kind: 'not-modified' }, 'unexpected'],
  ['single sign-on', { kind: 'sso' }, 'saml'],
  ['an end of the sign-in', { kind: 'status', status: 401, message: 'Bad credentials' }, 'unauthorized'],
  ['a refusal', { kind: 'status', status: 403, message: 'Resource not accessible' }, 'forbidden'],
  ['a repository that is gone', { kind: 'status', status: 404, message: 'Not Found' }, 'not-found'],
];

describe('the store at the stand-in: when something goes wrong', () => {
  const test = standIn();

  /** Situations in which it can go wrong: what was there, and what happens meanwhile. */
  const situations: readonly [string, (repository: RepositoryState, setting: Setting) => Promise<void>][] = [
    ['before the first answer', () => Promise.resolve()],
    [
      'while nothing runs',
      async (_, { advance }) => {
        test.github.finish();
        await advance(0);
      },
    ],
    [
      'while a run goes on',
      async (_, { advance }) => {
        test.github.advance('20s');
        await advance(0);
      },
    ],
    [
      'while a finished run is run again',
      async (repository, { advance, store }) => {
        test.github.finish();
        await advance(0);
        const run = store.snapshot.runs.find(({ path }) => path.endsWith('test.yml'));
        assert.ok(run);
        await store.rerun(run, 'all');
        assert.equal(repository.runs.find(run.id)?.attempts.length, 2);
        await advance(0);
      },
    ],
  ];

  for (const [situation, prepare] of situations) {
    for (const [what, fault, expected] of faults) {
      it(`keeps what it knows and recovers from ${what} ${situation}`, async () => {
        const repository = pipeline(test.github);
        push(repository);
        const setting = connect(test.github, headOf(repository));
        const { store, advance, dispose } = setting;
        store.watch('status');
        await prepare(repository, setting);
        const before = store.snapshot;

        test.github.fault('*', fault, 1000);
        test.github.advance('10s');
        await store.refresh();
        assertNothingMadeUp(store.snapshot, repository);
        const { problem } = store.connection;
        // An unchanged answer has no body that could be wrong.
        if (problem === null) assert.ok(['not-modified', 'truncated', 'invalid-json'].includes(fault.kind));
        else {
          assert.equal(problem.kind, expected);
          assert.equal(store.snapshot.updatedAt, before.updatedAt);
          assert.deepEqual(gatesShown(store.snapshot), gatesShown(before));
          assert.equal(store.snapshot.runs.length, before.runs.length);
        }
        assert.notEqual(store.connection.nextAt, null);

        // Whatever happens meanwhile, nothing is made up.
        test.github.advance('30s');
        await store.refresh();
        assertNothingMadeUp(store.snapshot, repository);

        test.github.clearFaults();
        test.github.finish();
        for (let minute = 0; minute < 65 && store.connection.problem; minute += 1) await advance(60_000);
        assert.equal(store.connection.problem, null);
        await store.refresh();
        assertNothingMadeUp(store.snapshot, repository);
        assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
        dispose();
      });
    }
  }

  it('keeps what it knows while there is no network, and comes back by itself', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    const known = gatesShown(store.snapshot);
    const { updatedAt } = store.snapshot;
    await test.github.offline();
    await advance(10 * 60_000);
    assert.equal(store.connection.problem?.kind, 'offline');
    assert.deepEqual(gatesShown(store.snapshot), known);
    assert.equal(store.snapshot.updatedAt, updatedAt);
    await test.github.online();
    await advance(11 * 60_000);
    assert.equal(store.connection.problem, null);
    assert.equal(store.snapshot.updatedAt !== updatedAt, true);
    dispose();
  });

  it('shows no verdict of an attempt that is run again', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    const run = store.snapshot.runs.find(({ path }) => path.endsWith('test.yml'));
    assert.ok(run);
    await store.rerun(run, 'all');
    test.github.advance('20s');
    // The runs are told, and what is in them is not.
    test.github.fault('actions/list-jobs-for-workflow-run', { kind: 'server-error' }, 100);
    await store.refresh();
    assert.equal(store.snapshot.current?.runs.find(({ id }) => id === run.id)?.attempt, 2);
    assert.notEqual(gatesShown(store.snapshot)['clippy'], 'passed');
    assert.equal(store.connection.problem?.kind, 'server');
    dispose();
  });

  it('shows a run that was started although lists do not have it yet', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    const workflow = store.snapshot.workflows?.find(({ path }) => path.endsWith('benchmarks.yml'));
    assert.ok(workflow);
    test.github.fault('actions/list-workflow-runs-for-repo', { kind: 'stale-list' }, 3);
    const id = await store.dispatch(workflow, 'main', {});
    assert.ok(id);
    await store.refresh();
    const newest = () => store.snapshot.runs[0];
    assert.equal(newest()?.id, id);
    test.github.finish();
    await store.refresh();
    assert.equal(newest()?.conclusion, 'success', 'the list is behind what the run itself said');
    test.github.clearFaults();
    await store.refresh();
    assert.equal(store.snapshot.runs.filter((run) => run.id === id).length, 1);
    dispose();
  });
});
