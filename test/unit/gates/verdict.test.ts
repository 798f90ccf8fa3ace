import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conclusions, statuses } from '../../../src/core/actions/run.js';
import type { Gate, Verdict } from '../../../src/core/gates/gate.js';
import { patternsFrom } from '../../../src/core/gates/patterns.js';
import { standingOf } from '../../../src/core/gates/progress.js';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import { check, commits, facts, job, report, reported, run, snapshot, workflow } from './facts.js';

const gateOf = (verdict: Verdict, id: string): Gate => {
  const gate = verdict.gates.find((one) => one.id === id);
  assert.ok(gate, `no gate ${id} among ${verdict.gates.map((one) => one.id).join(', ')}`);
  return gate;
};
const states = (verdict: Verdict): Record<string, string> =>
  Object.fromEntries(verdict.gates.map(({ id, state }) => [id, state]));

describe('the verdict on a commit', () => {
  const test = run('test.yml', 'failure');
  const jobs = [
    job(test, 'detect'),
    job(test, 'fmt'),
    job(test, 'test (ubuntu-latest)'),
    job(test, 'test (macos-latest)'),
    job(test, 'coverage', 'failure'),
    job(test, 'test-gate', 'failure'),
  ];
  const reports = [
    report(test, [
      reported('fmt', 'pass'),
      reported('test', 'pass', { value: 120, unit: 'tests' }),
      reported('coverage', 'fail', { value: 78.3, threshold: 80, unit: '%' }),
      reported('msrv', 'skipped', { reason: 'No Cargo.toml states a rust-version.' }),
    ]),
  ];

  it('takes value, threshold and reason from the report, failing gates first', () => {
    const verdict = verdictOf(snapshot({ current: facts({ runs: [test], jobs, reports }) }));
    assert.deepEqual(
      verdict.gates.map(({ id, state }) => [id, state]),
      [
        ['coverage', 'failed'],
        ['msrv', 'skipped'],
        ['fmt', 'passed'],
        ['test', 'passed'],
      ],
    );
    const { value, threshold, unit, source, sha, runId } = gateOf(verdict, 'coverage');
    assert.deepEqual(
      { value, threshold, unit, source, sha, runId },
      { value: 78.3, threshold: 80, unit: '%', source: 'report', sha: commits.now, runId: test.id },
    );
    assert.deepEqual([verdict.passed, verdict.counted, verdict.state], [2, 3, 'failed']);
    assert.equal(gateOf(verdict, 'msrv').reason, 'No Cargo.toml states a rust-version.');
    assert.equal(gateOf(verdict, 'test').jobIds.length, 2);
  });

  it('goes by the jobs while the run goes on, and leaves helper jobs out', () => {
    const running = run('test.yml', 'in_progress');
    const verdict = verdictOf(
      snapshot({
        workflows: [workflow('test.yml'), workflow('security.yml')],
        current: facts({
          runs: [running],
          jobs: [
            job(running, 'detect'),
            job(running, 'fmt'),
            job(running, 'clippy', 'in_progress'),
            job(running, 'test (ubuntu-latest)'),
            job(running, 'test (windows-latest)', 'queued'),
          ],
        }),
      }),
    );
    assert.deepEqual(states(verdict), {
      audit: 'unknown',
      clippy: 'running',
      coverage: 'queued',
      test: 'queued',
      fmt: 'passed',
    });
    assert.notEqual(verdict.state, 'passed');
  });

  it('does not believe a report of another attempt or commit', () => {
    const again = { ...test, attempt: 2 };
    const old = verdictOf(snapshot({ current: facts({ runs: [again], jobs, reports }) }));
    assert.equal(gateOf(old, 'coverage').source, 'job');
    const foreign = report(test, [reported('coverage', 'pass')], { commit: commits.main });
    const other = verdictOf(snapshot({ current: facts({ runs: [test], jobs, reports: [foreign] }) }));
    assert.equal(gateOf(other, 'coverage').state, 'failed');
  });

  it('does not believe a report against its job', () => {
    const liar = report(test, [reported('coverage', 'pass')]);
    const verdict = verdictOf(snapshot({ current: facts({ runs: [test], jobs, reports: [liar] }) }));
    assert.equal(gateOf(verdict, 'coverage').state, 'failed');
    assert.match(gateOf(verdict, 'coverage').reason ?? '', /although its report/);
  });

  it('says so when it goes by the job because the report cannot be read', () => {
    const unreadable = [[test, 'the artifact has expired.']] as [typeof test, string][];
    const verdict = verdictOf(snapshot({ current: facts({ runs: [test], jobs, unreadable }) }));
    assert.equal(gateOf(verdict, 'fmt').reason, 'By its job alone: the artifact has expired.');
  });

  it('is never green for what checked nothing', () => {
    const only = report(test, [reported('fmt', 'skipped'), reported('test', 'skipped')]);
    const skipped = verdictOf(snapshot({ current: facts({ runs: [test], reports: [only] }) }));
    assert.deepEqual([skipped.state, skipped.passed, skipped.counted], ['skipped', 0, 0]);
    assert.equal(verdictOf(snapshot()).state, 'notSetUp');
    const green = run('ci.yml');
    assert.equal(verdictOf(snapshot({ current: facts({ runs: [green] }) })).state, 'unknown');
  });

  it('is stale where only an earlier commit, or the default branch, was judged', () => {
    const before = run('test.yml', 'success', { sha: commits.before });
    const weekly = run('benchmarks.yml', 'success', { sha: commits.main, event: 'schedule' });
    const verdict = verdictOf(
      snapshot({
        earlier: facts({ runs: [before], reports: [report(before, [reported('fmt', 'pass')])] }, commits.before),
        main: facts({ runs: [weekly], reports: [report(weekly, [reported('benchmarks', 'pass')])] }, commits.main),
      }),
    );
    const fmt = gateOf(verdict, 'fmt');
    assert.deepEqual([fmt.state, fmt.was, fmt.sha], ['stale', 'passed', commits.before]);
    assert.match(fmt.reason ?? '', /passed for bbbbbbb/);
    assert.equal(gateOf(verdict, 'benchmarks').state, 'stale');
    assert.deepEqual([verdict.state, verdict.passed, verdict.counted], ['stale', 0, 1]);
  });

  it('is queued, not stale, where a run that goes on will report it', () => {
    const before = run('test.yml', 'success', { sha: commits.before });
    const now = run('test.yml', 'in_progress');
    const verdict = verdictOf(
      snapshot({
        current: facts({ runs: [now], jobs: [job(now, 'detect', 'in_progress')] }),
        earlier: facts({ runs: [before], reports: [report(before, [reported('docs', 'pass')])] }, commits.before),
      }),
    );
    assert.deepEqual([gateOf(verdict, 'docs').state, gateOf(verdict, 'docs').runId], ['queued', now.id]);
  });

  it('counts a run that could not start as failed', () => {
    const broken = run('test.yml', 'startup_failure');
    const verdict = verdictOf(snapshot({ current: facts({ runs: [broken] }) }));
    assert.deepEqual([gateOf(verdict, 'workflow/test').state, verdict.state], ['failed', 'failed']);
  });

  it('believes the newest run of a workflow', () => {
    const first = run('test.yml', 'failure', { id: 1 });
    const second = run('test.yml', 'success', { id: 2, event: 'pull_request' });
    const verdict = verdictOf(
      snapshot({
        current: facts({
          runs: [first, second],
          jobs: [job(first, 'fmt', 'failure'), job(second, 'detect'), job(second, 'fmt')],
        }),
      }),
    );
    assert.equal(gateOf(verdict, 'fmt').state, 'passed');
  });

  it('lets no newer run that skipped a gate, or was no judgement, hide an older verdict on the commit', () => {
    const pushed = run('ci.yml', 'failure', { id: 1 });
    const jobs = [job(pushed, 'clippy', 'failure'), job(pushed, 'fmt')];
    const others = [
      run('ci.yml', 'success', { id: 2, event: 'pull_request' }),
      run('ci.yml', 'success', { id: 2, event: 'schedule' }),
      run('ci.yml', 'success', { id: 2, event: 'workflow_dispatch' }),
    ];
    for (const other of others) {
      const skipped = [job(other, 'clippy', 'skipped'), job(other, 'fmt', 'skipped')];
      const verdict = verdictOf(snapshot({ current: facts({ runs: [other, pushed], jobs: [...jobs, ...skipped] }) }));
      assert.deepEqual(states(verdict), { clippy: 'failed', fmt: 'passed' }, other.event);
      assert.equal(gateOf(verdict, 'clippy').runId, pushed.id, other.event);
    }
  });

  it('takes nothing of an older run for what a newer one that goes on will say', () => {
    const pushed = run('ci.yml', 'success', { id: 1 });
    const again = run('ci.yml', 'in_progress', { id: 2, event: 'pull_request' });
    const verdict = verdictOf(
      snapshot({
        current: facts({
          runs: [again, pushed],
          jobs: [job(pushed, 'clippy'), job(pushed, 'fmt'), job(again, 'fmt', 'in_progress')],
        }),
      }),
    );
    assert.deepEqual(states(verdict), { fmt: 'running' });
  });

  it('goes by the workflow that checked, where another one skipped the same gate', () => {
    const ci = run('ci.yml');
    const nightly = run('nightly.yml');
    const parts = { runs: [ci, nightly], jobs: [job(ci, 'test'), job(nightly, 'test', 'skipped')] };
    assert.deepEqual(states(verdictOf(snapshot({ current: facts(parts) }))), { test: 'passed' });
  });

  it('leaves delivery out of it', () => {
    const release = run('release.yml', 'failure');
    const uploaded = report(release, [reported('build', 'fail')]);
    assert.deepEqual(verdictOf(snapshot({ current: facts({ runs: [release], reports: [uploaded] }) })).gates, []);
    const jobs = [job(release, 'plan'), job(release, 'publish-production', 'waiting')];
    assert.deepEqual(verdictOf(snapshot({ current: facts({ runs: [release], jobs }) })).gates, []);
  });

  describe('in a repository with other workflows', () => {
    const ci = run('ci.yml', 'failure');
    const foreign = facts({
      runs: [ci, run('stale.yml', 'success', { event: 'schedule' })],
      jobs: [
        job(ci, 'Rustfmt'),
        job(ci, 'cargo clippy (stable)', 'failure'),
        job(ci, 'build (ubuntu-latest, stable)'),
        job(ci, 'build (windows-latest, stable)', 'cancelled'),
      ],
      checks: [
        check('codecov/project', 'success', { app: 'codecov', summary: '81.90% (+0.20%) compared to 1a2b3c4' }),
        check('license/cla', 'failure', { id: null, app: null }),
        check('Rustfmt', 'failure', { app: 'github-actions' }),
      ],
    });

    it('finds the gates by the names of jobs and checks', () => {
      const verdict = verdictOf(snapshot({ workflows: [workflow('ci.yml')], current: foreign }));
      assert.deepEqual(states(verdict), {
        clippy: 'failed',
        'check/license/cla': 'failed',
        'ci/build': 'unknown',
        test: 'notSetUp',
        audit: 'notSetUp',
        fmt: 'passed',
        coverage: 'passed',
      });
      assert.deepEqual([gateOf(verdict, 'coverage').value, gateOf(verdict, 'coverage').unit], [81.9, '%']);
    });

    it('obeys the patterns of the settings before its own', () => {
      const patterns = patternsFrom({ test: '^build$', cla: '^license/cla$' });
      const verdict = verdictOf(snapshot({ current: foreign }), patterns);
      assert.deepEqual([gateOf(verdict, 'test').state, gateOf(verdict, 'cla').state], ['unknown', 'failed']);
      assert.throws(() => patternsFrom({ test: '(' }), /"test" is no regular expression/);
    });

    it('hides no check that failed behind a job that passed', () => {
      const summary = '71.20% (-8.10%) compared to 1a2b3c4';
      const failing = check('codecov/project', 'failure', { app: 'codecov', summary, url: 'https://codecov.io/x' });
      const passed = run('ci.yml');
      const verdict = verdictOf(
        snapshot({
          current: facts({ runs: [passed], jobs: [job(passed, 'coverage')], checks: [check('coverage'), failing] }),
        }),
      );
      const { state, value, url, runId } = gateOf(verdict, 'coverage');
      assert.deepEqual([state, value, url, runId], ['failed', 71.2, failing.url, passed.id]);
    });

    it('shows a check that failed beside the report that says otherwise', () => {
      const failing = check('codecov/project', 'failure', { app: 'codecov', summary: '79.00% (target 90%)' });
      const uploaded = report(test, [reported('coverage', 'pass', { value: 81, threshold: 80, unit: '%' })]);
      const verdict = verdictOf(snapshot({ current: facts({ runs: [test], reports: [uploaded], checks: [failing] }) }));
      assert.deepEqual(states(verdict), { 'check/codecov/project': 'failed', coverage: 'passed' });
      assert.equal(gateOf(verdict, 'coverage').value, 81);
    });

    it('goes by the checks of GitHub Actions where its runs cannot be read', () => {
      const verdict = verdictOf(snapshot({ current: { ...foreign, runs: [] } }));
      assert.deepEqual([gateOf(verdict, 'fmt').state, gateOf(verdict, 'fmt').source], ['failed', 'check']);
    });
  });

  describe('with rules of the branch', () => {
    it('marks what the required gate job judges, and required jobs', () => {
      const required = [{ name: 'test-gate', appId: null }];
      const verdict = verdictOf(snapshot({ required, current: facts({ runs: [test], jobs, reports }) }));
      assert.equal(gateOf(verdict, 'coverage').required, true);
      const one = [{ name: 'test (macos-latest)', appId: null }];
      const other = verdictOf(snapshot({ required: one, current: facts({ runs: [test], jobs, reports }) }));
      assert.deepEqual([gateOf(other, 'test').required, gateOf(other, 'fmt').required], [true, false]);
    });

    it('shows a required check that nothing reports', () => {
      const required = [{ name: 'legal', appId: null }];
      const verdict = verdictOf(snapshot({ required, current: facts({ runs: [test], jobs, reports, checks: [] }) }));
      const legal = gateOf(verdict, 'check/legal');
      assert.deepEqual([legal.state, legal.required], ['unknown', true]);
    });
  });

  it('calls nothing passed but what GitHub calls a success', () => {
    for (const status of statuses) {
      for (const conclusion of [...conclusions, null]) {
        const passed = standingOf({ status, conclusion }).state === 'passed';
        assert.equal(passed, status === 'completed' && conclusion === 'success', `${status}, ${String(conclusion)}`);
      }
    }
  });

  it('holds for any mixture: passed as a whole only if every counted gate passed', () => {
    const anyState = fc.constantFrom(...statuses.filter((one) => one !== 'completed'), ...conclusions);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('fmt', 'clippy', 'test (a)', 'test (b)', 'x'), anyState)),
        (list) => {
          const ci = run('ci.yml', 'success');
          const verdict = verdictOf(
            snapshot({ current: facts({ runs: [ci], jobs: list.map(([n, s]) => job(ci, n, s)) }) }),
          );
          if (verdict.state === 'passed') {
            assert.ok(verdict.counted > 0 && verdict.passed === verdict.counted);
            assert.ok(list.every(([, state]) => ['success', 'skipped', 'neutral'].includes(state)));
          }
          assert.ok(verdict.passed <= verdict.counted);
        },
      ),
    );
  });
});
