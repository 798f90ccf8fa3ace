import assert from 'node:assert/strict';
import type { EnvironmentNow } from '../../../src/core/delivery/environment.js';
import { admits, approvalOf } from '../../../src/core/rollback/approval.js';

const production: EnvironmentNow = {
  name: 'production',
  reviewers: [],
  preventSelfReview: false,
  waitTimer: 0,
  branches: 'any',
  policies: [],
};

describe('who lets a rollback in', () => {
  it('is what the environment says, and not known where GitHub does not show it', () => {
    const reviewers = [{ type: 'User' as const, id: 1, name: 'otto' }];
    assert.deepEqual(approvalOf(undefined), { kind: 'unknown' });
    assert.deepEqual(approvalOf(null), { kind: 'nobody', waitTimer: 0 });
    assert.deepEqual(approvalOf({ ...production, waitTimer: 5 }), { kind: 'nobody', waitTimer: 5 });
    assert.deepEqual(approvalOf({ ...production, reviewers, preventSelfReview: true }), {
      kind: 'people',
      names: ['otto'],
      notOneself: true,
      waitTimer: 0,
    });
  });
});

describe('whether an environment lets a branch in', () => {
  const only = (...names: string[]): EnvironmentNow => ({
    ...production,
    branches: 'custom',
    policies: [{ name: 'v*', type: 'tag' }, ...names.map((name) => ({ name, type: 'branch' as const }))],
  });

  it('follows its patterns, of branches only', () => {
    assert.equal(admits(production, 'main'), true);
    assert.equal(admits(null, 'main'), true);
    assert.equal(admits(only(), 'main'), false);
    assert.equal(admits(only('main'), 'main'), true);
    assert.equal(admits(only('ma*'), 'main'), true);
    assert.equal(admits(only('release/*'), 'main'), false);
    assert.equal(admits(only('*'), 'team/main'), false);
    assert.equal(admits(only(), 'v1'), false);
  });

  it('is not known where only GitHub knows', () => {
    assert.equal(admits(undefined, 'main'), null);
    assert.equal(admits({ ...production, branches: 'protected' }, 'main'), null);
  });
});
