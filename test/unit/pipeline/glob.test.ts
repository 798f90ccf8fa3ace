import assert from 'node:assert/strict';
import { globExpression, isGlob } from '../../../src/core/pipeline/glob.js';
import { dirname, isWithin, join } from '../../../src/core/pipeline/path.js';

describe('globExpression', () => {
  const cases: [pattern: string, path: string, matches: boolean][] = [
    ['crates/*', 'crates/a', true],
    ['crates/*', 'crates/a/b', false],
    ['crates/*', 'crates', false],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['a?', 'ab', true],
    ['a?', 'a/', false],
    ['a/**', 'a/b/c', true],
    ['**/x', 'x', true],
    ['**/x', 'a/b/x', true],
    ['**/x', 'a/bx', false],
    ['v[0-9]', 'v7', true],
    ['v[!0-9]', 'v7', false],
    ['v[!0-9]', 'vx', true],
    ['a.b*', 'axb', false],
    ['a+(b)*', 'a+(b)c', true],
  ];
  for (const [pattern, path, matches] of cases) {
    it(`${pattern} ${matches ? 'takes' : 'leaves'} ${path}`, () => {
      assert.equal(globExpression(pattern).test(path), matches);
    });
  }

  it('is told from a path', () => {
    assert.deepEqual(['a/b', 'a/*', 'a?', '[a]'].map(isGlob), [false, true, true, true]);
  });
});

describe('paths', () => {
  it('join without leaving the repository', () => {
    assert.equal(join('a/b', '../c'), 'a/c');
    assert.equal(join('.', './x/'), 'x');
    assert.equal(join('a', '..'), '.');
    assert.equal(join('a', '../../b'), undefined);
    assert.equal(join('a', 'b\\c'), 'a/b/c');
  });

  it('know what holds them', () => {
    assert.deepEqual([dirname('a/b/c'), dirname('a')], ['a/b', '.']);
    assert.deepEqual(
      [isWithin('ab', 'a'), isWithin('a/b', 'a'), isWithin('a', 'a'), isWithin('x', '.')],
      [false, true, true, true],
    );
  });
});
