import assert from 'node:assert/strict';
import { isJobOf, outlineOf } from '../../../src/core/actions/workflow-outline.js';

const text = `# A workflow
name: Test
on:
  push:
  workflow_dispatch:
env:
  jobs: none
jobs:
  # the first
  fmt:
    name: "Format" # of all
    runs-on: ubuntu-latest
  test:
    strategy:
      matrix: { os: [a, b] }
    name: Tests on \${{ matrix.os }}
    steps:
      - name: Run
        run: |
          jobs:
            fake:
  deploy:
`;

describe('the outline of a workflow file', () => {
  it('has the jobs with their lines and names', () => {
    assert.deepEqual(outlineOf(text), {
      onLine: 2,
      byHand: true,
      jobs: [
        { id: 'fmt', name: 'Format', line: 9 },
        { id: 'test', name: 'Tests on ${{ matrix.os }}', line: 12 },
        { id: 'deploy', name: null, line: 21 },
      ],
    });
  });

  it('is there while somebody is typing, and for what is no workflow', () => {
    assert.deepEqual(outlineOf('on: push\njobs:\n  a:\n    runs-on: ['), {
      onLine: 0,
      byHand: false,
      jobs: [{ id: 'a', name: null, line: 2 }],
    });
    assert.deepEqual(outlineOf(''), { onLine: 0, byHand: false, jobs: [] });
  });

  it('is run by hand in every way of writing it', () => {
    for (const on of ['on: workflow_dispatch', 'on: [push, workflow_dispatch]', '"on":\n  - workflow_dispatch']) {
      assert.equal(outlineOf(on).byHand, true, on);
    }
    assert.equal(outlineOf('on: push\njobs:\n  workflow_dispatch:\n').byHand, false);
  });
});

describe('a job that ran', () => {
  const job = (name: string | null) => ({ id: 'test', name, line: 0 });
  it('is recognised by its name or id, with its matrix', () => {
    assert.ok(isJobOf(job(null), 'test'));
    assert.ok(isJobOf(job(null), 'test (ubuntu-latest, stable)'));
    assert.ok(isJobOf(job('Tests on ${{ matrix.os }}'), 'Tests on ubuntu-latest'));
    assert.ok(isJobOf(job(null), 'test / inner'));
  });

  it('is not another one', () => {
    assert.ok(!isJobOf(job(null), 'test-gate'));
    assert.ok(!isJobOf(job('Tests'), 'test'));
    assert.ok(!isJobOf(job('a.b'), 'axb'));
  });
});
