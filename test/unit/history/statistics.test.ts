import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bestSplit, changePoints } from '../../../src/core/history/statistics/change-point.js';
import { ascending, median, quantile, robustDeviation } from '../../../src/core/history/statistics/robust.js';
import { incompleteBeta, stepTest } from '../../../src/core/history/statistics/student.js';
import { trendTest } from '../../../src/core/history/statistics/trend.js';

const near = (actual: number, expected: number, tolerance = 1e-6) => {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};
/** Numbers that look normal, always the same. */
const wobble = (count: number, seed = 1) =>
  Array.from({ length: count }, (_, index) => {
    const x = Math.sin(seed * 127.1 + index * 311.7) * 43758.5453;
    return x - Math.floor(x) - 0.5;
  });

describe('robust statistics', () => {
  it('interpolates quantiles', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(quantile(ascending([10, 0]), 0.25), 2.5);
    assert.equal(quantile([7], 0.9), 7);
    assert.ok(Number.isNaN(median([])));
  });

  it('measures scatter by the middle distance, which one wild value does not move', () => {
    near(robustDeviation([-1, 1, -2, 2, 0], 0), 1.4826);
    near(robustDeviation([-1, 1, -2, 2, 1e9], 0), 2 * 1.4826);
  });

  it('knows the tails of Student’s t', () => {
    // Two-sided: I_{n/(n+t²)}(n/2, 1/2). Critical values as tables have them.
    for (const [t, freedom, p] of [
      [12.7062, 1, 0.05],
      [2.776445, 4, 0.05],
      [3.169273, 10, 0.01],
      [1.959964, 1e8, 0.05],
    ] as const)
      near(incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5), p, 1e-6);
    assert.equal(incompleteBeta(0, 1, 2), 0);
    assert.equal(incompleteBeta(1, 1, 2), 1);
    near(incompleteBeta(0.3, 2, 3), 0.3483);
  });

  it('is careful with a step among values that resemble their neighbours', () => {
    const step = (values: readonly number[]) => values.map((value, index) => value + (index >= 20 ? 0.6 : 0));
    const independent = wobble(40);
    let last = 0;
    const dependent = wobble(40).map((value) => (last = 0.8 * last + 0.6 * value));
    assert.ok(stepTest(step(independent), 20) < 1e-4);
    assert.ok(stepTest(step(dependent), 20) > 10 * stepTest(step(independent), 20));
    assert.ok(stepTest(independent, 20) > 0.01);
    assert.equal(stepTest([1, 1, 1, 1], 2), 1);
    assert.equal(stepTest([1, 1, 2, 2], 2), 0);
    assert.equal(stepTest([1, 9], 1), 1, 'too few to say anything');
  });
});

describe('change points', () => {
  it('are found where the level changes, up or down', () => {
    for (const height of [3, -3]) {
      const values = wobble(50).map((value, index) => value + (index >= 33 ? height : 0));
      const split = bestSplit(values, { least: 2, p: 0.001 });
      assert.equal(split?.index, 33);
      assert.ok(split.p < 1e-6);
    }
  });

  it('are found one after the other', () => {
    const values = wobble(90).map((value, index) => value + (index >= 60 ? 5 : index >= 30 ? 2 : 0));
    assert.deepEqual(
      changePoints(values, { least: 5, p: 0.001 }).map(({ index }) => index),
      [30, 60],
    );
  });

  it('are not found in noise, nor in too short a series', () => {
    assert.equal(bestSplit(wobble(60), { least: 5, p: 0.001 }), undefined);
    assert.equal(bestSplit([1, 100], { least: 2, p: 0.5 }), undefined);
    assert.deepEqual(changePoints([], { least: 2, p: 0.05 }), []);
  });

  it('have the energy that the definition gives, whatever the values are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 14 }), (values) => {
        const split = bestSplit(values, { least: 2, p: 1 });
        const energies = new Map(
          Array.from({ length: values.length - 3 }, (_, index) => [index + 2, energy(values, index + 2)]),
        );
        const best = Math.max(...energies.values());
        assert.ok(split);
        near(energies.get(split.index) ?? NaN, best, 1e-9);
      }),
    );
  });
});

/** n·m/(n+m) times the energy distance, straight from its definition. */
function energy(values: readonly number[], index: number): number {
  const a = values.slice(0, index);
  const b = values.slice(index);
  const between = (x: readonly number[], y: readonly number[]) =>
    x.flatMap((one) => y.map((other) => Math.abs(one - other))).reduce((sum, distance) => sum + distance, 0);
  const within = (x: readonly number[]) => between(x, x) / (x.length * (x.length - 1));
  const distance = (2 * between(a, b)) / (a.length * b.length) - within(a) - within(b);
  return ((a.length * b.length) / values.length) * distance;
}

describe('a trend', () => {
  const noise = wobble(40);
  const series = (value: (index: number) => number) => Array.from({ length: 40 }, (_, index) => value(index));

  it('has the slope of the line of least squares', () => {
    const { slope, p } = trendTest(series((index) => 3 + 0.5 * index + 0.2 * (noise[index] ?? 0)));
    assert.ok(Math.abs(slope - 0.5) < 0.005);
    assert.ok(p < 1e-10);
  });

  it('is none in noise, in what wanders, on one level, or in too few values', () => {
    assert.ok(trendTest(noise).p > 0.05);
    assert.ok(trendTest(series((index) => Math.sin(index / 6))).p > 0.00001);
    assert.ok(trendTest(series((index) => (index < 20 ? 0 : 1) + 0.01 * (noise[index] ?? 0))).p > 0.00001);
    assert.deepEqual(trendTest(series(() => 4)), { slope: 0, rest: 0, p: 1 });
    assert.deepEqual(trendTest([1, 2, 3]), { slope: 0, rest: 0, p: 1 });
  });

  it('is certain on an exact line', () => {
    assert.deepEqual(trendTest([0, 1, 2, 3, 4]), { slope: 1, rest: 0, p: 0 });
  });
});
