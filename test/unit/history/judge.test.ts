import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boundsFor } from '../../../src/core/history/rules.js';
import type { Verdict } from '../../../src/core/history/verdict.js';
import { history, measured, steady, verdicts, type Run } from './histories.js';

/** `count` runs at a value, each a little different. */
const runs = (value: number, count: number, from = 0): Run[] =>
  Array.from({ length: count }, (_, index) => steady(value * (1 + 0.002 * Math.sin(7 * (from + index))), from + index));
/** Runs that lie anywhere within 2.5 % of a value, each independent of the one before. */
const noisy = (level: number, count: number, from: number): Run[] =>
  Array.from({ length: count }, (_, index) => {
    const x = Math.sin(311.7 * (from + index)) * 43758.5453;
    return steady(level * (1 + 0.05 * (x - Math.floor(x) - 0.5)), from + index);
  });
const names = (all: readonly Verdict[]) => all.map(({ verdict }) => verdict);
const last = (all: readonly Verdict[]) => all.at(-1) ?? assert.fail('there is a verdict');

describe('the verdict on a benchmark', () => {
  it('is "collecting" until eight runs are known', () => {
    const all = verdicts(history(runs(100, 10)));
    assert.deepEqual(names(all), [...Array<string>(8).fill('collecting'), 'stable', 'stable']);
    assert.equal(all[2]?.reason, '3 of 8 runs that are needed to judge it.');
    assert.deepEqual([all[2].change, all[2].deviations, all[2].resolvable], [null, null, null]);
    assert.equal(all[9]?.history, 9);
  });

  it('is never a regression after one run', () => {
    const all = verdicts(history([...runs(100, 30), ...runs(200, 1), ...runs(100, 5)]));
    assert.deepEqual(names(all.slice(29)), ['stable', 'suspect', 'stable', 'stable', 'stable', 'stable', 'stable']);
    assert.match(
      all[30]?.reason ?? '',
      /^\+100 %, \d+\.\d robust deviations, further off than anything before .*another run has to confirm it\.$/,
    );
    assert.equal(all[30]?.since, 'c31');
  });

  it('is a regression once a second run confirms it, since the commit that began it', () => {
    const all = verdicts(history([...runs(100, 30), ...runs(106.1, 6, 30)]));
    assert.deepEqual(names(all.slice(29, 32)), ['stable', 'suspect', 'confirmed regression']);
    for (const each of all.slice(31)) {
      assert.equal(each.verdict, 'confirmed regression');
      assert.equal(each.since, 'c31');
      assert.ok(Math.abs((each.change ?? 0) - 0.061) < 0.004);
    }
    assert.match(
      last(all).reason,
      /^\+6\.\d %, \d+\.\d robust deviations, confirmed in 6 runs since c31 \(by chance once in [\d,]+ runs\)\.$/,
    );
  });

  it('is an improvement that becomes the baseline when it lasts, so that losing it is a regression', () => {
    const all = verdicts(history([...runs(100, 30), ...runs(90, 12, 30), ...runs(100, 4, 50)]));
    assert.equal(all[31]?.verdict, 'confirmed improvement');
    assert.match(all[31].reason, /becomes the baseline after 8 runs \(now 2\)/);
    assert.match(all[37]?.reason ?? '', /From the next run on this is the baseline\.$/);
    assert.deepEqual(names(all.slice(37, 39)), ['confirmed improvement', 'stable']);
    assert.equal(last(all).verdict, 'confirmed regression');
    assert.equal(last(all).since, 'c43');
  });

  it('is "recovered" once, then stable, when a change is taken back', () => {
    const all = verdicts(history([...runs(100, 20), ...runs(120, 5, 20), ...runs(100, 4, 25)]));
    assert.deepEqual(names(all.slice(23)), [
      'confirmed regression',
      'confirmed regression',
      'recovered',
      'stable',
      'stable',
      'stable',
    ]);
    assert.match(all[25]?.reason ?? '', /^Back at the accepted level since c26/);
  });

  it('names the commit of each step of a staircase, and keeps it when only part of the loss is won back', () => {
    const steps = [...runs(100, 20), ...runs(110, 6, 20), ...runs(130, 6, 26), ...runs(120, 6, 32)];
    const all = verdicts(history(steps));
    assert.equal(all[25]?.since, 'c21');
    assert.equal(all[31]?.since, 'c27');
    assert.ok(Math.abs((all[31].change ?? 0) - 0.3) < 0.01);
    assert.equal(last(all).verdict, 'confirmed regression');
    assert.equal(last(all).since, 'c27');
    assert.ok(Math.abs((last(all).change ?? 0) - 0.2) < 0.01);
  });

  it('finds a change too small for any single run when it lasts', () => {
    const all = verdicts(history([...noisy(100, 20, 0), ...noisy(104.5, 20, 20)]));
    assert.ok(all.slice(8, 27).every(({ verdict }) => verdict === 'stable'));
    assert.equal(last(all).verdict, 'confirmed regression');
    assert.ok(Math.abs(Number(last(all).since?.slice(1)) - 21) <= 2);
  });

  it('does not wait longer because a run of noise came right before the change', () => {
    const all = verdicts(history([...runs(100, 30), ...runs(101.2, 1, 30), ...runs(106, 3, 31)]));
    assert.equal(all[30]?.verdict, 'stable');
    assert.deepEqual(names(all.slice(31, 34)), ['suspect', 'confirmed regression', 'confirmed regression']);
    assert.equal(last(all).since, 'c32');
  });

  it('stays suspect until it is confirmed, however short the history is', () => {
    const all = verdicts(history([...runs(100, 8), ...runs(150, 3, 8)]));
    assert.deepEqual(names(all.slice(8)), ['suspect', 'suspect', 'confirmed regression']);
  });

  it('finds a level that creeps away from the first run on', () => {
    const creeping = (rate: number) =>
      Array.from({ length: 40 }, (_, index) => noisy(100 * (1 + rate * index), 1, index)).flat();
    const slower = verdicts(history(creeping(0.004)));
    const found = slower.findIndex(({ verdict }) => verdict === 'confirmed regression');
    assert.ok(found >= 15 && found < 30, `found in run ${found}`);
    assert.equal(last(slower).verdict, 'confirmed regression');
    assert.ok(verdicts(history(creeping(-0.004))).some(({ verdict }) => verdict === 'confirmed improvement'));
    assert.ok(verdicts(history(creeping(0.0002))).every(({ verdict }) => verdict !== 'confirmed regression'));
  });

  it('does not change when later runs arrive', () => {
    const kinds = ['identical', 'plus3', 'plus5', 'plus10'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom('mix' as const, 'sort' as const),
        fc.array(fc.record({ code: fc.constantFrom(...kinds), run: fc.nat(19) }), { minLength: 12, maxLength: 60 }),
        fc.nat(),
        (benchmark, picks, cut) => {
          const all = history(picks.map(({ code, run }) => measured(benchmark, code)[run] ?? assert.fail()));
          const count = cut % all.length;
          assert.deepEqual(verdicts(all).slice(0, count), verdicts(all.slice(0, count)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not depend on the unit of time', () => {
    const inMicroseconds = (all: readonly Run[]) => all.map((run) => run.map((sample) => sample / 1000));
    const original = [...measured('mix', 'identical'), ...measured('mix', 'plus5')];
    assert.deepEqual(names(verdicts(history(inMicroseconds(original)))), names(verdicts(history(original))));
  });
});

describe('runs are comparable', () => {
  it('only with the same machine, toolchain, branch, unit and kind of measurement', () => {
    for (const change of [
      { runner: 'macos' },
      { runner: undefined },
      { toolchain: '1.91' },
      { branch: 'feature' },
      { unit: 'cycles' },
      { package: 'other' },
      { iters: null, times: null, estimates: { mean: { point_estimate: 200 } } },
    ]) {
      const all = verdicts([...history(runs(100, 20)), ...history(runs(200, 3), change, 21)]);
      assert.deepEqual(names(all.slice(20)), ['collecting', 'collecting', 'collecting'], JSON.stringify(change));
      const reason =
        /20 runs of it on another runner class, toolchain or branch, or measured otherwise, are not compared/;
      if (!('package' in change)) assert.match(all[20]?.reason ?? '', reason);
    }
  });

  it('once: the same run twice confirms nothing', () => {
    const slow = history(runs(200, 1), {}, 31);
    const all = verdicts([...history(runs(100, 30)), ...slow, ...slow, ...slow]);
    assert.deepEqual(names(all.slice(30)), ['suspect', 'suspect', 'suspect']);
    assert.match(last(all).reason, /stands in the history twice/);
    const again = history(runs(200, 1, 1), { attempt: 2 }, 31);
    assert.equal(last(verdicts([...history(runs(100, 30)), ...slow, ...again])).verdict, 'confirmed regression');
  });

  it('however many benchmarks there are, with bounds that allow for their number', () => {
    const [one, ten, many] = [boundsFor(1), boundsFor(10), boundsFor(200)];
    assert.deepEqual(one, ten);
    assert.ok(many.outlier > one.outlier && many.confirmed * 200 <= 0.02 + 1e-12);
    const family = Array.from({ length: 200 }, (_, index) => history(runs(100, 20), { benchmark: `b${index}` }));
    const slower = history(runs(105, 4, 20), { benchmark: 'b7' }, 21);
    const alone = verdicts([...(family[7] ?? []), ...slower]);
    const among = verdicts([...family.flat(), ...slower]);
    const delay = (all: readonly Verdict[]) => all.find(({ verdict }) => verdict === 'confirmed regression')?.run;
    assert.equal(delay(alone), 23);
    assert.equal(delay(among), 24);
  });
});

describe('an accepted change', () => {
  const slower = [...runs(100, 20), ...runs(110, 10, 20)];

  it('is the new baseline from its run on', () => {
    for (const accepted of [
      { benchmark: 'bench', run: 21 },
      { benchmark: 'bench', run: '21', runner: 'linux', toolchain: '1.90' },
    ]) {
      const all = verdicts(history(slower), [accepted]);
      assert.deepEqual(names(all.slice(19)), [
        'stable',
        'collecting',
        'collecting',
        'collecting',
        ...Array<string>(7).fill('stable'),
      ]);
      assert.equal(all[20]?.reason, 'A new baseline was accepted: 1 of 3 runs at its level.');
      assert.ok(Math.abs(last(all).change ?? 1) < 0.005);
    }
  });

  it('may be named by its commit, and losing it is found as before', () => {
    const points = history([...slower, ...runs(121, 3, 30)]).map((point) =>
      point.run === 21 ? { ...point, commit: 'abcdef0123456789' } : point,
    );
    const all = verdicts(points, [{ benchmark: 'bench', commit: 'ABCDEF0' }]);
    assert.equal(all[29]?.verdict, 'stable');
    assert.equal(last(all).verdict, 'confirmed regression');
    assert.ok(Math.abs((last(all).change ?? 0) - 0.1) < 0.005);
  });

  it('concerns no other benchmark, machine or toolchain', () => {
    for (const accepted of [
      { benchmark: 'other', run: 21 },
      { benchmark: 'bench', run: 21, runner: 'macos' },
      { benchmark: 'bench', run: 99 },
    ])
      assert.equal(last(verdicts(history(slower), [accepted])).verdict, 'confirmed regression');
  });
});

describe('on real noise', () => {
  const alarms = (all: readonly Verdict[]) =>
    all.filter(({ verdict }) => verdict !== 'collecting' && verdict !== 'stable');

  it('identical code raises no alarm, forwards or backwards', () => {
    for (const benchmark of ['mix', 'sort'] as const) {
      const real = measured(benchmark, 'identical');
      assert.deepEqual(alarms(verdicts(history(real))), []);
      assert.deepEqual(alarms(verdicts(history([...real].reverse()))), []);
    }
  });

  it('a quiet benchmark confirms +3, +5 and +10 % within three runs', () => {
    for (const [code, size] of [
      ['plus3', 0.03],
      ['plus5', 0.05],
      ['plus10', 0.1],
    ] as const) {
      const all = verdicts(history([...measured('mix', 'identical'), ...measured('mix', code)]));
      const first = all.findIndex(({ verdict }) => verdict === 'confirmed regression');
      assert.ok(first >= 61 && first <= 62, `${code} in run ${first + 1}`);
      assert.equal(all[first]?.since, 'c61');
      assert.ok(Math.abs((last(all).change ?? 0) - size) < 0.005);
    }
  });

  it('a noisy benchmark says what it cannot resolve, and still finds what lasts', () => {
    const before = last(verdicts(history(measured('sort', 'identical'))));
    assert.ok((before.resolvable ?? 0) > 0.2);
    assert.match(before.reason, /Noisy: 3 runs cannot resolve a change below 3\d %\.$/);
    for (const code of ['plus3', 'plus5', 'plus10'] as const) {
      const all = verdicts(history([...measured('sort', 'identical'), ...measured('sort', code)]));
      const first = all.findIndex(({ verdict }) => verdict === 'confirmed regression');
      assert.ok(first >= 60 && first < 68, `${code} in run ${first + 1}`);
    }
  });

  it('an unchanged run that the neighbours slowed down is explained', () => {
    const [run15] = verdicts(history(measured('sort', 'identical'))).slice(14);
    assert.equal(run15?.verdict, 'stable');
    assert.match(
      run15.reason,
      /^\+2\d %, \d+\.\d robust deviations, which unchanged code may be \(by chance once in \d runs\)\. Noisy/,
    );
  });
});
