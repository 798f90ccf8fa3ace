import assert from 'node:assert/strict';
import type { Gate, GateState, Verdict } from '../../../src/core/gates/gate.js';
import { age, amount, change, duration, gateText, size, verdictText } from '../../../src/editor/status/words.js';

const minute = 60_000;
const gate = (state: GateState, more: Partial<Gate> = {}): Gate => ({
  id: 'coverage',
  title: 'Coverage',
  state,
  value: null,
  threshold: null,
  unit: null,
  reason: null,
  required: null,
  source: null,
  sha: 'abcdef0123456789',
  was: null,
  runId: null,
  jobIds: [],
  url: null,
  at: null,
  ...more,
});

describe('words for status', () => {
  it('round time down, and say when it was long ago', () => {
    assert.deepEqual([8_400, 3.9 * minute, 65 * minute, 120 * minute, 50 * 60 * minute].map(duration), [
      '8 s',
      '3 min',
      '1 h 5 min',
      '2 h',
      '2 days',
    ]);
    assert.equal(age(0, 30_000), 'just now');
    assert.equal(age(0, 4 * minute), '4 min ago');
    assert.equal(age(0, 26 * 60 * minute), '1 day ago');
    assert.match(age(0, 90 * 24 * 60 * minute), /1970/);
  });

  it('never make a number better than it is', () => {
    assert.deepEqual(
      [amount(79.99, '%'), amount(80, '%'), amount(1, 'errors'), amount(2, 'vulnerabilities')],
      ['79.9 %', '80 %', '1 error', '2 vulnerabilities'],
    );
    assert.deepEqual([change(0.2), change(-1.25), change(0)], ['+0.2 %', '-1.3 %', '0 %']);
    assert.deepEqual([size(0), size(999), size(1_400_000)], ['0 B', '999 B', '1.4 MB']);
  });

  it('say of a gate what one wants to know', () => {
    const percent = { value: 78.3, threshold: 80, unit: '%' };
    assert.equal(gateText(gate('failed', percent), 0), '78.3 %, needs 80 %');
    assert.equal(gateText(gate('failed', { reason: 'It ran out of time.' }), 0), 'it ran out of time');
    assert.equal(gateText(gate('failed', { value: 2, threshold: 0, unit: 'errors' }), 0), '2 errors, allowed 0');
    assert.equal(gateText(gate('running', { at: 0 }), 3 * minute), 'running, 3 min');
    assert.equal(gateText(gate('skipped', { reason: 'No Dockerfile.' }), 0), 'skipped: no Dockerfile');
    assert.equal(gateText(gate('stale', { was: 'passed' }), 0), 'passed at abcdef0');
    assert.equal(gateText(gate('unknown', { reason: 'GitHub gave it up.' }), 0), 'unknown: GitHub gave it up');
    assert.equal(gateText(gate('passed'), 0), '');
  });

  it('say of all gates how many pass', () => {
    const verdict = (state: GateState, passed: number, counted: number, gates: readonly Gate[] = []): Verdict => ({
      branch: 'main',
      sha: 'abc',
      gates,
      passed,
      counted,
      state,
    });
    assert.equal(verdictText(verdict('failed', 7, 9, [gate('failed')])), '7 of 9 gates pass');
    assert.equal(verdictText(verdict('passed', 9, 9)), 'all 9 gates pass');
    assert.equal(verdictText(verdict('stale', 0, 9)), 'not checked yet');
    assert.equal(verdictText(verdict('skipped', 0, 0)), 'no gates checked');
    assert.equal(verdictText(verdict('failed', 0, 2, [gate('failed'), gate('failed')])), '2 gates fail');
  });
});
