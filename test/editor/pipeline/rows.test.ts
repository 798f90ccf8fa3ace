import assert from 'node:assert/strict';
import { ThemeIcon } from 'vscode';
import type { Job } from '../../../src/core/actions/run.js';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import { gatesRow } from '../../../src/editor/pipeline/rows/gates.js';
import { noticeRow } from '../../../src/editor/pipeline/rows/notice.js';
import { runRow } from '../../../src/editor/pipeline/rows/runs.js';
import { workflowsRow } from '../../../src/editor/pipeline/rows/workflows.js';
import { Details } from '../../../src/editor/tree/details.js';
import type { Row } from '../../../src/editor/tree/row.js';
import { facts, job, report, reported, run, snapshot, workflow } from '../../unit/gates/facts.js';
import { fakeRepository } from './fake-repository.js';

const now = 1_000_000;
const below = (row: Row | undefined): readonly Row[] => {
  const { children } = row ?? {};
  assert.ok(children && !('load' in children), 'it has rows below it');
  return children;
};
const load = (row: Row): Promise<readonly Row[]> => {
  const { children } = row;
  assert.ok(children && 'load' in children, 'its rows are asked for');
  return children.load(new AbortController().signal);
};

const test = run('test.yml', 'failure');
const legs = [job(test, 'test (linux)'), job(test, 'test (windows)')];
const jobs: readonly Job[] = [job(test, 'fmt'), job(test, 'coverage', 'failure'), ...legs];
const gates = [
  reported('fmt', 'pass'),
  reported('test', 'pass'),
  reported('coverage', 'fail', { value: 78.39, threshold: 80, unit: '%' }),
  reported('msrv', 'skipped', { reason: 'No rust-version is set.' }),
];
const current = facts({ runs: [test], jobs, reports: [report(test, gates)] });
const repository = fakeRepository(snapshot({ current, runs: [test], workflows: [workflow('test.yml')] }));
const { snapshot: known } = repository.store;

describe('rows of gates', () => {
  const row = gatesRow(repository, verdictOf(known), new Details(), now);

  it('have the failing ones first, with number and threshold, never better than it is', () => {
    const [first] = below(row);
    assert.deepEqual(
      [first?.id, first?.label, first?.description],
      ['gates/coverage', 'Coverage', '78.3 %, needs 80 %'],
    );
    assert.equal(first?.accessible, 'Coverage: failed, 78.3 %, needs 80 %');
  });

  it('say why one was skipped, and never that it passed', () => {
    const skipped = below(row).find(({ id }) => id === 'gates/msrv');
    assert.equal(skipped?.description, 'skipped: no rust-version is set');
    assert.notEqual(skipped.icon?.id, 'pass');
  });

  it('name the legs of a matrix, and have the jobs below', () => {
    const tests = below(row).find(({ id }) => id === 'gates/test');
    assert.equal(tests?.description, 'linux, windows');
    assert.deepEqual(
      below(tests).map(({ label }) => label),
      ['test (linux)', 'test (windows)'],
    );
  });

  it('take rows from other features, above the jobs', () => {
    const details = new Details();
    details.provide({ gate: (_, { id }) => (id === 'coverage' ? [{ id: 'gates/coverage/x', label: 'x' }] : []) });
    const [coverage] = below(gatesRow(repository, verdictOf(known), details, now));
    assert.equal(below(coverage)[0]?.id, 'gates/coverage/x');
  });

  it('have ids of their own, also where a job shows twice', () => {
    const workflows = workflowsRow(repository, new Map(), now);
    const ids: string[] = [];
    const collect = (rows: readonly Row[]): void => {
      for (const one of rows) {
        ids.push(one.id);
        if (one.children && !('load' in one.children)) collect(one.children);
      }
    };
    assert.ok(workflows);
    collect([row, workflows]);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('rows of runs', () => {
  it('have jobs below a first attempt, and attempts below a later one', async () => {
    const asked: number[] = [];
    const store = {
      jobs: (_: unknown, attempt: number) => {
        asked.push(attempt);
        return Promise.resolve(jobs);
      },
    };
    const once = runRow(fakeRepository(known, {}, store), test, now);
    assert.deepEqual(
      (await load(once)).map(({ label }) => label),
      [...jobs.map(({ name }) => name), 'Artifacts'],
    );
    const again = runRow(fakeRepository(known, {}, store), { ...test, attempt: 2 }, now);
    const attempts = await load(again);
    assert.deepEqual(
      attempts.map(({ label, expanded }) => [label, expanded ?? false]),
      [
        ['Attempt 2', true],
        ['Attempt 1', false],
        ['Artifacts', false],
      ],
    );
    const [, first] = attempts;
    assert.ok(first);
    await load(first);
    assert.deepEqual(asked, [1, 1]);
  });

  it('are renewed while a run goes on, and rest when it has ended', () => {
    const version = (state: 'in_progress' | 'success', updatedAt: number) => {
      const one = run('test.yml', state, { id: 1 });
      const { children } = runRow(fakeRepository(snapshot({ updatedAt })), one, now);
      return children && 'load' in children ? children.version : undefined;
    };
    assert.notEqual(version('in_progress', 1), version('in_progress', 2));
    assert.equal(version('success', 1), version('success', 2));
  });

  it('can be approved only by who may', () => {
    const waiting = run('release.yml', 'waiting', { id: 9 });
    const tokens = (canApprove: boolean) => {
      const pending = { environmentId: 1, environment: 'production', canApprove, reviewers: [], waitTimer: 0 };
      const commit = { ...facts({ runs: [waiting] }), pending: new Map([[9, [pending]]]) };
      return runRow(fakeRepository(snapshot({ current: commit })), waiting, now).tokens;
    };
    assert.ok(tokens(true)?.includes('approvable'));
    assert.ok(!tokens(false)?.includes('approvable'));
  });
});

describe('the notice on top', () => {
  it('is not there when all is well', () => {
    assert.equal(noticeRow(repository, now), undefined);
  });

  it('says what signed out costs', () => {
    const notice = noticeRow(fakeRepository(known, { signedIn: false }), now);
    assert.equal(notice?.command?.command, 'rustCi.signIn');
    assert.match(notice.accessible ?? '', /60/);
  });

  it('says what is wrong and how old the rest is', () => {
    const problem = { kind: 'offline', message: 'ECONNREFUSED' } as const;
    const notice = noticeRow(fakeRepository({ ...known, updatedAt: now - 12 * 60_000 }, { problem }), now);
    assert.deepEqual([notice?.label, notice?.description], ['Offline', 'as of 12 min ago']);
    assert.equal(notice?.command?.command, 'rustCi.refresh');
    assert.ok(notice.icon instanceof ThemeIcon);
  });
});
