import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { removeFolders, folderWith, run } from '../cli/command-line.js';
import { measured, steady, type Run } from './histories.js';

const lines = (runs: readonly Run[], change: Record<string, unknown> = {}, first = 1) =>
  runs
    .map((times, index) => {
      const number = first + index;
      const where = { commit: number.toString(16).padStart(40, '0'), run: number, runner: 'linux', toolchain: '1.90' };
      return `${JSON.stringify({ benchmark: 'parse', ...where, iters: times.map(() => 1), times, ...change })}\n`;
    })
    .join('');
const runs = (value: number, count: number) => Array.from({ length: count }, (_, index) => steady(value, index));
const rows = (text: string) => text.split('\n').map((row) => row.split(/\s{2,}/));

describe('rust-ci benchmarks', function () {
  this.timeout(30_000);
  after(removeFolders);

  it('prints where each benchmark is, the worst first, and what changed', () => {
    const folder = folderWith({
      'history.jsonl':
        lines(runs(1500, 20), { benchmark: 'stable' }) +
        lines([...runs(250_000, 20), ...runs(265_250, 3)]) +
        lines(runs(3, 5), { benchmark: 'new', unit: 'cycles' }, 16),
    });
    const { code, out, err } = run(folder, ['benchmarks', 'history.jsonl']);
    assert.equal(err, '');
    assert.equal(code, 1, 'one is slower');
    assert.deepEqual(rows(out).slice(0, 4), [
      ['benchmark', 'runs', 'time', 'change', 'resolves', 'verdict', 'since'],
      ['parse', '23', '265.0 µs', '+6.1 %', '1.3 %', 'confirmed regression', '0000000'],
      ['stable', '20', '1.499 µs', '+0.0 %', '1.3 %', 'stable'],
      ['new', '5', '2.997 cycles', 'collecting (5 of 8)'],
    ]);
    assert.match(
      out,
      /Changes, oldest first:\n {2}confirmed regression of parse in run 2[23]: \+6\.1 %, .* confirmed in [23] runs since 0000000/,
    );
  });

  it('prints one JSON object per line of the history, in run order', () => {
    const [first, ...rest] = lines(measured('mix', 'identical')).trim().split('\n');
    const folder = folderWith({ 'history.jsonl': [...rest, first].join('\n') });
    const { code, out } = run(folder, ['benchmarks', 'history.jsonl', '--json']);
    assert.equal(code, 0);
    const verdicts = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(
      verdicts.map(({ run: number }) => number),
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    const schema = JSON.parse(readFileSync('schema/benchmark-verdicts.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: false }).compile(schema);
    assert.ok(validate(verdicts), JSON.stringify(validate.errors));
    assert.deepEqual(Object.keys(verdicts[59] ?? {}), [
      ...['benchmark', 'package', 'run', 'attempt', 'commit', 'branch', 'runner', 'toolchain', 'value', 'typical'],
      ...['unit', 'verdict', 'change', 'deviations', 'resolvable', 'reason', 'history'],
    ]);
    assert.equal(verdicts[59]?.['verdict'], 'stable');
  });

  it('says which lines are bad and judges the others', () => {
    const folder = folderWith({ 'history.jsonl': `${lines(runs(100, 9))}{"benchmark": "parse"}\nnonsense\n` });
    const { code, out, err } = run(folder, ['benchmarks', 'history.jsonl']);
    assert.equal(code, 1);
    assert.match(out, /^parse +9 .*stable$/m);
    assert.match(
      err,
      /^history\.jsonl:10:1: "run" is not valid: .*\nhistory\.jsonl:11:1: This is not valid JSON: .*\n$/,
    );
  });

  it('reads standard input where "-" stands for the file', () => {
    const { code, out, err } = run(folderWith(), ['benchmarks', '-'], { input: lines(runs(100, 9)) });
    assert.equal(code, 0, err);
    assert.match(out, /^parse +9 .*stable$/m);
  });

  it('shows a benchmark on its newest toolchain, and counts what ended', () => {
    const folder = folderWith({
      'history.jsonl': lines(runs(100, 10)) + lines(runs(200, 10), { toolchain: '1.91' }, 11),
    });
    const { code, out } = run(folder, ['benchmarks', 'history.jsonl']);
    assert.equal(code, 0, 'another toolchain is no regression');
    assert.match(out, /^parse +10 +199\.\d ns +\+0\.0 % .*stable$/m);
    assert.match(out, /Not shown: 1 series of other runner classes, toolchains or branches/);
  });

  it('takes accepted changes from the repository or from a file', () => {
    const baselines = JSON.stringify({ schema: 1, accepted: [{ benchmark: 'parse', run: 21 }] });
    const history = lines([...runs(100, 20), ...runs(120, 5)]);
    const there = folderWith({ 'history.jsonl': history, '.github/rust-ci-baselines.json': baselines });
    assert.equal(run(there, ['benchmarks', 'history.jsonl']).code, 0);
    const named = folderWith({ 'history.jsonl': history, 'accepted.json': baselines });
    assert.equal(run(named, ['benchmarks', 'history.jsonl']).code, 1);
    assert.equal(run(named, ['benchmarks', 'history.jsonl', '--baselines', 'accepted.json']).code, 0);
    const broken = folderWith({ 'history.jsonl': history, 'accepted.json': '{"schema": 1}' });
    const { code, err } = run(broken, ['benchmarks', 'history.jsonl', '--baselines=accepted.json']);
    assert.equal(code, 2);
    assert.match(err, /accepted\.json:1:1: "accepted" is not valid/);
  });

  it('ends with 2 where there is nothing to judge', () => {
    const folder = folderWith({ 'bad.jsonl': 'nonsense\n', 'empty.jsonl': '' });
    for (const [args, message] of [
      [[], /Which history\?/],
      [['a', 'b'], /One history at a time/],
      [['empty.jsonl', '--jsn'], /jsn/],
      [['missing.jsonl'], /missing\.jsonl cannot be read/],
      [['empty.jsonl', '--baselines', 'missing.json'], /missing\.json cannot be read/],
      [['bad.jsonl'], /No line of bad\.jsonl could be read/],
    ] as const) {
      const { code, out, err } = run(folder, ['benchmarks', ...args]);
      assert.equal(code, 2, err);
      assert.equal(out, '');
      assert.match(err, message);
    }
    assert.deepEqual(run(folder, ['benchmarks', 'empty.jsonl']), {
      code: 0,
      out: 'There is no run in this history yet.\n',
      err: '',
    });
    assert.deepEqual(run(folder, ['benchmarks', 'empty.jsonl', '--json']).out, '[]\n');
  });
});
