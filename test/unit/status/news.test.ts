import assert from 'node:assert/strict';
import { NewsReader } from '../../../src/core/status/news.js';
import type { Run } from '../../../src/core/actions/run.js';
import type { Snapshot } from '../../../src/core/actions/snapshot.js';
import { commits, facts, run, snapshot } from '../gates/facts.js';

const at = (updatedAt: number | null, runs: readonly Run[], more: Partial<Snapshot> = {}): Snapshot => ({
  ...snapshot({ head: { branch: 'feature', sha: commits.now, pushedSha: commits.now } }),
  runs,
  updatedAt,
  ...more,
});

const failing = (id: number, more: Partial<Run> = {}) => run('test.yml', 'failure', { id, createdAt: id, ...more });

describe('news', () => {
  it('is not what was there at the start', () => {
    const reader = new NewsReader();
    assert.deepEqual(reader.read(at(null, [])), []);
    assert.deepEqual(reader.read(at(1, [failing(7)])), []);
    assert.deepEqual(reader.read(at(2, [failing(7)])), []);
  });

  it('is a run that fails while one looks, once', () => {
    const reader = new NewsReader();
    reader.read(at(1, []));
    reader.read(at(2, [run('test.yml', 'in_progress', { id: 8, createdAt: 8 })]));
    assert.deepEqual(
      reader.read(at(3, [failing(8)])).map(({ key }) => key),
      ['failed/8/1'],
    );
    assert.deepEqual(reader.read(at(4, [failing(8)])), []);
  });

  it('is no pull request from a branch of a fork that is called like the default branch', () => {
    const read = (defaultBranch: string, event: string) => {
      const reader = new NewsReader();
      reader.read(at(1, [], { defaultBranch }));
      return reader.read(at(2, [failing(8, { event })], { defaultBranch })).length;
    };
    assert.equal(read('feature', 'pull_request'), 0);
    assert.equal(read('feature', 'push'), 1);
    assert.equal(read('main', 'pull_request'), 1);
  });

  it('is a new run that had failed when it was seen first, but not an older one', () => {
    const reader = new NewsReader();
    reader.read(at(1, [failing(7)]));
    assert.deepEqual(
      reader.read(at(2, [failing(9), failing(7), failing(3)])).map(({ key }) => key),
      ['failed/9/1'],
    );
  });

  it('is a rerun that fails again', () => {
    const reader = new NewsReader();
    reader.read(at(1, [failing(7)]));
    assert.deepEqual(
      reader.read(at(2, [failing(7, { attempt: 2 })])).map(({ key }) => key),
      ['failed/7/2'],
    );
  });

  it('is nothing of a branch that has just been checked out', () => {
    const reader = new NewsReader();
    reader.read(at(1, []));
    const other = { head: { branch: 'other', sha: commits.main, pushedSha: null } };
    const red = failing(9, { branch: 'other' });
    assert.deepEqual(reader.read(at(1, [], other)), []);
    assert.deepEqual(reader.read(at(1, [red], other)), []);
    assert.deepEqual(reader.read(at(2, [red], other)), []);
  });

  it('is no deployment that waited already when somebody looked at deliveries', () => {
    const release = run('release.yml', 'waiting', { id: 6, branch: 'v1' });
    const pending = [{ environmentId: 1, environment: 'production', canApprove: true, reviewers: [], waitTimer: 0 }];
    const looking = (runs: readonly Run[]) => ({
      delivery: { ...snapshot().delivery, waiting: runs.map((one) => ({ run: one, pending })) },
    });
    const reader = new NewsReader();
    reader.read(at(1, []));
    assert.deepEqual(reader.read(at(2, [], looking([release]))), []);
    const next = run('release.yml', 'waiting', { id: 7, branch: 'v2' });
    assert.deepEqual(
      reader.read(at(3, [], looking([next, release]))).map(({ key }) => key),
      ['approval/7/1/1'],
    );
  });

  it('is a deployment that waits for this person, once, and not for others', () => {
    const waiting = run('release.yml', 'waiting', { id: 5 });
    const pending = (canApprove: boolean) =>
      new Map([[5, [{ environmentId: 1, environment: 'production', canApprove, reviewers: [], waitTimer: 0 }]]]);
    for (const [canApprove, expected] of [
      [true, ['approval/5/1/1']],
      [false, []],
    ] as const) {
      const reader = new NewsReader();
      reader.read(at(1, []));
      const current = { ...facts({ runs: [waiting] }), pending: pending(canApprove) };
      const first = reader.read(at(2, [waiting], { current }));
      assert.deepEqual(
        first.map(({ key }) => key),
        expected,
      );
      assert.deepEqual(reader.read(at(3, [waiting], { current })), []);
    }
  });
});
