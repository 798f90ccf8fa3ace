import assert from 'node:assert/strict';
import { parseReport, type Report } from '../../../src/core/gates/report.js';

const report: Report = {
  schema: 1,
  workflow: 'test',
  repository: 'owner/name',
  commit: '0123456789abcdef0123456789abcdef01234567',
  ref: 'refs/heads/main',
  event: 'push',
  run: { id: 11, number: 2, attempt: 1 },
  created: '2026-08-22T10:00:00Z',
  gates: [
    { id: 'fmt', state: 'pass', value: null, threshold: null, unit: null, reason: null },
    { id: 'coverage', state: 'fail', value: 78.3, threshold: 80, unit: '%', reason: null },
    { id: 'msrv', state: 'skipped', value: null, threshold: null, unit: null, reason: 'No package sets rust-version.' },
  ],
  coverage: { covered: 783, coverable: 1000, crates: [{ name: 'a', root: '.', covered: 783, coverable: 1000 }] },
};

function parse(changes: object): Report {
  return parseReport(JSON.stringify({ ...report, ...changes }));
}

describe('report', () => {
  it('is read as it was written, with keys of later versions', () => {
    assert.deepEqual(parse({}), report);
    assert.deepEqual(parse({ later: 1 }), { ...report, later: 1 });
  });

  it('is refused with the key that is wrong', () => {
    assert.throws(() => parse({ commit: '' }), /rust-ci-report\.json is not a report: commit: /);
    assert.throws(() => parse({ gates: [{ ...report.gates[0], state: 'green' }] }), /gates\.0\.state: .*"green"/);
    assert.throws(() => parse({ run: { id: 1.5, number: 1, attempt: 1 } }), /run\.id: /);
    assert.throws(() => parse({ coverage: { covered: -1, coverable: 1, crates: [] } }), /coverage\.covered: /);
    assert.throws(() => parseReport('[]'), /is not a report/);
  });

  it('of a later version says what to do', () => {
    assert.throws(() => parse({ schema: 2 }), /schema version 2.*Update Rust CI Pipeline/);
  });

  it('keeps a measurement whose throughput is of a kind that is not known', () => {
    const benchmark = {
      ...{ benchmark: 'parse', root: '.', package: 'a', bench: 'b', unit: 'ns' },
      ...{ throughput: { Parsecs: 1 }, iters: [1], times: [2], estimates: { mean: { point_estimate: 2 } } },
    };
    assert.deepEqual(parse({ benchmarks: [benchmark] }).benchmarks, [{ ...benchmark, throughput: null }]);
  });
});
