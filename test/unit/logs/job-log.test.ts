import assert from 'node:assert/strict';
import { readAnsi, stripAnsi } from '../../../src/core/logs/ansi.js';
import { parseJobLog } from '../../../src/core/logs/job-log.js';

const at = (second: number, text: string) => `2026-03-01T10:00:${String(second).padStart(2, '0')}.1234567Z ${text}`;

describe('a job log', () => {
  it('is read without timestamps and byte order marks', () => {
    const log = parseJobLog(`\uFEFF${at(1, 'one')}\r\n${at(2, 'two')}\n\uFEFF${at(3, '')}\nno time\n`);
    assert.deepEqual(
      log.lines.map(({ text }) => text),
      ['one', 'two', '', 'no time'],
    );
    assert.equal(log.lines[1]?.time, '2026-03-01T10:00:02.1234567Z');
    assert.equal(log.lines[3]?.time, '2026-03-01T10:00:03.1234567Z');
  });

  it('keeps a time that a program wrote itself', () => {
    const log = parseJobLog(at(1, '2026-03-01T09:00:00Z started'));
    assert.equal(log.lines[0]?.text, '2026-03-01T09:00:00Z started');
  });

  it('has groups, which end where the next one begins', () => {
    const log = parseJobLog(
      ['##[group]Run cargo test', 'cargo test', '##[endgroup]', 'output', '::group::audit', 'a', '##[group]next', 'b']
        .map((text) => at(1, text))
        .join('\n'),
    );
    assert.deepEqual(log.groups, [
      { title: 'Run cargo test', start: 0, end: 1 },
      { title: 'audit', start: 3, end: 4 },
      { title: 'next', start: 5, end: 6 },
    ]);
    assert.deepEqual(
      log.lines.map(({ text }) => text),
      ['Run cargo test', 'cargo test', 'output', 'audit', 'a', 'next', 'b'],
    );
  });

  it('tells what the runner marks', () => {
    const log = parseJobLog(
      [
        '##[error]Process completed with exit code 101.',
        '##[warning]Old Node',
        '##[command]/usr/bin/git version',
        '::error file=src/lib.rs,line=1::unused',
      ].join('\n'),
    );
    assert.deepEqual(
      log.lines.map(({ kind, text }) => [kind, text]),
      [
        ['error', 'Error: Process completed with exit code 101.'],
        ['warning', 'Warning: Old Node'],
        ['command', '/usr/bin/git version'],
        ['error', 'Error: unused'],
      ],
    );
  });

  it('shows what a progress bar ended with', () => {
    assert.equal(parseJobLog(at(1, '10 %\r50 %\r100 %\r')).lines[0]?.text, '100 %');
  });

  it('keeps colours that go over several lines', () => {
    const log = parseJobLog([at(1, '\u001b[31mred'), at(1, 'still\u001b[0m plain'), at(1, 'plain')].join('\n'));
    assert.deepEqual(
      log.lines.map(({ spans }) => spans.map(({ start, end, style }) => [start, end, style.foreground])),
      [[[0, 3, 1]], [[0, 5, 1]], []],
    );
  });

  it('takes less than a second for 10 MB', () => {
    const line = at(
      1,
      '\u001b[1m\u001b[92m   Compiling\u001b[0m serde_json v1.0.140 (some more text to make it as long as lines are)\n',
    );
    const text = line.repeat(Math.ceil(10_000_000 / line.length));
    const start = performance.now();
    const log = parseJobLog(text);
    const took = performance.now() - start;
    assert.ok(log.lines.length > 70_000);
    // A loaded machine is slower; what must not happen is more than linear time.
    assert.ok(took < 5000, `took ${took} ms`);
  });
});

describe('colours of a terminal', () => {
  it('are those of cargo', () => {
    const { text, spans } = readAnsi('\u001b[1m\u001b[91merror\u001b[0m\u001b[1m: mismatched\u001b[0m');
    assert.equal(text, 'error: mismatched');
    assert.deepEqual(
      spans.map(({ start, end, style }) => [start, end, style.foreground, style.bold]),
      [
        [0, 5, 9, true],
        [5, 17, null, true],
      ],
    );
  });

  it('are brought to the sixteen of a theme', () => {
    const color = (codes: string) => readAnsi(`\u001b[${codes}mx`).spans[0]?.style.foreground;
    assert.equal(color('38;5;9'), 9);
    assert.equal(color('38;5;196'), 9);
    assert.equal(color('38;5;244'), 8);
    assert.equal(color('38;2;0;200;0'), 2);
    assert.equal(color('38;5;11;1'), 11);
  });

  it('go, with everything else that only a terminal understands', () => {
    assert.equal(stripAnsi('\u001b]8;;https://x.y\u0007link\u001b]8;;\u0007 \u001b(B\u001b[m\u001b[2Kend'), 'link end');
  });
});
