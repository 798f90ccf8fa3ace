import assert from 'node:assert/strict';
import { mergeHistories, newestRuns } from '../../../src/core/history/archive.js';
import { readBaselines, withAccepted } from '../../../src/core/history/baselines.js';
import { compareRuns } from '../../../src/core/history/compare.js';
import { formatPoint, readHistory } from '../../../src/core/history/line.js';
import { pointsOfReport } from '../../../src/core/history/points.js';
import { history, steady } from './histories.js';

const line = (values: Record<string, unknown>) =>
  JSON.stringify({ benchmark: 'a', commit: 'c', run: 1, iters: [1, 2], times: [10, 20], ...values });
const read = (...lines: readonly string[]) => readHistory('history.jsonl', lines.join('\n'));
const places = (...lines: readonly string[]) =>
  read(...lines).problems.map(({ position }) => [position?.line, position?.column]);

describe('a benchmark history', () => {
  it('holds samples, estimates or both', () => {
    const { points, problems } = read(
      line({}),
      line({ iters: undefined, times: undefined, estimates: { mean: { point_estimate: 7 }, slope: null } }),
      line({ iters: null, times: null, estimates: { Mean: { point_estimate: 8 }, StdDev: { point_estimate: 2 } } }),
      line({ iters: undefined, times: undefined, estimates: { median: 9 }, unit: 'cycles' }),
      line({ times: [10, null], estimates: { mean: { point_estimate: 3 }, slope: { point_estimate: 4 } } }),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      points.map(({ unit, measurement: { kind, value, typical } }) => [unit, kind, value, typical]),
      [
        ['ns', 'samples', 10, 10],
        ['ns', 'estimates', 7, 7],
        ['ns', 'estimates', 8, 8],
        ['cycles', 'estimates', 9, 9],
        ['ns', 'samples', 10, 4],
      ],
    );
  });

  it('is read in run order, runs before attempts', () => {
    const { points } = read(
      line({ run: 10 }),
      line({ run: '9', attempt: 2 }),
      line({ run: 9, commit: 'first' }),
      line({ run: 9, commit: 'second' }),
    );
    assert.deepEqual(
      points.map(({ run, attempt, commit }) => [run, attempt, commit]),
      [
        [9, 1, 'first'],
        [9, 1, 'second'],
        ['9', 2, 'c'],
        [10, 1, 'c'],
      ],
    );
    assert.deepEqual(
      read(line({ run: 'weekly-2' }), line({ run: 'weekly-1' })).points.map(({ run }) => run),
      ['weekly-2', 'weekly-1'],
      'names keep the order of the file',
    );
  });

  it('reports bad lines with their place, and goes on', () => {
    const { points, problems } = read(
      line({}),
      '{"benchmark": "a", "run": 1,',
      '',
      '{"benchmark": 5, "run": 1, "times": [1], "iters": [1]}',
      '{"benchmark": "a", "run": 1, "iters": [1], "times": [1, "2"]}',
      line({ times: [0, null] }),
      '[]',
      `${line({ run: 2 })}\r`,
    );
    assert.deepEqual(
      points.map(({ run }) => run),
      [1, 2],
    );
    assert.deepEqual(
      problems.map(({ file, position }) => [file, position?.line, position?.column]),
      [
        ['history.jsonl', 2, 29],
        ['history.jsonl', 4, 2],
        ['history.jsonl', 5, 57],
        ['history.jsonl', 6, 1],
        ['history.jsonl', 7, 1],
      ],
    );
    assert.match(problems[1]?.message ?? '', /^history\.jsonl:4:2: "benchmark" is not valid/);
    assert.match(problems[3]?.message ?? '', /neither "iters" and "times", "estimates" nor "summary"/);
  });

  it('does not guess which time belongs to which sample', () => {
    const { points, problems } = read('{"benchmark": "a", "run": 1, "iters": [1, 2], "times": [5]}');
    assert.deepEqual(points, []);
    assert.match(problems[0]?.message ?? '', /^history\.jsonl:1:1: The run of "a" has 2 "iters" but 1 "times"\./);
  });

  it('takes NaN for no number, but not in names', () => {
    const text = '{"benchmark": "NaN", "run": 1, "iters": [1, 1, 1], "times": [NaN, 5, -Infinity]}';
    const [point] = read(text).points;
    assert.equal(point?.benchmark, 'NaN');
    assert.equal(point.measurement.value, 5);
    assert.deepEqual(places('{"benchmark": "a", "run": NaN, "iters": [1], "times": [NaN]}'), [[1, 20]]);
  });

  it('is kept in a short form that is judged alike', () => {
    const points = history([steady(1234.5678, 1), steady(1200, 2)], { branch: 'main', attempt: 2 });
    const kept = readHistory('kept', points.map(formatPoint).join('\n'));
    assert.deepEqual(kept.problems, []);
    kept.points.forEach(({ measurement, ...rest }, index) => {
      const { measurement: whole, ...original } = points[index] ?? assert.fail();
      assert.deepEqual(rest, original);
      assert.equal(measurement.kind, 'samples');
      for (const key of ['value', 'typical', 'low', 'high'] as const)
        assert.ok(Math.abs(measurement[key] / whole[key] - 1) < 1e-5);
      assert.equal(measurement.stretches.length, whole.stretches.length);
    });
    assert.ok(formatPoint(points[0] ?? assert.fail()).length < 330);
  });

  it('is merged from several sources, each run once, samples before estimates', () => {
    const [first, second] = [history([steady(100, 1)]), history([steady(200, 2)], {}, 2)];
    const poorer = history([steady(100, 1)], { iters: null, times: null, estimates: { mean: { point_estimate: 1 } } });
    const merged = mergeHistories(second, first, poorer, first);
    assert.deepEqual(
      merged.map(({ run, measurement }) => [run, measurement.kind]),
      [
        [1, 'samples'],
        [2, 'samples'],
      ],
    );
    assert.deepEqual(
      mergeHistories(poorer, first).map(({ measurement }) => measurement.kind),
      ['samples'],
    );
    assert.equal(mergeHistories(first, history([steady(1, 1)], { runner: 'other' })).length, 2);
  });

  it('is cut to a budget run by run', () => {
    const points = [1, 2, 3].flatMap((run) =>
      ['a', 'b'].flatMap((benchmark) => history([steady(9, 1)], { benchmark }, run)),
    );
    assert.equal(newestRuns(points, 6).length, 6);
    assert.deepEqual(
      newestRuns(points, 5).map(({ run }) => run),
      [2, 2, 3, 3],
    );
    assert.deepEqual(newestRuns(points, 0), []);
  });

  it('comes from reports too, with the keys of the history branch', () => {
    const benchmark = { benchmark: 'parse', root: '.', package: 'core', bench: 'speed', unit: 'ns', throughput: null };
    const points = pointsOfReport({
      schema: 1,
      workflow: 'benchmarks',
      repository: 'o/r',
      commit: 'abc',
      ref: 'refs/heads/main',
      event: 'schedule',
      run: { id: 77, number: 3, attempt: 2 },
      created: '2026-01-02T03:04:05Z',
      gates: [],
      machine: { runner: 'Linux X', toolchain: 'rustc 1.90' },
      benchmarks: [
        { ...benchmark, iters: [1, 2], times: [5, 10], estimates: {} },
        { ...benchmark, benchmark: 'empty', iters: [1], times: [null], estimates: {} },
      ],
    });
    assert.equal(points.length, 1);
    const [{ measurement, ...point } = assert.fail()] = points;
    assert.equal(measurement.value, 5);
    assert.deepEqual(point, {
      benchmark: 'parse',
      package: 'core',
      commit: 'abc',
      run: 77,
      attempt: 2,
      branch: 'main',
      runner: 'Linux X',
      toolchain: 'rustc 1.90',
      at: '2026-01-02T03:04:05Z',
      unit: 'ns',
      throughput: undefined,
    });
  });
});

describe('two runs', () => {
  it('are compared benchmark by benchmark where that measures the code', () => {
    const at = (value: number, benchmark: string, change = {}) => history([steady(value, 1)], { benchmark, ...change });
    const result = compareRuns(
      [...at(100, 'a'), ...at(1, 'b'), ...at(1, 'c'), ...at(1, 'd'), ...at(1, 'gone')],
      [
        ...at(106.1, 'a'),
        ...at(2, 'b', { runner: 'macos' }),
        ...at(2, 'c', { toolchain: undefined }),
        ...at(2, 'd', { unit: 'cycles' }),
        ...at(2, 'new'),
      ],
    );
    assert.deepEqual(
      result.map(({ benchmark, obstacle }) => [benchmark, obstacle]),
      [
        ['a', undefined],
        ['b', 'They ran on different machines: linux and macos.'],
        ['c', 'They were built by different toolchains: 1.90 and unknown.'],
        ['d', 'One is in ns, the other in cycles.'],
        ['gone', 'It is gone.'],
        ['new', 'It is new.'],
      ],
    );
    assert.ok(Math.abs((result[0]?.change ?? 0) - 0.061) < 1e-9);
    assert.ok(result.slice(1).every(({ change }) => change === undefined));
  });
});

describe('accepted baselines', () => {
  const file = '.github/rust-ci-baselines.json';

  it('are written and read; the same change is not listed twice', () => {
    const change = { benchmark: 'a', run: 12, commit: 'abcdef0', reason: 'safer' };
    const once = withAccepted([], { ...change, reason: 'first' });
    const twice = withAccepted(readBaselines(file, once), change);
    assert.deepEqual(readBaselines(file, withAccepted(readBaselines(file, twice), { benchmark: 'b', run: 1 })), [
      change,
      { benchmark: 'b', run: 1 },
    ]);
  });

  it('are refused with a place', () => {
    for (const [text, place] of [
      ['{"schema": 2, "accepted": []}', /json:1:2: "schema"/],
      ['{"schema": 1,\n "accepted": [{"benchmark": "a"}]}', /json:2:15: .*needs "run" or "commit"/],
      ['{"schema": 1,\n "accepted": [{"benchmark": "a", "commit": "main"}]}', /json:2:34: .*must be a commit SHA/],
      ['{"schema": 1,', /json:1:/],
    ] as const)
      assert.throws(() => readBaselines(file, text), place);
  });
});
