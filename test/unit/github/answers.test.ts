import assert from 'node:assert/strict';
import { listCheckRuns, listProtectedChecks, listRequiredChecks } from '../../../src/github/api/checks.js';
import {
  listDeployments,
  listDeploymentStatuses,
  listEnvironments,
  listReleases,
} from '../../../src/github/api/delivery.js';
import { listAnnotations, listJobs } from '../../../src/github/api/jobs.js';
import { listPending, listRuns } from '../../../src/github/api/runs.js';
import { listWorkflows } from '../../../src/github/api/workflows.js';
import type { GitHub } from '../../../src/github/client.js';
import { answering, json } from './fake-fetch.js';

const here = { owner: 'octo', repo: 'tally' };
const at = '2026-11-20T09:00:00Z';
const time = Date.UTC(2026, 10, 20, 9);
const run = {
  id: 1,
  workflow_id: 2,
  head_sha: 'abc',
  created_at: at,
  updated_at: at,
  status: 'completed',
  conclusion: 'success',
};

const asked = async <T>(answer: unknown, ask: (github: GitHub) => Promise<T>): Promise<T> =>
  ask(answering([json(answer)]).github);
const runsOf = (...runs: readonly object[]) =>
  asked({ total_count: runs.length, workflow_runs: runs }, (github) => listRuns(github, here, { branch: 'main' }));

describe('answers of GitHub', () => {
  it('are understood although keys are missing that older servers lack', async () => {
    const [only] = await runsOf(run);
    assert.deepEqual(only, {
      id: 1,
      workflowId: 2,
      path: '',
      name: '',
      title: '',
      number: 0,
      attempt: 1,
      event: '',
      branch: null,
      sha: 'abc',
      status: 'completed',
      conclusion: 'success',
      actor: null,
      createdAt: time,
      startedAt: time,
      updatedAt: time,
      url: '',
    });
  });

  it('may name states that nobody knew, which are never good ones', async () => {
    const runs = await runsOf(
      { ...run, status: 'levitating' },
      { ...run, conclusion: 'splendid' },
      { ...run, conclusion: null },
    );
    assert.deepEqual(
      runs.map(({ status, conclusion }) => [status, conclusion]),
      [
        ['unknown', null],
        ['completed', 'unknown'],
        ['completed', 'unknown'],
      ],
    );
  });

  it('have no conclusion before the end, whatever they say', async () => {
    const [only] = await runsOf({ ...run, status: 'in_progress', conclusion: 'success' });
    assert.deepEqual([only?.status, only?.conclusion], ['in_progress', null]);
  });

  it('are refused without what is needed', async () => {
    await assert.rejects(runsOf({ ...run, head_sha: undefined }), /workflow_runs\.0\.head_sha/);
    await assert.rejects(runsOf({ ...run, created_at: 'yesterday' }), /not a time/);
    await assert.rejects(
      asked([], (github) => listWorkflows(github, here)),
      /can't be understood/,
    );
  });

  it('name the path of a workflow without the reference', async () => {
    const [only] = await runsOf({ ...run, path: '.github/workflows/test.yml@refs/heads/main', name: null });
    assert.deepEqual([only?.path, only?.name], ['.github/workflows/test.yml', '.github/workflows/test.yml']);
  });

  it('say which workflows are switched off, and leave out those that are gone', async () => {
    const workflow = (id: number, state: string) => ({ id, name: `w${id}`, path: `w${id}.yml`, state, html_url: '' });
    const workflows = await asked(
      { workflows: [workflow(1, 'active'), workflow(2, 'disabled_inactivity'), workflow(3, 'deleted')] },
      (github) => listWorkflows(github, here),
    );
    assert.deepEqual(
      workflows.map(({ id, enabled }) => [id, enabled]),
      [
        [1, true],
        [2, false],
      ],
    );
  });

  it('have no start of a job that still waits', async () => {
    const job = { id: 5, run_id: 1, name: 'test (ubuntu)', status: 'queued', conclusion: null, started_at: at };
    const jobs = await asked(
      {
        jobs: [job, { ...job, status: 'in_progress', check_run_url: 'https://api.github.com/repos/o/r/check-runs/77' }],
      },
      (github) => listJobs(github, here, 1),
    );
    assert.deepEqual(
      jobs.map(({ startedAt, checkRunId, steps }) => [startedAt, checkRunId, steps]),
      [
        [null, null, []],
        [time, 77, []],
      ],
    );
  });

  it('say who may let a run go on: people and teams', async () => {
    const [pending] = await asked(
      [
        {
          environment: { id: 9, name: 'production' },
          wait_timer: 30,
          current_user_can_approve: true,
          reviewers: [
            { type: 'User', reviewer: { login: 'maria' } },
            { type: 'Team', reviewer: { name: 'Releasers', slug: 'releasers' } },
            { type: 'User', reviewer: null },
          ],
        },
      ],
      (github) => listPending(github, here, 1),
    );
    assert.deepEqual(pending, {
      environmentId: 9,
      environment: 'production',
      canApprove: true,
      reviewers: ['maria', 'Releasers'],
      waitTimer: 30,
    });
  });

  it('put annotations on lines from 1', async () => {
    const annotations = await asked(
      [
        { path: 'a.rs', start_line: 0, end_line: 0, annotation_level: 'warning', message: 'x', title: '' },
        {
          path: 'b.rs',
          start_line: 4,
          end_line: 2,
          start_column: 3,
          annotation_level: 'odd',
          message: 'y',
          title: 'T',
        },
      ],
      (github) => listAnnotations(github, here, 1),
    );
    assert.deepEqual(annotations, [
      { path: 'a.rs', line: 1, endLine: 1, column: null, endColumn: null, level: 'warning', title: null, message: 'x' },
      { path: 'b.rs', line: 4, endLine: 4, column: 3, endColumn: null, level: 'notice', title: 'T', message: 'y' },
    ]);
  });

  it('tell checks of apps, with the first line of what they say', async () => {
    const [check] = await asked(
      {
        check_runs: [
          {
            id: 3,
            name: 'codecov/project',
            status: 'completed',
            conclusion: 'failure',
            app: { slug: 'codecov' },
            output: { title: null, summary: '\n78.3% (-2%)\nmore' },
            html_url: 'https://github.com/x',
            completed_at: at,
          },
        ],
      },
      (github) => listCheckRuns(github, here, 'abc'),
    );
    assert.deepEqual(check, {
      id: 3,
      name: 'codecov/project',
      app: 'codecov',
      status: 'completed',
      conclusion: 'failure',
      summary: '78.3% (-2%)',
      url: 'https://github.com/x',
      completedAt: time,
    });
  });

  it('name required checks in rules among rules of other kinds, and in classic protection', async () => {
    const rules = await asked(
      [
        { type: 'deletion' },
        { type: 'something_new', parameters: { required_status_checks: 'no list' } },
        {
          type: 'required_status_checks',
          parameters: {
            required_status_checks: [{ context: 'test-gate', integration_id: 15368 }, { context: 'other' }],
          },
        },
      ],
      (github) => listRequiredChecks(github, here, 'main'),
    );
    assert.deepEqual(rules, [
      { name: 'test-gate', appId: 15368 },
      { name: 'other', appId: null },
    ]);
    const protection = await asked(
      { protection: { required_status_checks: { contexts: ['a', 'b'], checks: [{ context: 'a', app_id: 1 }] } } },
      (github) => listProtectedChecks(github, here, 'main'),
    );
    assert.deepEqual(protection, [
      { name: 'a', appId: 1 },
      { name: 'b', appId: null },
    ]);
    assert.deepEqual(await asked({ name: 'main' }, (github) => listProtectedChecks(github, here, 'main')), []);
  });

  it('tell deliveries', async () => {
    const environments = await asked(
      {
        environments: [
          {
            id: 1,
            name: 'production',
            protection_rules: [
              { type: 'wait_timer', wait_timer: 10 },
              { type: 'required_reviewers', reviewers: [{ type: 'User', reviewer: { login: 'omar' } }] },
              { type: 'branch_policy' },
            ],
          },
          { id: 2, name: 'staging' },
        ],
      },
      (github) => listEnvironments(github, here),
    );
    assert.deepEqual(
      environments.map(({ name, waitTimer, reviewers }) => [name, waitTimer, reviewers]),
      [
        ['production', 10, ['omar']],
        ['staging', 0, []],
      ],
    );
    const [deployment] = await asked(
      [{ id: 4, environment: 'staging', sha: 'abc', ref: 'v1', creator: null, created_at: at }],
      (github) => listDeployments(github, here),
    );
    assert.deepEqual(deployment, {
      id: 4,
      environment: 'staging',
      sha: 'abc',
      ref: 'v1',
      creator: null,
      createdAt: time,
    });
    const statuses = await asked(
      [
        {
          state: 'success',
          created_at: at,
          environment_url: '',
          log_url: 'https://github.com/o/r/actions/runs/88/job/9',
        },
        { state: 'ascended', created_at: at },
      ],
      (github) => listDeploymentStatuses(github, here, 4),
    );
    assert.deepEqual(statuses, [
      { state: 'success', at: time, runId: 88, url: null },
      { state: 'unknown', at: time, runId: null, url: null },
    ]);
    const [release] = await asked(
      [{ id: 6, tag_name: 'v1', name: '', body: null, draft: true, created_at: at, published_at: null }],
      (github) => listReleases(github, here),
    );
    assert.deepEqual([release?.name, release?.notes, release?.publishedAt, release?.assets], ['v1', '', null, []]);
  });
});
