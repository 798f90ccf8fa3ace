import assert from 'node:assert/strict';
import type { Row } from '../../../../src/core/history/panel/messages.js';
import {
  comparisonMarkdown,
  csv,
  fileName,
  overviewMarkdown,
  recordsCsv,
  timelineMarkdown,
} from '../../../../src/webview/history/export.js';
import { barsOf, spanText, timeDomain } from '../../../../src/webview/history/lanes.js';
import type { Span } from '../../../../src/core/history/panel/messages.js';

function row(benchmark: string, verdict: Row['verdict']): Row {
  const values = { value: 1234, typical: 1240, change: 0.061, significance: 1, spark: [1], runs: 9 };
  return {
    key: benchmark,
    benchmark,
    package: null,
    unit: 'ns',
    verdict,
    words: '',
    reason: '+6.1 % | why',
    where: '',
    ...values,
  };
}

const span: Span = {
  id: '1',
  version: '1.0.0',
  kind: 'rollback',
  state: 'live',
  from: 100,
  until: null,
  sha: null,
  digest: null,
  by: 'jo',
  reason: 'It loses data',
  runId: 7,
  waitsFor: [],
};

describe('exports', () => {
  it('quote what CSV needs quoted, and disarm formulas', () => {
    assert.equal(csv([['a,b', 'c"d', 'e\nf', 1.5, null, NaN]]), '"a,b","c""d","e\nf",1.5,,\r\n');
    assert.equal(csv([['=1+1', '@x', -5]]), "'=1+1,'@x,-5\r\n");
    assert.equal(
      recordsCsv([
        { a: 1, b: 'x' },
        { a: 2, b: null },
      ]),
      'a,b\r\n1,x\r\n2,\r\n',
    );
    assert.equal(recordsCsv([]), '');
  });

  it('sum up benchmarks in Markdown: what changed in full, the rest as numbers', () => {
    const text = overviewMarkdown([row('a|b', 'regression'), row('c', 'stable'), row('d', 'collecting')]);
    assert.equal(
      text,
      [
        '### Benchmarks',
        '',
        '3 benchmarks: 1 regression, 1 stable, 1 collecting.',
        '',
        '| benchmark | verdict | last | why |',
        '| --- | --- | ---: | --- |',
        '| `a\\|b` | regression | 1.234 µs | +6.1 % \\| why |',
        '',
      ].join('\n'),
    );
    assert.ok(!overviewMarkdown([row('c', 'stable')]).includes('| --- |'));
  });

  it('say in Markdown why something was not compared', () => {
    const compared = {
      benchmark: 'a',
      package: null,
      unit: 'ns',
      from: 100,
      to: null,
      change: null,
      obstacle: 'It is gone.',
    };
    assert.match(comparisonMarkdown('main', 'mine', [compared]), /\| `a` \| 100\.0 ns \| {2}\| It is gone\. \|/);
  });

  it('tell in Markdown what is live by a rollback, and why', () => {
    const text = timelineMarkdown({ lanes: [{ environment: 'production', spans: [span] }], releases: [], now: 1000 });
    assert.match(text, /- production: `1\.0\.0` since 1970-01-01 by rollback: It loses data/);
  });

  it('are named after what they show, harmlessly', () => {
    assert.equal(fileName('parse/json/large? input'), 'parse-json-large-input');
    assert.equal(fileName('../..'), 'benchmarks');
  });
});

describe('lanes', () => {
  const lane = {
    environment: 'production',
    spans: [
      { ...span, id: '0', version: '0.9.0', state: 'replaced' as const, from: 0, until: 500 },
      { ...span, from: 500 },
      { ...span, id: '2', state: 'failed' as const, from: 900 },
    ],
  };

  it('are as wide as versions were live; what failed is a mark', () => {
    const bars = barsOf(lane, [0, 1000], [0, 1000], 1000);
    assert.deepEqual(
      bars.map(({ x, width, labelled }) => [x, width, labelled]),
      [
        [0, 500, true],
        [500, 500, true],
        [900, 16, false],
      ],
    );
  });

  it('leave out what is out of sight, and keep the rest inside', () => {
    const bars = barsOf(lane, [600, 1000], [0, 400], 1000);
    assert.deepEqual(
      bars.map(({ span: { id } }) => id),
      ['1', '2'],
    );
    assert.ok(bars.every(({ x, width }) => x >= 0 && x + width <= 400));
  });

  it('reach from the first deployment to now', () => {
    const [from, to] = timeDomain([{ environment: 'a', spans: [{ ...span, from: 0 }] }], 1e9);
    assert.ok(from <= 0 && to > 1e9);
    assert.ok(timeDomain([], 1e9)[0] < 1e9);
  });

  it('are told in sentences', () => {
    const format = (time: number) => `t${time}`;
    assert.equal(
      spanText(span, 'production', format),
      'production: rollback to 1.0.0, live since t100 by jo: It loses data',
    );
    assert.match(
      spanText({ ...span, kind: 'deployment', state: 'waiting', waitsFor: ['maria'] }, 'p', format),
      /waits for approval since t100 \(by maria\)/,
    );
  });
});
