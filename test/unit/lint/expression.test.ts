import assert from 'node:assert/strict';
import { walk } from '../../../src/core/lint/expression/ast';
import type { Expr } from '../../../src/core/lint/expression/ast';
import { formatFault } from '../../../src/core/lint/expression/functions';
import { parseExpression } from '../../../src/core/lint/expression/parse';
import { LintDocument } from '../../../src/core/lint/document';
import { marked, summary, withSteps } from './linting';

/** The parts of an expression with the text that each covers. */
function parts(text: string): string[] {
  const { ast } = parseExpression(text);
  assert.ok(ast !== undefined, text);
  return [...walk(ast)].map((node: Expr) => `${node.kind}: ${text.slice(node.start, node.end)}`);
}

describe('parsing expressions', () => {
  it('knows where every part begins and ends', () => {
    assert.deepEqual(parts(" !(github.ref == 'it''s') && contains( env['A'], matrix.*.x[0] ) "), [
      "logical: !(github.ref == 'it''s') && contains( env['A'], matrix.*.x[0] )",
      "not: !(github.ref == 'it''s')",
      "compare: (github.ref == 'it''s')",
      'property: github.ref',
      'context: github',
      "literal: 'it''s'",
      "call: contains( env['A'], matrix.*.x[0] )",
      "property: env['A']",
      'context: env',
      'index: matrix.*.x[0]',
      'property: matrix.*.x',
      'star: matrix.*',
      'context: matrix',
      'literal: 0',
    ]);
  });

  it('reads literals', () => {
    const value = (text: string) => {
      const { ast } = parseExpression(text);
      return ast?.kind === 'literal' ? ast.value : undefined;
    };
    assert.deepEqual(['true', 'null', '1.5', '-2', '0xff', "'it''s ''x'''"].map(value), [
      true,
      null,
      1.5,
      -2,
      255,
      "it's 'x'",
    ]);
  });

  it('says where an expression is wrong', () => {
    const fault = (text: string) => {
      const { error } = parseExpression(text);
      return error === undefined ? undefined : [text.slice(error.start, error.end), error.message];
    };
    assert.deepEqual(fault(' github.ref = 1 '), ['=', 'Unexpected "=". Values are compared with "==".']);
    assert.deepEqual(fault('a == "b"'), [
      '"b"',
      'Strings in expressions are written in single quotes, not in double quotes.',
    ]);
    assert.deepEqual(fault("a == 'b"), ["'b", 'This string is not closed: a single quote is missing.']);
    assert.equal(fault('github.')?.[1], 'This expression ends too early.');
    assert.equal(fault('contains(a')?.[1], 'This expression ends too early.');
    assert.equal(fault('  ')?.[1], 'An expression is expected between "${{" and "}}".');
    assert.equal(fault('('.repeat(60))?.[1], 'This expression is nested too deeply: GitHub accepts 50 levels.');
    assert.match(fault('a'.repeat(21_001))?.[1] ?? '', /too long/);
  });
});

describe('expressions in a document', () => {
  const document = (text: string) => new LintDocument('.github/workflows/ci.yml', text);

  it('are found in every style of scalar, at their place in the file', () => {
    const text = withSteps(`- run: |
    one
      two \${{ github.sha }} and \${{ github.ref }}
  name: 'it''s \${{ github.actor }}'
  env:
    A: "\\t\\"\${{ github.job }}"
    B: >-
      folded
      lines \${{ github.run_id }}
- run: plain over
    lines \${{ github.event_name }}
  if: github.ref == 'x'`);
    const found = document(text).expressions.map(
      ({ start, end, bare }) => `${bare ? 'if: ' : ''}${text.slice(start, end)}`,
    );
    assert.deepEqual(found, [
      '${{ github.sha }}',
      '${{ github.ref }}',
      '${{ github.actor }}',
      '${{ github.job }}',
      '${{ github.run_id }}',
      '${{ github.event_name }}',
      "if: github.ref == 'x'",
    ]);
  });

  it('know their place: section, key, step and what is available there', () => {
    const [expression] = document(withSteps('- uses: a/b@v1\n  with:\n    token: ${{ secrets.TOKEN }}')).expressions;
    assert.ok(expression !== undefined);
    const { place } = expression;
    assert.deepEqual([place.section, place.key, place.step?.index, place.job?.id], ['with', 'token', 0, 'test']);
    assert.ok(place.available.contexts.has('secrets') && place.available.functions.has('hashfiles'));
  });

  it('report an expression that is not closed', () => {
    assert.deepEqual(marked(withSteps('- run: echo ${{ github.ref }'), 'expression-syntax'), ['${{']);
  });
});

describe('types in expressions', () => {
  const matrix = `strategy:
  matrix:
    os: [ubuntu-latest, windows-latest]
    version: [1, 2]
    config:
      - {name: a, flags: {fast: true}}
      - {name: b}
    include:
      - os: macos-latest
        extra: x`;
  const wrong = (expression: string, job = matrix) =>
    marked(withSteps(`- run: echo \${{ ${expression} }}`, job), 'undefined-matrix')
      .concat(marked(withSteps(`- run: echo \${{ ${expression} }}`, job), 'unknown-property'))
      .concat(marked(withSteps(`- run: echo \${{ ${expression} }}`, job), 'type-mismatch'));

  it('follow the matrix through rows, include and nested values', () => {
    for (const fine of ['matrix.os', 'matrix.extra', 'matrix.config.name', 'matrix.config.flags.fast', 'matrix.OS'])
      assert.deepEqual(wrong(fine), [], fine);
    assert.deepEqual(wrong('matrix.rust'), ['rust']);
    assert.deepEqual(wrong('matrix.config.size'), ['size']);
    assert.deepEqual(wrong('matrix.os.name'), ['name']);
    assert.deepEqual(wrong('matrix.config'), ['matrix.config']);
  });

  it('take a computed matrix as anything', () => {
    for (const computed of [
      'strategy:\n  matrix: ${{ fromJSON(github.event.x) }}',
      'strategy: ${{ fromJSON(github.event.x) }}',
      'strategy:\n  matrix:\n    include: ${{ fromJSON(github.event.x) }}',
      'strategy:\n  matrix:\n    rust: ${{ fromJSON(github.event.x) }}\n    include:\n      - ${{ fromJSON(github.event.y) }}',
    ])
      assert.deepEqual(wrong('matrix.rust.channel', computed), [], computed);
  });

  it('see the outputs of steps that ran before', () => {
    const text = withSteps(`- id: cache
  uses: actions/cache@v4
  with: {path: target, key: target}
- id: script
  run: echo
- run: echo \${{ steps.cache.outputs.cache-hit }} \${{ steps.cache.outputs.hit }}
- run: echo \${{ steps.script.outputs.anything }} \${{ steps.last.outputs.x }} \${{ steps.Script.outcome }}
- id: last
  run: echo`);
    assert.deepEqual(summary(text, 'expression'), ['11 undefined-output', '12 undefined-step']);
  });

  it('know an action behind a SHA by the version in its comment', () => {
    const text = withSteps(`- id: cache
  uses: actions/cache@0123456789012345678901234567890123456789 # v4.2.0
  with: {path: target, key: target}
- run: echo \${{ steps.cache.outputs.hit }}`);
    assert.deepEqual(marked(text, 'undefined-output'), ['hit']);
    assert.deepEqual(marked(text.replace(' # v4.2.0', ''), 'undefined-output'), []);
  });

  it('check format strings as GitHub reads them', () => {
    assert.equal(formatFault('{0} {1}', 2), undefined);
    assert.equal(formatFault('{{0}} {0:N} {0}', 1), undefined);
    assert.match(formatFault('{1}', 1) ?? '', /uses \{1\}/);
    assert.match(formatFault('{0}', 2) ?? '', /does not use \{1\}/);
    assert.match(formatFault('{a}', 1) ?? '', /single "\{"/);
    assert.match(formatFault('}', 0) ?? '', /single "\}"/);
  });
});
