import assert from 'node:assert/strict';
import { LintDocument } from '../../../src/core/lint/document';
import { applyEdits, combine } from '../../../src/core/lint/fix/apply';
import { Editor, plainIsSafe } from '../../../src/core/lint/fix/editor';
import type { TextEdit } from '../../../src/core/lint/finding';
import type { MapNode } from '../../../src/core/lint/yaml/node';
import { readYaml } from '../../../src/core/lint/yaml/read';

/** The text after an edit of its top mapping. */
function edited(text: string, edit: (editor: Editor, root: MapNode) => TextEdit): string {
  const document = new LintDocument('.github/workflows/ci.yml', text);
  const { root } = document;
  assert.ok(root !== undefined);
  const result = applyEdits(text, [edit(new Editor(text, document.lines), root)]);
  assert.deepEqual(readYaml(result).problems, [], result);
  return result;
}

const child = (root: MapNode, key: string): MapNode => {
  const map = root.map(key);
  assert.ok(map !== undefined);
  return map;
};
const entry = (map: MapNode, key: string) => {
  const found = map.entry(key);
  assert.ok(found !== undefined);
  return found;
};

describe('edits of YAML', () => {
  it('keep the quotes of a scalar', () => {
    const set = (text: string, value: string) =>
      edited(text, (editor, root) => {
        const node = root.get('a');
        assert.ok(node?.kind === 'scalar');
        return editor.setScalar(node, value);
      });
    assert.equal(set('a: b # c\n', 'd'), 'a: d # c\n');
    assert.equal(set('a: "b"\n', 'd"'), 'a: "d\\""\n');
    assert.equal(set("a: 'b'\n", "it's"), "a: 'it''s'\n");
    assert.equal(set('a: b\n', 'true'), "a: 'true'\n");
    assert.equal(set('a: b\n', 'x: y'), "a: 'x: y'\n");
  });

  it('add entries where they are wanted, indented like their neighbours', () => {
    const text = 'a:\n    x: 1 # one\n    z: |\n      script\n\n# end\nb: 2\n';
    assert.equal(
      edited(text, (editor, root) => editor.addEntry(child(root, 'a'), 'y', '2', { after: 'x' })),
      'a:\n    x: 1 # one\n    y: 2\n    z: |\n      script\n\n# end\nb: 2\n',
    );
    assert.equal(
      edited(text, (editor, root) => editor.addEntry(child(root, 'a'), 'y', '2')),
      'a:\n    x: 1 # one\n    z: |\n      script\n    y: 2\n\n# end\nb: 2\n',
    );
    assert.equal(
      edited(text, (editor, root) => editor.addEntry(child(root, 'a'), 'w', '2', { before: 'x' })),
      'a:\n    w: 2\n    x: 1 # one\n    z: |\n      script\n\n# end\nb: 2\n',
    );
  });

  it('add entries to flow mappings, empty ones too', () => {
    const add = (text: string) => edited(text, (editor, root) => editor.addEntry(child(root, 'a'), 'y', '2'));
    assert.equal(add('a: {x: 1}\n'), 'a: {x: 1, y: 2}\n');
    assert.equal(add('a: {}\n'), 'a: { y: 2 }\n');
  });

  it('add entries below a key that may be missing', () => {
    const add = (text: string) =>
      edited(text, (editor, root) => editor.addNested(root, 'with', 'b', 'false', { after: 'uses' }));
    assert.equal(add('uses: x\nname: n\n'), 'uses: x\nwith:\n  b: false\nname: n\n');
    assert.equal(add('uses: x\nwith:\n  a: 1\n'), 'uses: x\nwith:\n  a: 1\n  b: false\n');
    assert.equal(add('uses: x\nwith:\n'), 'uses: x\nwith: { b: false }\n');
    assert.equal(add('{uses: x}\n'), '{uses: x, with: { b: false }}\n');
  });

  it('keep the line breaks of the file', () => {
    const text = 'a:\r\n  x: 1\r\nb: 2\r\n';
    assert.equal(
      edited(text, (editor, root) => editor.addEntry(child(root, 'a'), 'y', '\n  n: 1')),
      'a:\r\n  x: 1\r\n  y:\r\n    n: 1\r\nb: 2\r\n',
    );
  });

  it('remove entries and items with their lines', () => {
    const remove = (text: string, key: string) =>
      edited(text, (editor, root) => editor.removeEntry(child(root, 'a'), entry(child(root, 'a'), key)));
    assert.equal(remove('a:\n  x: 1\n  y: # why\n    - z\n  w: 3\n', 'y'), 'a:\n  x: 1\n  w: 3\n');
    assert.equal(remove('a: {x: 1, y: 2}\n', 'x'), 'a: {y: 2}\n');
    assert.equal(remove('a: {x: 1, y: 2}\n', 'y'), 'a: {x: 1}\n');
    const item = (text: string, index: number) =>
      edited(text, (editor, root) => {
        const seq = root.seq('a');
        const node = seq?.items[index];
        assert.ok(seq !== undefined && node !== undefined);
        return editor.removeItem(seq, node);
      });
    assert.equal(item('a:\n  - x\n  - y # why\n  - z\n', 1), 'a:\n  - x\n  - z\n');
    assert.equal(item('a:\n  - k: v\n    l: w\n  - y\n', 0), 'a:\n  - y\n');
    assert.equal(item('a: [x, y]\n', 1), 'a: [x]\n');
  });

  it('remove the first entry of an item and keep its dash', () => {
    const text = 'a:\n  - x: 1\n    y: 2\n';
    assert.equal(
      edited(text, (editor, root) => {
        const item = root.seq('a')?.items[0];
        assert.ok(item?.kind === 'map');
        return editor.removeEntry(item, entry(item, 'x'));
      }),
      'a:\n  - y: 2\n',
    );
  });

  it('set and replace values and comments', () => {
    assert.equal(
      edited('a: 1 # one\n', (editor, root) => editor.setValue(entry(root, 'a'), '[1, 2]')),
      'a: [1, 2] # one\n',
    );
    assert.equal(
      edited('a: # one\n', (editor, root) => editor.setValue(entry(root, 'a'), '2')),
      'a: 2 # one\n',
    );
    assert.equal(
      edited('a: 1 # one\n', (editor, root) => editor.commentBehind(entry(root, 'a'), 'two')),
      'a: 1 # two\n',
    );
    assert.equal(
      edited('a: 1\n', (editor, root) => editor.commentBehind(entry(root, 'a'), 'two')),
      'a: 1 # two\n',
    );
  });

  it('quote exactly what YAML would read otherwise', () => {
    for (const text of ['a b', 'a:b', 'a#b', '-x', 'x-', "it's", '${{ a }}', 'v1.2.3', 'a, b'])
      assert.equal(plainIsSafe(text), same(text), text);
    for (const text of [
      '',
      'true',
      '1',
      '1.5',
      '~',
      '- a',
      'a: b',
      'a #b',
      '[a',
      '{a}',
      '*a',
      '&a',
      '!a',
      '|',
      "'a",
      'a:',
      ' a',
    ])
      assert.equal(plainIsSafe(text), false, text);
  });

  function same(text: string): boolean {
    const { root, problems } = readYaml(`a: ${text}\n`);
    const node = root?.kind === 'map' ? root.get('a') : undefined;
    return problems.length === 0 && node?.kind === 'scalar' && node.value === text;
  }
});

describe('several fixes at once', () => {
  const fix = (...edits: TextEdit[]) => ({ title: 'x', edits });

  it('leave out what overlaps, whole', () => {
    const edits = combine([
      fix({ start: 0, end: 2, text: 'A' }),
      fix({ start: 1, end: 3, text: 'B' }, { start: 8, end: 9, text: 'B' }),
      fix({ start: 5, end: 6, text: 'C' }),
    ]);
    assert.equal(applyEdits('0123456789', edits), 'A234C6789');
  });

  it('do the same edit once', () => {
    const insert = { start: 4, end: 4, text: '!' };
    assert.equal(applyEdits('0123456789', combine([fix(insert), fix(insert)])), '0123!456789');
  });
});
