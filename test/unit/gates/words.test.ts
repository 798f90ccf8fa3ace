import assert from 'node:assert/strict';
import type { Gate } from '../../../src/core/gates/gate.js';
import { gateWords, measureWords } from '../../../src/core/gates/words.js';

const gate = (more: Partial<Gate>): Gate => ({
  id: 'coverage',
  title: 'Coverage',
  state: 'passed',
  value: null,
  threshold: null,
  unit: null,
  reason: null,
  required: null,
  source: 'report',
  sha: 'abcdef1234',
  was: null,
  runId: 1,
  jobIds: [],
  url: null,
  at: null,
  ...more,
});

describe('what a row says of a gate', () => {
  it('is what was measured, against what it needs', () => {
    const coverage = { value: 79.96, threshold: 80, unit: '%' };
    assert.equal(gateWords(gate({ state: 'failed', ...coverage })), '79.9 %, needs 80 %');
    assert.equal(gateWords(gate({ state: 'passed', ...coverage, value: 81.9 })), '81.9 %, needs 80 %');
    assert.equal(measureWords({ value: 2, threshold: null, unit: 'errors' }), '2 errors');
    assert.equal(measureWords({ value: 1, threshold: null, unit: 'errors' }), '1 error');
    assert.equal(measureWords({ value: 1, threshold: null, unit: 'vulnerabilities' }), '1 vulnerability');
    assert.equal(measureWords({ value: 0.3, threshold: null, unit: null }), '0.3');
  });

  it('is why it is so', () => {
    assert.equal(gateWords(gate({ state: 'skipped', reason: 'No Dockerfile.' })), 'skipped: No Dockerfile.');
    assert.equal(gateWords(gate({ state: 'stale', was: 'failed', reason: '…' })), 'failed at abcdef1');
    assert.equal(gateWords(gate({ state: 'running' })), 'running');
    assert.equal(gateWords(gate({})), '');
  });
});
