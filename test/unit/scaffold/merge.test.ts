import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeThreeWays, mergeTwoWays, sameButPins } from '../../../src/core/scaffold/merge.js';
import { sha } from './sample-templates.js';

const uses = (digit: string, version: string) => `      - uses: a/b@${sha(digit)} # v${version}`;

describe('mergeThreeWays', function () {
  this.timeout(30_000);

  it('puts changes in different places together', () => {
    const merged = mergeThreeWays('a\nb\nc\nd\ne\n', 'a\nB\nc\nd\ne\n', 'a\nb\nc\nd\nE\nf\n', 'markers');
    assert.deepEqual(merged, { text: 'a\nB\nc\nd\nE\nf\n', conflicts: 0 });
  });

  it('takes the same change on both sides once', () => {
    assert.deepEqual(mergeThreeWays('a\nb\n', 'a\nx\n', 'a\nx\n', 'markers'), { text: 'a\nx\n', conflicts: 0 });
  });

  it('tells a blank line from no line', () => {
    assert.equal(mergeThreeWays('a\nb', 'a', 'a\n', 'markers').conflicts, 1);
  });

  it('shows a conflict with all three texts, or lets one side win there and only there', () => {
    const [base, yours, theirs] = ['a\nb\nc\nd\ne\n', 'a\nB\nc\nd\nE\n', 'a\nx\nc\nd\ne\n'];
    assert.deepEqual(mergeThreeWays(base, yours, theirs, 'markers'), {
      text: 'a\n<<<<<<< yours\nB\n||||||| as it was generated\nb\n=======\nx\n>>>>>>> template\nc\nd\nE\n',
      conflicts: 1,
    });
    assert.equal(mergeThreeWays(base, yours, theirs, 'yours').text, 'a\nB\nc\nd\nE\n');
    assert.equal(mergeThreeWays(base, yours, theirs, 'theirs').text, 'a\nx\nc\nd\nE\n');
  });

  it('keeps a pin that moved forward beside an edit and a newer template', () => {
    const base = `x\n${uses('1', '7.0.1')}\ny\nz\n`;
    const yours = `x\n${uses('3', '8.0.0')}\ny\nz\nmine\n`;
    const theirs = `X\n${uses('2', '7.1.0')}\ny\nz\n`;
    assert.deepEqual(mergeThreeWays(base, yours, theirs, 'markers'), {
      text: `X\n${uses('3', '8.0.0')}\ny\nz\nmine\n`,
      conflicts: 0,
    });
  });

  it('keeps different pins of one action apart', () => {
    const base = `${uses('1', '7.0.1')}\nx\n${uses('1', '7.0.1')}\ny\n`;
    const yours = `${uses('3', '6.0.0')}\nx\n${uses('4', '8.0.0')}\ny\n`;
    const theirs = `${uses('2', '7.1.0')}\nx\n${uses('2', '7.1.0')}\nY\n`;
    assert.equal(
      mergeThreeWays(base, yours, theirs, 'markers').text,
      `${uses('3', '6.0.0')}\nx\n${uses('4', '8.0.0')}\nY\n`,
    );
  });

  it('gives lines that are new in the template the pin that the file already has', () => {
    const base = `${uses('1', '7.0.1')}\nx\ny\n`;
    const yours = `${uses('3', '8.0.0')}\nx\ny\n`;
    const theirs = `${uses('1', '7.0.1')}\nx\ny\n${uses('1', '7.0.1')}\n`;
    assert.equal(
      mergeThreeWays(base, yours, theirs, 'markers').text,
      `${uses('3', '8.0.0')}\nx\ny\n${uses('3', '8.0.0')}\n`,
    );
  });

  const word = fc.constantFrom('a', 'b', 'c', 'd', '', uses('1', '1.0.0'), uses('2', '2.0.0'), '__proto__');
  const text = fc.array(word, { maxLength: 12 }).map((lines) => lines.join('\n'));

  it('property: no line that the user added is lost, whatever the template does', () => {
    const edit = fc.record({ at: fc.nat(12), line: fc.uuid(), drop: fc.boolean() });
    fc.assert(
      fc.property(text, text, fc.array(edit, { maxLength: 5 }), (base, theirs, edits) => {
        const lines = base.split('\n');
        for (const { at, line, drop } of edits) lines.splice(at, drop ? 1 : 0, line);
        const yours = lines.join('\n');
        const own = edits.map(({ line }) => line).filter((line) => lines.includes(line));
        for (const preference of ['markers', 'yours'] as const) {
          const merged = mergeThreeWays(base, yours, theirs, preference).text.split('\n');
          assert(own.every((line) => merged.includes(line)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('property: nothing of either side is lost when a conflict is marked', () => {
    const fresh = fc.array(fc.oneof(word, fc.uuid()), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fresh, fresh, (base, yours, theirs) => {
        const merged = mergeThreeWays(base, yours, theirs, 'markers').text.split('\n');
        const then = base.split('\n');
        for (const side of [yours, theirs]) {
          const added = side.split('\n').filter((line) => !line.includes('uses:') && !then.includes(line));
          assert(added.every((line) => merged.includes(line)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('property: an unchanged side changes nothing', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        assert.deepEqual(mergeThreeWays(base, other, base, 'markers'), { text: other, conflicts: 0 });
        const taken = mergeThreeWays(base, base, other, 'markers');
        assert.equal(taken.conflicts, 0);
        assert(sameButPins(taken.text, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('property: whoever moves a pin forward keeps it at least there', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
    const line = (v: number[]) => `- uses: a/b@${v.join('').padEnd(40, '0')} # v${v.join('.')}`;
    const order = (v: number[]) => (v[0] ?? 0) * 100 + (v[1] ?? 0) * 10 + (v[2] ?? 0);
    fc.assert(
      fc.property(version, version, version, fc.boolean(), (base, yours, theirs, edited) => {
        fc.pre(order(yours) >= order(base));
        const mine = edited ? '\nx\nmine' : '\nx';
        const merged = mergeThreeWays(`${line(base)}\nx`, `${line(yours)}${mine}`, `${line(theirs)}\nx`, 'markers');
        const expected = order(yours) === order(base) || order(theirs) > order(yours) ? theirs : yours;
        assert.deepEqual(merged, { text: `${line(expected)}${mine}`, conflicts: 0 });
      }),
    );
  });
});

describe('mergeTwoWays', function () {
  this.timeout(30_000);

  it('marks every difference but pins', () => {
    assert.deepEqual(mergeTwoWays(`a\n${uses('1', '1.0.0')}\nb\n`, `a\n${uses('2', '2.0.0')}\nB\n`, 'markers'), {
      text: `a\n${uses('2', '2.0.0')}\n<<<<<<< yours\nb\n=======\nB\n>>>>>>> template\n`,
      conflicts: 1,
    });
  });

  it('property: gives each side back', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (yours, theirs) => {
        assert.equal(mergeTwoWays(yours, theirs, 'yours').text, yours);
        assert.equal(mergeTwoWays(yours, theirs, 'theirs').text, theirs);
        assert.equal(mergeTwoWays(yours, theirs, 'markers').conflicts === 0, yours === theirs);
      }),
    );
  });
});
