import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimate } from '../../../../src/core/history/panel/decimate.js';
import type { Series } from '../../../../src/core/history/panel/messages.js';
import { axisTexts } from '../../../../src/webview/history/format.js';
import { geometryOf, nearest, releasePosition } from '../../../../src/webview/history/geometry.js';
import {
  fullDomain,
  panned,
  positionsOf,
  valueDomain,
  zoomed,
  type ChartOptions,
  type Domain,
} from '../../../../src/webview/history/scales.js';

const options: ChartOptions = { relative: false, zero: false, log: false, clip: true, spacing: 'time' };
const frame = { left: 50, right: 450, top: 10, bottom: 210 };

function series(values: readonly number[], change: Partial<Series> = {}): Series {
  const numbers = Float64Array.from(values);
  return {
    label: 'main',
    main: true,
    local: false,
    unit: 'ns',
    at: numbers.map((_, index) => 1000 * index),
    value: numbers,
    typical: numbers,
    low: numbers.map((value) => value * 0.99),
    high: numbers.map((value) => value * 1.01),
    normalLow: numbers.map(() => 95),
    normalHigh: numbers.map(() => 105),
    verdicts: Uint8Array.from(values, () => 1),
    change: numbers.map((value) => value / 100 - 1),
    reasons: values.map(() => ''),
    commits: values.map(() => null),
    runs: values.map((_, index) => String(index + 1)),
    attempts: numbers.map(() => 1),
    changes: [],
    branch: 'main',
    runner: 'ci',
    toolchain: null,
    ...change,
  };
}

function drawn(all: readonly Series[], change: Partial<ChartOptions> = {}, part?: Domain) {
  const chosen = { ...options, ...change };
  const domain = part ?? fullDomain(positionsOf(all, chosen.spacing));
  const geometry = geometryOf(all, [], chosen, domain, frame);
  assert.ok(geometry);
  return geometry;
}

describe('thinning out', () => {
  it('keeps the first, the last and both extremes, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 4, max: 100 }),
        (values, most) => {
          const kept = decimate(values, 0, values.length, most);
          assert.ok(kept.length <= Math.max(4, most));
          assert.deepEqual(
            kept,
            [...new Set(kept)].sort((a, b) => a - b),
          );
          const left = kept.map((index) => values[index] ?? NaN);
          assert.equal(Math.max(...left), Math.max(...values));
          assert.equal(Math.min(...left), Math.min(...values));
          assert.deepEqual([kept[0], kept.at(-1)], [0, values.length - 1]);
        },
      ),
    );
  });

  it('is not held up by what is no number', () => {
    const values = Array.from({ length: 100 }, (_, index) => (index % 10 === 0 ? NaN : index === 55 ? 1000 : index));
    assert.ok(decimate(values, 0, 100, 20).includes(55));
  });
});

describe('zoom', () => {
  const limits: Domain = [0, 100];
  it('keeps the place under the pointer and stays within what there is', () => {
    assert.deepEqual(zoomed([0, 100], 0.5, 50, limits), [25, 75]);
    assert.deepEqual(zoomed([0, 100], 0.5, 0, limits), [0, 50]);
    assert.deepEqual(zoomed([25, 75], 10, 50, limits), [0, 100]);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (at, factor) => {
          const [from, to] = zoomed([20, 60], factor, at, limits);
          assert.ok(from >= -1e-9 && to <= 100 + 1e-9 && to > from);
        },
      ),
    );
  });

  it('pans up to the ends', () => {
    assert.deepEqual(panned([20, 60], 0.5, limits), [40, 80]);
    assert.deepEqual(panned([20, 60], -5, limits), [0, 40]);
  });
});

describe('the chart', () => {
  it('places runs by time or evenly', () => {
    const uneven = series([100, 101, 102], { at: Float64Array.of(0, 10, 1000) });
    assert.deepEqual([...(positionsOf([uneven], 'time')[0] ?? [])], [0, 10, 1000]);
    assert.deepEqual([...(positionsOf([uneven], 'run')[0] ?? [])], [0, 1, 2]);
    const undated = series([1, 2], { at: Float64Array.of(NaN, NaN), runs: ['20', '10'] });
    assert.deepEqual([...(positionsOf([undated], 'time')[0] ?? [])], [1, 0]);
  });

  it('clips a single outlier but never a level that lasts', () => {
    const spike = [...Array<number>(20).fill(100), 400, ...Array<number>(20).fill(100)].map((v, i) => v + (i % 3));
    const [, high] = valueDomain(spike, [], options);
    assert.ok(high < 200, `the axis ends at ${high}`);
    const step = [...Array<number>(20).fill(100), ...Array<number>(6).fill(150)].map((v, i) => v + (i % 3));
    const [, top] = valueDomain(step, [], options);
    assert.ok(top > 150, `the axis ends at ${top}`);
  });

  it('marks what is clipped at the edge', () => {
    const { marks } = drawn([series([...Array<number>(10).fill(100), 400, ...Array<number>(10).fill(101)])]);
    const mark = marks[10];
    assert.deepEqual([mark?.clipped, mark?.y], ['above', frame.top]);
  });

  it('begins at zero where that is wanted', () => {
    assert.equal(valueDomain([100, 110], [], { ...options, zero: true })[0], 0);
    assert.ok(valueDomain([100, 110], [], options)[0] > 90);
  });

  it('has a logarithmic axis without zero', () => {
    const [low] = valueDomain([1, 1000], [], { ...options, log: true, clip: false });
    assert.ok(low > 0 && low < 1);
  });

  it('is relative to the accepted level, for each machine to its own', () => {
    const other = series([200, 202], {
      main: false,
      normalLow: Float64Array.of(190, 190),
      normalHigh: Float64Array.of(210, 210),
    });
    const { y } = drawn([series([100, 105]), other], { relative: true });
    const [bottom = NaN, top = NaN] = y.domain();
    assert.ok(bottom > -0.2 && top < 0.2, `the axis goes from ${bottom} to ${top}`);
  });

  it('leaves out values in another unit', () => {
    assert.equal(drawn([series([100, 101]), series([5, 6], { main: false, unit: 'cycles' })]).others.length, 0);
  });

  it('draws one run, and none', () => {
    assert.equal(drawn([series([100])]).marks.length, 1);
    assert.equal(geometryOf([], [], options, [0, 1], frame), undefined);
  });

  it('finds the run under the pointer', () => {
    const geometry = drawn([series([100, 101, 102])]);
    const middle = geometry.marks[1];
    assert.equal(nearest(geometry, (middle?.x ?? 0) + 5, 100)?.index, 1);
    assert.equal(nearest(geometry, -500, -500), undefined);
  });

  it('draws only what is seen, with lines that go on to the edge', () => {
    const geometry = drawn(
      [series(Array.from({ length: 100 }, (_, index) => 100 + (index % 3)))],
      {},
      [10_500, 20_500],
    );
    assert.deepEqual([geometry.marks[0]?.index, geometry.marks.at(-1)?.index], [11, 20]);
  });

  it('puts a release between the runs around it', () => {
    const all = series([1, 2, 3]);
    const even = Float64Array.of(0, 1, 2);
    assert.equal(releasePosition(500, all, even), 0.5);
    assert.equal(releasePosition(9000, all, even), 2.5);
    assert.equal(releasePosition(500, all, all.at), 500);
  });
});

describe('texts of an axis', () => {
  it('have one unit and as many digits as they need', () => {
    assert.deepEqual(axisTexts([12_800, 13_000, 13_200], 'ns', false), ['12.8 µs', '13.0 µs', '13.2 µs']);
    assert.deepEqual(axisTexts([0, 500, 1000], 'ns', false), ['0.0 µs', '0.5 µs', '1.0 µs']);
    assert.deepEqual(axisTexts([-0.05, 0, 0.05], 'ns', true), ['-5 %', '0 %', '+5 %']);
    assert.deepEqual(axisTexts([10, 20], 'cycles', false), ['10 cycles', '20 cycles']);
  });
});
