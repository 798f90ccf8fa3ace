import assert from 'node:assert/strict';
import { parseBencher } from '../../../src/core/history/criterion/bencher.js';
import { rates } from '../../../src/core/history/criterion/throughput.js';
import { readCriterion } from '../../../src/core/history/criterion/tree.js';
import { measure } from '../../../src/core/history/measurement.js';
import { pointsOfBencher, pointsOfCriterion } from '../../../src/core/history/points.js';
import tree from './fixtures/criterion-0.8.json';
import bencherOutput from './fixtures/bencher.txt';

const real = new Map(Object.entries(tree));
const estimate = (point: number | null) => ({
  confidence_interval: { confidence_level: 0.95, lower_bound: point, upper_bound: point },
  point_estimate: point,
  standard_error: 0.1,
});
const files = (entries: Record<string, unknown>) =>
  new Map(
    Object.entries(entries).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
const where = {
  commit: undefined,
  run: 1,
  attempt: 1,
  branch: undefined,
  runner: undefined,
  toolchain: undefined,
  at: undefined,
};

describe('what Criterion writes', () => {
  it('is read as Criterion 0.8.2 wrote it, at every depth, by full_id', () => {
    const { benchmarks, problems } = readCriterion(real);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      benchmarks.map(({ id }) => id),
      ['add one', 'parse/json/large? input/1024', 'parse/json/large? input/64', 'parse/json/slow'],
    );
    const [, large, , slow] = benchmarks;
    assert.equal(large?.folder, 'target/criterion/parse_json/large_ input/1024');
    assert.deepEqual(large.throughput, { Bytes: 1024 });
    assert.deepEqual([large.group, large.function, large.parameter], ['parse/json', 'large? input', '1024']);
    assert.equal(large.sample?.iters.length, 20);
    assert.ok(large.estimates?.slope, 'linear sampling has a slope');
    assert.equal(slow?.estimates?.slope, undefined, 'flat sampling has none');
    assert.ok(slow?.estimates?.mean);
    assert.ok(Math.abs(slow.change?.mean?.point ?? 9) < 1, 'changes are fractions');
  });

  it('becomes points that can be judged', () => {
    const points = pointsOfCriterion(readCriterion(real).benchmarks, where);
    assert.equal(points.length, 4);
    const slow = points.find(({ benchmark }) => benchmark === 'parse/json/slow');
    // The mean of ten samples of 16 iterations, as sample.json has them.
    assert.ok(Math.abs((slow?.measurement.typical ?? 0) - 2_311_310) < 1);
    assert.equal(slow?.measurement.kind, 'samples');
    assert.ok(slow.measurement.value < slow.measurement.typical);
  });

  it('may have the capitalised names and the bare arrays of old versions', () => {
    const { benchmarks, problems } = readCriterion(
      files({
        'a/b/old/new/estimates.json': {
          Mean: estimate(5),
          Median: estimate(4),
          MedianAbsDev: estimate(1),
          Slope: estimate(6),
          StdDev: estimate(2),
        },
        'a/b/old/new/sample.json': [
          [1, 2, 3],
          [10, 20, 33],
        ],
        'a/b/old/new/benchmark.json': { full_id: 'old' },
        'a/b/old/change/estimates.json': { Mean: estimate(0.05), Median: estimate(0.04) },
      }),
    );
    assert.deepEqual(problems, []);
    const [old] = benchmarks;
    assert.equal(old?.estimates?.slope?.point, 6);
    assert.equal(old.estimates.medianAbsDev?.point, 1);
    assert.deepEqual(old.sample, { iters: [1, 2, 3], times: [10, 20, 33] });
    assert.equal(old.change?.mean?.point, 0.05);
  });

  it('takes null, NaN and Infinity for what they are: no number', () => {
    const { benchmarks, problems } = readCriterion(
      files({
        'x/new/estimates.json': `{"mean": ${JSON.stringify(estimate(null))}, "slope": null, "median": {"point_estimate": NaN, "standard_error": Infinity, "confidence_interval": null}}`,
        'x/new/sample.json': '{"sampling_mode":"Linear","iters":[1,2,3],"times":[null,20,-Infinity]}',
        'x/new/benchmark.json': { full_id: 'NaN is a name' },
      }),
    );
    assert.deepEqual(problems, []);
    const [x] = benchmarks;
    assert.equal(x?.id, 'NaN is a name');
    assert.deepEqual(x.estimates, {});
    assert.equal(measure(x.sample, x.estimates)?.value, 10, 'of the one sample that is a number');
    assert.equal(measure(undefined, x.estimates), undefined);
  });

  it('knows every unit of throughput, and survives one that is not known', () => {
    assert.deepEqual(rates({ Bytes: 1000 }, 1e9), [{ perSecond: 1000, unit: 'B' }]);
    assert.deepEqual(rates({ BytesDecimal: 10 }, 5e8), [{ perSecond: 20, unit: 'B' }]);
    assert.deepEqual(rates({ Bits: 8 }, 1e9), [{ perSecond: 8, unit: 'bit' }]);
    assert.deepEqual(rates({ Elements: 3 }, 1e6), [{ perSecond: 3000, unit: 'element' }]);
    assert.deepEqual(rates({ ElementsAndBytes: { elements: 1, bytes: 4 } }, 1e9), [
      { perSecond: 1, unit: 'element' },
      { perSecond: 4, unit: 'B' },
    ]);
    const { benchmarks, problems } = readCriterion(
      files({
        'x/new/estimates.json': { mean: estimate(1) },
        'x/new/benchmark.json': { full_id: 'x', throughput: { Parsecs: 12 } },
      }),
    );
    assert.deepEqual(problems, []);
    assert.equal(benchmarks[0]?.throughput, undefined);
  });

  it('is found under any folder and with Windows paths; other files and baselines are not mistaken for it', () => {
    const { benchmarks } = readCriterion(
      files({
        'target\\criterion\\new\\new\\benchmark.json': { full_id: 'new' },
        'target\\criterion\\new\\new\\estimates.json': { mean: estimate(1) },
        'artifact/some/where/x/new/estimates.json': { mean: estimate(2) },
        'artifact/some/where/x/new/benchmark.json': { full_id: 'x' },
        'artifact/some/where/x/main/estimates.json': { mean: estimate(3) },
        'artifact/some/where/x/main/benchmark.json': { full_id: 'x' },
        'artifact/some/where/x/report/index.html': '<html>',
        'artifact/estimates.json': 'not Criterion’s',
      }),
    );
    assert.deepEqual(
      benchmarks.map(({ id, estimates }) => [id, estimates?.mean?.point]),
      [
        ['new', 1],
        ['x', 2],
      ],
    );
    const saved = readCriterion(
      files({ 'x/main/estimates.json': { mean: estimate(3) }, 'x/main/benchmark.json': { full_id: 'x' } }),
      'main',
    );
    assert.equal(saved.benchmarks[0]?.estimates?.mean?.point, 3);
  });

  it('is refused where samples do not match, or nothing names the benchmark', () => {
    const { benchmarks, problems } = readCriterion(
      files({
        'criterion/a/new/sample.json': { iters: [1, 2], times: [5] },
        'criterion/a/new/estimates.json': { mean: estimate(5) },
        'new/estimates.json': { mean: estimate(5) },
      }),
    );
    assert.deepEqual(
      benchmarks.map(({ id, sample }) => [id, sample]),
      [['a', undefined]],
    );
    assert.match(problems[0]?.message ?? '', /a\/new\/sample\.json:1:1: .*"iters" and "times" differ in length/);
    assert.match(problems[1]?.message ?? '', /^Nothing says which benchmark/);
  });

  it('is reported where it is broken, and the rest is kept', () => {
    const { benchmarks, problems } = readCriterion(
      files({
        'criterion/good/new/estimates.json': { mean: estimate(1) },
        'criterion/good/new/benchmark.json': '{"full_id": "good"',
        'criterion/good/new/sample.json': '{\n  "iters": [1],\n  "times": ["fast"]\n}',
        'criterion/bad/new/estimates.json': '[1, 2]',
        'criterion/twin/new/estimates.json': { mean: estimate(1) },
        'criterion/twin/new/benchmark.json': { full_id: 'twin' },
        'criterion/twin_2/new/estimates.json': { mean: estimate(2) },
        'criterion/twin_2/new/benchmark.json': { full_id: 'twin' },
      }),
    );
    assert.deepEqual(
      benchmarks.map(({ id, estimates }) => [id, estimates?.mean?.point]),
      [
        ['good', 1],
        ['twin', 1],
      ],
      'without benchmark.json the folder names the benchmark',
    );
    assert.deepEqual(
      problems.map(({ file, position }) => [file, position?.line, position?.column]),
      [
        ['criterion/good/new/sample.json', 3, 13],
        ['criterion/good/new/benchmark.json', 1, 19],
        ['criterion/bad/new/estimates.json', 1, 1],
        ['criterion/twin_2', undefined, undefined],
      ],
    );
    assert.match(problems[3]?.message ?? '', /"twin" is also in criterion\/twin/);
  });
});

describe('bencher output', () => {
  it('is read as Criterion 0.8.2 prints it', () => {
    assert.deepEqual(parseBencher(bencherOutput), [
      { id: 'add one', value: 0, deviation: 0, unit: 'ns' },
      { id: 'parse/json/large? input/64', value: 80, deviation: 39, unit: 'ns' },
      { id: 'parse/json/large? input/1024', value: 1558, deviation: 2469, unit: 'ns' },
      { id: 'parse/json/slow', value: 2_281_772, deviation: 182_782, unit: 'ns' },
    ]);
  });

  it('may have colours, carriage returns, fractions and other units, among other lines', () => {
    const output =
      'running 2 tests\r\n\u001b[32mtest a::b ... ok\u001b[0m\r\ntest parse ... bench:      1,234.56 cycles/iter (+/- 7.5)\r\n' +
      'test result: ok. 1 passed\ntest other ... bench: soon\n';
    assert.deepEqual(parseBencher(output), [{ id: 'parse', value: 1234.56, deviation: 7.5, unit: 'cycles' }]);
  });

  it('becomes points, but for those without a time', () => {
    const points = pointsOfBencher(parseBencher(bencherOutput), where);
    assert.deepEqual(
      points.map(({ benchmark, measurement }) => [benchmark, measurement.kind, measurement.value]),
      [
        ['parse/json/large? input/64', 'estimates', 80],
        ['parse/json/large? input/1024', 'estimates', 1558],
        ['parse/json/slow', 'estimates', 2_281_772],
      ],
    );
  });
});
