import assert from 'node:assert/strict';
import { anchoredLine, findLine, movedLines } from '../../../src/core/problems/moved-lines.js';

describe('lines of an older version', () => {
  const before = 'one\ntwo\nthree\nfour\n';

  it('are where they were in the same text', () => {
    const moved = movedLines(before, before);
    assert.deepEqual(
      [1, 3].map((line) => moved?.(line)),
      [
        { line: 1, changed: false },
        { line: 3, changed: false },
      ],
    );
  });

  it('move with what was put in and taken out above', () => {
    const moved = movedLines(before, 'zero\none\nthree\r\nfour\n');
    assert.deepEqual(
      [1, 2, 3, 4].map((line) => moved?.(line)),
      [
        { line: 2, changed: false },
        { line: 3, changed: true },
        { line: 3, changed: false },
        { line: 4, changed: false },
      ],
    );
  });

  it('are near where they were when they are gone', () => {
    assert.deepEqual(movedLines(before, 'one')?.(4), { line: 1, changed: true });
    assert.deepEqual(movedLines(before, before)?.(99), { line: 5, changed: true });
  });

  it('are not compared when there are too many', () => {
    assert.equal(movedLines('x\n'.repeat(60_000), 'y'), undefined);
  });

  it('are found by what the log quotes, where the older version is not at hand', () => {
    const lines = ['use a;', '', 'let sum: String = a + b;', '}', '  let sum: String = a + b;'];
    assert.deepEqual(findLine(lines, 3, 'let sum: String = a + b;'), { line: 3, changed: false });
    assert.deepEqual(findLine(lines, 2, '    let sum: String = a + b;'), { line: 3, changed: false });
    assert.deepEqual(findLine(lines, 3, 'gone();'), { line: 3, changed: true });
    assert.deepEqual(findLine(lines, 1, '}'), { line: 1, changed: true });
    assert.deepEqual(findLine(lines, 2, null), { line: 2, changed: true });
  });

  it('are found by a text that they contain, whole words first', () => {
    assert.equal(anchoredLine(['netx = "1"', 'net = "1"'], 'net'), 2);
    assert.equal(anchoredLine(['  fn errs_more() {', '  fn errs() {'], 'fn errs('), 2);
    assert.equal(anchoredLine(['a'], 'b'), null);
  });
});
