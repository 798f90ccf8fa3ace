import assert from 'node:assert/strict';
import type { Step } from '../../../src/core/actions/run.js';
import { parseJobLog } from '../../../src/core/logs/job-log.js';
import { logDocument } from '../../../src/core/logs/log-document.js';

const base = Date.parse('2026-03-01T10:00:00Z');
const step = (number: number, name: string, conclusion: Step['conclusion'] = 'success'): Step => ({
  number,
  name,
  status: 'completed',
  conclusion,
  startedAt: base + number * 10_000,
  completedAt: base + number * 10_000 + 5000,
});
const at = (second: number, text: string) => `2026-03-01T10:00:${second}.0000000Z ${text}`;

describe('a log as a document', () => {
  const log = parseJobLog(
    [
      at(10, 'Current runner version'),
      at(20, '##[group]Run cargo fmt'),
      at(20, 'shell: bash'),
      at(20, '##[endgroup]'),
      at(21, 'Diff in src/lib.rs:1:'),
      at(22, '##[error]Process completed with exit code 1.'),
      at(30, 'Cleaning up orphan processes'),
    ].join('\n'),
  );
  const steps = [step(1, 'Set up job'), step(2, 'Format', 'failure'), step(3, 'Complete job')];
  const document = logDocument(log, steps, ({ name }) => `== ${name}`);

  it('has a heading above each step', () => {
    assert.deepEqual(
      document.lines.map(({ text }) => text),
      [
        '== Set up job',
        'Current runner version',
        '== Format',
        'Run cargo fmt',
        'shell: bash',
        'Diff in src/lib.rs:1:',
        'Error: Process completed with exit code 1.',
        '== Complete job',
        'Cleaning up orphan processes',
      ],
    );
    assert.deepEqual(
      document.steps.map(({ start, end, focus }) => [start, end, focus]),
      [
        [0, 1, 0],
        [2, 6, 5],
        [7, 8, 7],
      ],
    );
  });

  it('has the groups where its own lines are', () => {
    assert.deepEqual(document.groups, [{ title: 'Run cargo fmt', start: 3, end: 4 }]);
  });

  it('tells where a line of the log is shown', () => {
    for (const [index, { text }] of log.lines.entries()) {
      assert.equal(document.lines[document.lineOf(index)]?.text, text);
    }
  });
});
