import assert from 'node:assert/strict';
import { judgeHistory } from '../../../../src/core/history/judge.js';
import { readHistory, type Point } from '../../../../src/core/history/line.js';
import { byBenchmark, keyOf, localRunner, runsOf, withPackages } from '../../../../src/core/history/panel/benchmark.js';
import { toPanelSchema, receive, verdicts } from '../../../../src/core/history/panel/messages.js';
import { overviewOf, type Run } from '../../../../src/core/history/panel/overview.js';
import { choicesOf, compared, counterpart } from '../../../../src/core/history/panel/runs.js';
import { benchmarkOf } from '../../../../src/core/history/panel/series.js';
import { historyLines } from '../history-lines.js';
import { history, steady } from '../histories.js';

const { points } = readHistory('history.jsonl', historyLines());
const judged = (all: readonly Point[]): Run[] => judgeHistory(all).map((each) => ({ point: each.point, judged: each }));
const runs = judged(points);
const name = (benchmark: string) => keyOf({ benchmark, package: 'tally' });

function benchmark(id: string) {
  const found = benchmarkOf(name(id), byBenchmark(runs, ({ point }) => point).get(name(id)) ?? [], 'main');
  assert.ok(found);
  return found;
}

describe('the overview of benchmarks', () => {
  it('has what is confirmed first, and words for each verdict', () => {
    const rows = overviewOf(runs, 'main');
    assert.deepEqual([rows[0]?.benchmark, rows[0]?.verdict], ['parse/large', 'regression']);
    assert.match(rows[0]?.words ?? '', /^\+[56]\.\d %, confirmed in \d runs since [0-9a-f]{7}$/);
    const noisy = rows.find(({ benchmark: id }) => id === 'sort/1000000');
    assert.match(noisy?.words ?? '', /^cannot resolve below \d+ %$/);
    assert.match(rows.find(({ benchmark: id }) => id === 'parse/small')?.words ?? '', /^stable, resolves [\d.]+ %$/);
  });

  it('shows runs that are not judged yet', () => {
    const [row] = overviewOf(
      points.map((point) => ({ point, judged: undefined })),
      'main',
    );
    assert.deepEqual([row?.verdict, row?.words, row?.change], [null, '', null]);
  });

  it('counts how many runs are collected', () => {
    const few = judged(history(Array.from({ length: 3 }, (_, seed) => steady(1000, seed))));
    assert.equal(overviewOf(few, 'main')[0]?.words, 'collecting, 3 of 8');
  });

  it('prefers the default branch to other branches, and other machines to this computer', () => {
    const on = (change: Partial<Point>, run: number) =>
      history([steady(1000, run)], {}, run).map((point) => ({ ...point, ...change }));
    const all = [
      ...on({ branch: 'main', runner: 'ci' }, 1),
      ...on({ branch: 'feature', runner: 'ci' }, 2),
      ...on({ branch: 'main', runner: localRunner }, 3),
    ];
    assert.equal(overviewOf(judged(all), 'main')[0]?.where, 'main · ci · 1.90');
    assert.equal(overviewOf(judged(all.slice(1)), 'main')[0]?.where, 'feature · ci · 1.90');
    assert.equal(overviewOf(judged(all.slice(2)), 'main')[0]?.where, `main · ${localRunner} · 1.90`);
  });
});

describe('one benchmark', () => {
  it('keeps runs of other machines apart', () => {
    const { series } = benchmark('parse/large');
    assert.equal(series.length, 2);
    assert.deepEqual(
      series.map(({ main, value }) => [main, value.length]),
      [
        [true, 57],
        [false, 3],
      ],
    );
    assert.match(series[1]?.runner ?? '', /Intel/);
  });

  it('marks a change where it began, not where it was seen', () => {
    const [main] = benchmark('parse/large').series;
    assert.equal(main?.changes.length, 1);
    const [change] = main.changes;
    assert.ok(change && Math.abs(Number(main.runs[change.index]) - 9_000_054_000) <= 1000);
    assert.equal(change.verdict, 'regression');
    assert.equal(verdicts[main.verdicts.at(-1) ?? 0], 'regression');
  });

  it('has a band of what is normal as soon as it is judged', () => {
    const [main] = benchmark('parse/small').series;
    assert.ok(main && Number.isNaN(main.normalLow[0]) && Number.isNaN(main.change[0]));
    const last = main.value.length - 1;
    const [low = NaN, value = NaN, high = NaN] = [main.normalLow[last], main.value[last], main.normalHigh[last]];
    assert.ok(low < value && value < high);
  });

  it('is a message as it is', () => {
    const message = { type: 'benchmark', benchmark: benchmark('parse/large') };
    assert.deepEqual(receive(toPanelSchema, message), { ok: true, message });
  });
});

describe('runs to compare', () => {
  const here = history([steady(1000, 1)], {}, 2e12).map((point) => ({
    ...point,
    runner: localRunner,
    toolchain: undefined,
  }));
  const before = history([steady(800, 2)], {}, 1e12).map((point) => ({
    ...point,
    runner: localRunner,
    toolchain: undefined,
  }));

  it('are the newest first, the working copy in front', () => {
    const choices = choicesOf([...history([steady(900, 3), steady(900, 4)]), ...here], new Map([['main', before]]));
    assert.deepEqual(
      choices.map(({ label }) => label),
      ['Working copy, on this computer', 'Saved baseline "main", on this computer', 'c2 · linux', 'c1 · linux'],
    );
    assert.equal(counterpart(choices, 'main'), 'baseline main');
  });

  it('are compared in numbers on one machine, and in words otherwise', () => {
    const choices = choicesOf([...history([steady(900, 3)]), ...here], new Map([['main', before]]));
    const [same] = compared(choices, 'baseline main', localRunner) ?? [];
    assert.ok(same && Math.abs((same.change ?? 0) - 0.25) < 0.01);
    const [other] = compared(choices, choices[2]?.id ?? '', localRunner) ?? [];
    assert.deepEqual([other?.change, (other?.obstacle ?? '').includes('different machines')], [null, true]);
    assert.equal(compared(choices, 'gone', localRunner), undefined);
  });

  it('have one run for each attempt, and all that was measured here in one', () => {
    const twice = [...history([steady(1, 1)]), ...history([steady(1, 2)], { attempt: 2 })];
    assert.equal(runsOf(twice).length, 2);
    assert.equal(runsOf([...before, ...here]).length, 1);
  });
});

describe('packages of benchmarks', () => {
  it('are filled in where only one has a benchmark of that name', () => {
    const [known] = history([steady(1, 1)], { package: 'a' });
    const [unknown] = history([steady(1, 2)], {}, 2);
    const [other] = history([steady(1, 3)], { package: 'b' }, 3);
    assert.ok(known && unknown && other);
    assert.equal(withPackages([known, unknown])[1]?.package, 'a');
    assert.equal(withPackages([known, unknown, other])[1]?.package, undefined);
  });
});
