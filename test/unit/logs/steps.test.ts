import assert from 'node:assert/strict';
import type { Step } from '../../../src/core/actions/run.js';
import { parseJobLog } from '../../../src/core/logs/job-log.js';
import { failureLine, stepRanges } from '../../../src/core/logs/steps.js';
import { placesIn } from '../../../src/core/logs/links.js';

const time = (second: number) => Date.parse(`2026-03-01T10:00:${String(second).padStart(2, '0')}Z`);
const at = (second: number, text: string) => `2026-03-01T10:00:${String(second).padStart(2, '0')}.5000000Z ${text}`;

function step(
  number: number,
  name: string,
  from: number,
  to: number,
  conclusion: Step['conclusion'] = 'success',
): Step {
  return { number, name, status: 'completed', conclusion, startedAt: time(from), completedAt: time(to) };
}

const log = parseJobLog(
  [
    at(1, "Current runner version: '2.330.0'"),
    at(2, '##[group]Runner Image'),
    at(2, 'Image: ubuntu-24.04'),
    at(2, '##[endgroup]'),
    at(3, '##[group]Run actions/checkout@v7'),
    at(3, '##[endgroup]'),
    at(3, 'Syncing repository'),
    at(4, '##[group]Run cargo fmt --all -- --check'),
    at(4, 'shell: bash'),
    at(4, '##[endgroup]'),
    at(4, 'Diff in src/lib.rs:1:'),
    at(4, '##[error]Process completed with exit code 1.'),
    at(4, '##[group]Run cargo test'),
    at(4, '##[endgroup]'),
    at(9, 'ok'),
    at(10, 'Post job cleanup.'),
    at(11, 'Cleaning up orphan processes'),
  ].join('\n'),
);

describe('the steps of a log', () => {
  const steps = [
    step(1, 'Set up job', 0, 2),
    step(2, 'Run actions/checkout@v7', 3, 4),
    step(3, 'Check', 4, 4, 'failure'),
    step(4, 'Check', 4, 9),
    step(5, 'Codecov', 9, 9, 'skipped'),
    step(9, 'Post Run actions/checkout@v7', 10, 11),
    step(10, 'Complete job', 11, 11),
  ];
  const ranges = stepRanges(log, steps);

  it('are found by their times and by the marks of the runner, whatever they are called', () => {
    assert.deepEqual(
      ranges.map(({ step: { number }, start, end }) => [number, start, end]),
      [
        [1, 0, 2],
        [2, 3, 4],
        [3, 5, 8],
        [4, 9, 10],
        [9, 11, 11],
        [10, 12, 12],
      ],
    );
    assert.equal(log.lines[5]?.text, 'Run cargo fmt --all -- --check');
    assert.equal(log.lines[9]?.text, 'Run cargo test');
  });

  it('tell where to look first', () => {
    const failing = ranges[2];
    assert.ok(failing);
    assert.equal(log.lines[failureLine(log, failing)]?.text, 'Diff in src/lib.rs:1:');
    const passing = ranges[1];
    assert.ok(passing);
    assert.equal(failureLine(log, passing), passing.end);
  });

  it('are none of a log that is older than all of them', () => {
    const [first, ...rest] = stepRanges(parseJobLog(at(0, 'x')), [step(1, 'Set up job', 30, 31), step(2, 'a', 40, 41)]);
    assert.deepEqual([first?.start, first?.end, rest], [0, 0, []]);
  });
});

describe('files that a line names', () => {
  const places = (text: string) => placesIn(text).map(({ path, line, column }) => [path, line, column]);

  it('have a line and a column', () => {
    assert.deepEqual(places(' --> crates/net/src/lib.rs:4:23'), [['crates/net/src/lib.rs', 4, 23]]);
    assert.deepEqual(places('Diff in D:\\a\\x\\x\\src\\lib.rs:7:'), [['D:\\a\\x\\x\\src\\lib.rs', 7, null]]);
    assert.deepEqual(places("thread 'a' panicked at src/a.rs:1:2:"), [['src/a.rs', 1, 2]]);
    assert.deepEqual(places('at (/home/runner/work/x/x/Cargo.toml)'), [
      ['/home/runner/work/x/x/Cargo.toml', null, null],
    ]);
  });

  it('are not parts of addresses and versions', () => {
    assert.deepEqual(places('v1.2.3 of https://example.org/a.rsx took 1.5s'), []);
  });

  it('are underlined as a whole', () => {
    const text = 'see src/lib.rs:10:5 there';
    const [place] = placesIn(text);
    assert.equal(text.slice(place?.start, place?.end), 'src/lib.rs:10:5');
  });
});
