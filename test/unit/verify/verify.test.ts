import assert from 'node:assert/strict';
import type { CommitFacts } from '../../../src/core/actions/snapshot.js';
import type { ReportedGate } from '../../../src/core/gates/report.js';
import { gatesReported } from '../../../src/core/verify/gates-reported.js';
import { leadingPackages, rehearse } from '../../../src/core/verify/rehearsal.js';
import { overall } from '../../../src/core/verify/result.js';
import type { Result } from '../../../src/core/verify/result.js';
import { built, run, sha } from '../rollback/facts.js';

const step = (result: Result) => ({ id: result, title: result, result, lines: [] });

describe('the verification as a whole', () => {
  it('is as good as its worst step, and never good when nothing was looked at', () => {
    assert.equal(overall([]), 'skipped');
    assert.equal(overall([step('skipped')]), 'skipped');
    assert.equal(overall([step('ok'), step('skipped')]), 'ok');
    assert.equal(overall([step('ok'), step('attention')]), 'attention');
    assert.equal(overall([step('attention'), step('unknown')]), 'unknown');
    assert.equal(overall([step('unknown'), step('wrong'), step('ok')]), 'wrong');
  });
});

describe('whether gates were reported', () => {
  const path = '.github/workflows/test.yml';
  const gate = (id: string, state: ReportedGate['state'], reason: string | null = null): ReportedGate => ({
    id,
    state,
    value: null,
    threshold: null,
    unit: null,
    reason,
  });

  function commit(status: 'queued' | 'completed', gates: ReportedGate[] | null): CommitFacts {
    const { report } = built('a', '1.0.0', 0, []);
    const reports = gates === null ? [] : [[7, { runId: 7, attempt: 1, report: { ...report, gates } }] as const];
    return {
      branch: 'main',
      sha: sha('a'),
      runs: [run(7, { path, status, conclusion: status === 'completed' ? 'success' : null })],
      jobs: new Map(),
      pending: new Map(),
      reports: new Map(reports),
      unreadable: new Map(),
      checks: null,
    };
  }

  it('is not known without a run that has ended', () => {
    assert.deepEqual(
      [null, commit('queued', null)].map((facts) =>
        gatesReported(facts, [path]).map(({ result, why }) => [result, why]),
      ),
      [[['unknown', 'noRun']], [['unknown', 'notEnded']]],
    );
    assert.equal(gatesReported(commit('completed', null), ['.github/workflows/security.yml'])[0]?.why, 'noRun');
  });

  it('is wrong for a run without a report, whatever its conclusion', () => {
    assert.deepEqual(
      gatesReported(commit('completed', null), [path]).map(({ result, why }) => [result, why]),
      [['wrong', 'noReport']],
    );
  });

  it('tells what passed, failed, and checked nothing', () => {
    const [found] = gatesReported(
      commit('completed', [gate('fmt', 'pass'), gate('msrv', 'skipped', 'No rust-version is set.')]),
      [path],
    );
    assert.deepEqual(found?.passed, ['fmt']);
    assert.deepEqual(found.skipped, [{ id: 'msrv', reason: 'No rust-version is set.' }]);
    assert.equal(found.result, 'ok');
    const of = (...gates: ReportedGate[]) => gatesReported(commit('completed', gates), [path])[0]?.result;
    assert.equal(of(gate('fmt', 'pass'), gate('test', 'fail')), 'wrong');
    assert.equal(of(gate('fmt', 'cancelled')), 'wrong');
    assert.equal(of(gate('fmt', 'skipped')), 'attention');
    assert.equal(of(), 'attention');
  });
});

describe('the rehearsal of a release', () => {
  it('says what each push would do', () => {
    assert.deepEqual(rehearse([{ version: '1.3.0' }, { version: '1.3.0' }], ['v1.2.0']), [
      { ref: 'release-1.3.0', environment: 'staging', prerelease: true, tag: 'v1.3.0-rc.N', problem: null },
      { ref: 'v1.3.0', environment: 'production', prerelease: false, tag: 'v1.3.0', problem: null },
    ]);
  });

  it('takes its version from the packages that release.sh takes it from', () => {
    const one = (folder: string, name = folder, binaries: string[] = []) => ({ folder, name, binaries });
    const names = (...roots: { folder: string; packages: ReturnType<typeof one>[] }[]) =>
      leadingPackages(roots).map(({ name }) => name);
    const [app, core, xtask] = [one('app', 'app', ['app']), one('core'), one('xtask', 'xtask', ['xtask'])];
    assert.deepEqual(names({ folder: '.', packages: [one('.', 'root'), app, core] }), ['root']);
    assert.deepEqual(names({ folder: '.', packages: [app, core, xtask] }), ['app']);
    assert.deepEqual(names({ folder: '.', packages: [core, xtask] }), ['core', 'xtask']);
    // What lies at one root leads in all.
    assert.deepEqual(names({ folder: 'a', packages: [one('a')] }, { folder: 'b', packages: [app] }), ['a']);
    assert.deepEqual(names(), []);
  });

  it('says what would stop it', () => {
    const problems = (versions: readonly string[], tags: readonly string[] = []) =>
      rehearse(
        versions.map((version) => ({ version })),
        tags,
      ).map(({ problem }) => problem?.kind ?? null);
    assert.deepEqual(problems([]), ['noVersion', 'noVersion']);
    assert.deepEqual(problems(['1.0.0', '2.0.0']), ['severalVersions', null]);
    assert.deepEqual(problems(['1.3.0'], ['v1.3.0']), [null, 'tagExists']);
    assert.deepEqual(problems(['1.3.0-beta.1']), [null, 'prereleaseVersion']);
  });
});
