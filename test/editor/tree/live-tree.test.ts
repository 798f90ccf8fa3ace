import assert from 'node:assert/strict';
import { TreeItemCollapsibleState } from 'vscode';
import { LiveTree, type Entry } from '../../../src/editor/tree/live-tree.js';
import type { Row } from '../../../src/editor/tree/row.js';

const leaf = (id: string, label = id): Row => ({ id, label });
const branch = (id: string, children: Row['children'], label = id): Row => ({ id, label, children });

/** A tree of which everything is open, and the ids of what it says has changed. */
async function opened(rows: readonly Row[]) {
  const tree = new LiveTree((error, id) => leaf(id, String(error)));
  const changes: string[] = [];
  tree.onDidChangeTreeData((entries) => {
    changes.push(...(entries ? entries.map(({ row }) => row.id) : ['everything']));
  });
  tree.update(rows);
  const entries = new Map<string, Entry>();
  const open = async (parent?: Entry): Promise<void> => {
    for (const entry of await tree.getChildren(parent)) {
      entries.set(entry.row.id, entry);
      await open(entry);
    }
  };
  await open();
  changes.length = 0;
  return { tree, changes, entries, open };
}

describe('a live tree', () => {
  it('touches nothing when nothing looks different', async () => {
    const rows = () => [branch('a', [leaf('a/1'), leaf('a/2')])];
    const { tree, changes } = await opened(rows());
    tree.update(rows());
    assert.deepEqual(changes, []);
  });

  it('touches only the row that looks different, and keeps what VS Code holds', async () => {
    const { tree, changes, entries } = await opened([branch('a', [leaf('a/1'), leaf('a/2')]), leaf('b')]);
    tree.update([branch('a', [leaf('a/1'), leaf('a/2', 'new')]), leaf('b')]);
    assert.deepEqual(changes, ['a/2']);
    const [a] = await tree.getChildren();
    assert.equal(a, entries.get('a'));
    const [, second] = await tree.getChildren(a);
    assert.equal(second, entries.get('a/2'));
    assert.ok(second);
    assert.equal(tree.getTreeItem(second).label, 'new');
    assert.equal(tree.getParent(second), a);
  });

  it('touches the parent when children come, go or change places', async () => {
    const { tree, changes } = await opened([branch('a', [leaf('1'), leaf('2')])]);
    tree.update([branch('a', [leaf('2'), leaf('1')])]);
    tree.update([branch('a', [leaf('2')])]);
    tree.update([branch('a', [leaf('2'), leaf('3')])]);
    assert.deepEqual(changes, ['a', 'a', 'a']);
  });

  it('does not name a row inside one that it names', async () => {
    const { tree, changes } = await opened([branch('a', [leaf('1', 'x')])]);
    tree.update([branch('a', [leaf('1', 'y')], 'other')]);
    assert.deepEqual(changes, ['a']);
  });

  it('renews everything only when the rows at the top are others', async () => {
    const { tree, changes } = await opened([leaf('a')]);
    tree.update([leaf('notice'), leaf('a')]);
    assert.deepEqual(changes, ['everything']);
  });

  it('loads lazy children once for each version', async () => {
    const loaded: string[] = [];
    const lazy = (version: string): Row =>
      branch('a', {
        version,
        load: () => {
          loaded.push(version);
          return Promise.resolve([leaf(`a/${version}`)]);
        },
      });
    const { tree, changes, open } = await opened([lazy('1')]);
    await open();
    tree.update([lazy('1')]);
    assert.deepEqual([loaded, changes], [['1'], []]);
    tree.update([lazy('2')]);
    await open();
    assert.deepEqual([loaded, changes], [['1', '2'], ['a']]);
  });

  it('tells in a row why children could not be had, and asks again the next time', async () => {
    let attempts = 0;
    const lazy = branch('a', {
      version: '1',
      load: () => {
        attempts++;
        return attempts === 1 ? Promise.reject(new Error('offline')) : Promise.resolve([leaf('a/1')]);
      },
    });
    const { tree, entries } = await opened([lazy]);
    assert.match(entries.get('a/problem')?.row.label ?? '', /offline/);
    const [a] = await tree.getChildren();
    assert.deepEqual(
      (await tree.getChildren(a)).map(({ row }) => row.id),
      ['a/1'],
    );
  });

  it('finds a row by its path, opening what was closed', async () => {
    const tree = new LiveTree((_, id) => leaf(id));
    tree.update([branch('a', { version: 1, load: () => Promise.resolve([branch('b', [leaf('c')])]) })]);
    assert.equal((await tree.find(['a', 'b', 'c']))?.row.id, 'c');
    assert.equal(await tree.find(['a', 'x']), undefined);
  });

  it('is open only where a row asks for it, and closed off without children', async () => {
    const { tree, entries } = await opened([
      { ...branch('a', [leaf('1')]), expanded: true },
      branch('b', [leaf('2')]),
      branch('c', []),
    ]);
    const states = ['a', 'b', 'c'].map((id) => {
      const entry = entries.get(id);
      assert.ok(entry);
      return tree.getTreeItem(entry).collapsibleState;
    });
    const { Expanded, Collapsed, None } = TreeItemCollapsibleState;
    assert.deepEqual(states, [Expanded, Collapsed, None]);
  });
});
