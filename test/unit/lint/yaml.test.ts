import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContentMap } from '../../../src/core/lint/yaml/content-map';
import { readWithLibrary } from '../../../src/core/lint/yaml/library-reader';
import type { Node, ScalarNode } from '../../../src/core/lint/yaml/node';
import { readQuickly } from '../../../src/core/lint/yaml/quick-reader';
import { readYaml } from '../../../src/core/lint/yaml/read';
import { brokenFiles, samples } from './samples';

/** A node as plain data. */
function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  const { kind, start, end } = node;
  if (node.kind === 'scalar') return { start, end, value: node.value, text: node.text, style: node.style };
  if (node.kind === 'seq') return { kind, start, end, flow: node.flow, items: node.items.map(plain) };
  const entries = node.entries.map((entry) => ({
    start: entry.start,
    end: entry.end,
    key: plain(entry.key),
    value: plain(entry.value),
  }));
  return { kind, start, end, flow: node.flow, entries };
}

function scalarsOf(node: Node | undefined): ScalarNode[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'seq') return node.items.flatMap(scalarsOf);
  return node.entries.flatMap(({ key, value }) => [key, ...scalarsOf(value)]);
}

describe('the YAML readers', function () {
  this.timeout(60_000);

  it('read everything of the samples but anchors quickly', () => {
    for (const [path, text] of samples) assert.equal(readQuickly(text) === undefined, path.includes('anchors'), path);
  });

  it('read the same, and what is wrong is left to the library', () => {
    fc.assert(
      fc.property(brokenFiles, ({ text }) => {
        const quick = readQuickly(text);
        if (quick === undefined) return;
        const complete = readWithLibrary(text);
        assert.deepEqual(complete.problems, []);
        assert.deepEqual(plain(quick.root), plain(complete.root));
      }),
      { numRuns: 1500 },
    );
  });

  it('read values as YAML 1.2 means them', () => {
    const value = (text: string) => {
      const { root } = readYaml(`key: ${text}\n`);
      const node = root?.kind === 'map' ? root.get('key') : undefined;
      return node?.kind === 'scalar' ? node.value : node?.kind;
    };
    const meant = {
      '': null,
      '~': null,
      null: null,
      true: true,
      False: false,
      yes: 'yes',
      on: 'on',
      '12': 12,
      '-3': -3,
      '0x1f': 31,
      '0o17': 15,
      '1.10': 1.1,
      '.5': 0.5,
      '1e3': 1000,
      '.inf': Infinity,
      '1.2.3': '1.2.3',
      "'12'": '12',
      '"a\\tb"': 'a\tb',
      "'it''s'": "it's",
      'a:b': 'a:b',
      'a#b': 'a#b',
      'a # b': 'a',
      '[a, b]': 'seq',
      '{a: b}': 'map',
      '|\n  two\n  lines': 'two\nlines\n',
      '|-\n  two\n  lines\n': 'two\nlines',
      '>\n  one\n  line\n\n  and\n': 'one line\nand\n',
      'over\n  two lines': 'over two lines',
    };
    for (const [text, expected] of Object.entries(meant)) assert.equal(value(text), expected, text);
  });

  it('resolve aliases to the anchored node and say what is wrong with them', () => {
    const { root, anchors, aliases } = readYaml('a: &x {b: 1}\nc: *x\nd: *y\ne: &z [*z]\n');
    assert.ok(root?.kind === 'map');
    assert.equal(root.get('c'), root.get('a'));
    assert.deepEqual(
      anchors.map(({ name }) => name),
      ['x', 'z'],
    );
    assert.deepEqual(
      aliases.map(({ name, anchor, recursive }) => [name, anchor?.name, recursive]),
      [
        ['x', 'x', false],
        ['y', undefined, false],
        ['z', 'z', true],
      ],
    );
  });

  it('give up on what is too deep or too large, without an exception', () => {
    for (const text of [
      '['.repeat(100_000),
      'a: '.repeat(50_000),
      '- '.repeat(50_000),
      `a: ${'x'.repeat(2_000_000)}`,
    ]) {
      const { problems } = readYaml(text);
      assert.ok(problems.length > 0, text.slice(0, 10));
    }
  });

  it('mark where YAML is broken, not where the reader noticed', () => {
    const marked = (text: string) => readYaml(text).problems.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(marked('a: [b, c\nd: e\n'), ['[']);
    assert.deepEqual(marked("a: 'b\nd: e\n").slice(0, 1), ["'"]);
  });
});

describe('the content map', function () {
  this.timeout(60_000);

  const characters = fc.constantFrom('a', 'b', ' ', "'", '"', '\\', '$', '{', '}', ':', '#', 'é', '😀');
  const line = fc.array(characters, { minLength: 1, maxLength: 12 }).map((list) => list.join(''));
  const written = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    style: fc.integer({ min: 0, max: 5 }),
  });

  it('finds every character of a scalar in the file', () => {
    fc.assert(
      fc.property(written, ({ lines, style }) => {
        const text = `key: ${write(lines, style)}\nnext: x\n`;
        const { root, problems } = readYaml(text);
        fc.pre(problems.length === 0 && root?.kind === 'map');
        for (const scalar of scalarsOf(root)) {
          const map = new ContentMap(text, scalar);
          for (let at = 0; at < scalar.text.length; at++) {
            const found = text.charAt(map.toFile(at));
            const wanted = scalar.text.charAt(at);
            // Folded and escaped characters are written otherwise.
            if (/\s/.test(wanted)) assert.match(found, /[\s\\]/);
            else if (found !== '\\') assert.equal(found, wanted, JSON.stringify({ text, at }));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  function write(lines: readonly string[], style: number): string {
    const flow = lines.join('\n  ');
    switch (style) {
      case 0:
        return flow;
      case 1:
        return `'${flow.replaceAll("'", "''")}'`;
      case 2:
        return `"${flow.replace(/["\\]/g, '\\$&')}"`;
      case 3:
        return `|\n  ${lines.join('\n\n  ')}`;
      case 4:
        return `>-\n\n  ${flow}`;
      default:
        return `|2\n    ${lines.join('\n  ')}`;
    }
  }
});
