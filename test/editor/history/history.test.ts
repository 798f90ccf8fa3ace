import assert from 'node:assert/strict';
import { commands, EventEmitter, TabInputWebview, Uri, window, workspace } from 'vscode';
import type { CodeLens, Webview, WebviewPanel } from 'vscode';
import { readBaselines } from '../../../src/core/history/baselines.js';
import type { ToPanel } from '../../../src/core/history/panel/messages.js';
import { acceptChange } from '../../../src/editor/history/baselines.js';
import { Delivery } from '../../../src/editor/history/delivery.js';
import { History } from '../../../src/editor/history/history.js';
import { KeptHistory } from '../../../src/editor/history/kept.js';
import { benchmarkRows } from '../../../src/editor/history/rows.js';
import { LocalSource } from '../../../src/editor/history/local-source.js';
import { HistoryPanel, wishOf } from '../../../src/editor/history/panel.js';
import type { GitHub } from '../../../src/editor/github/github.js';
import type { Found } from '../../../src/editor/history/source.js';
import { eventually } from '../eventually.js';
import { history as generated, steady } from '../../unit/history/histories.js';

const never = new AbortController().signal;
const nothing = () => Promise.resolve([]);
const [folder] = workspace.workspaceFolders ?? [];
const nobody: GitHub = {
  current: undefined,
  finding: { kind: 'noRepository' },
  onDidChange: new EventEmitter<void>().event,
  open: () => Promise.resolve(undefined),
};

describe('the benchmark history', () => {
  let root: Uri;
  before(() => {
    assert.ok(folder);
  });
  beforeEach(async () => {
    assert.ok(folder);
    root = Uri.joinPath(folder.uri, `history-${Math.random().toString(36).slice(2)}`);
    await write('Cargo.toml', '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2021"\n');
  });
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(root, { recursive: true });
  });

  const write = (path: string, text: string) =>
    workspace.fs.writeFile(Uri.joinPath(root, path), new TextEncoder().encode(text));
  const estimates = (value: number) =>
    JSON.stringify({ mean: { point_estimate: value }, std_dev: { point_estimate: 1 } });
  const bench = async (id: string, value: number, baseline = 'new') => {
    const path = `target/criterion/${id}/${baseline}`;
    await write(`${path}/estimates.json`, estimates(value));
    await write(`${path}/benchmark.json`, JSON.stringify({ full_id: id }));
  };

  describe('of the working copy', () => {
    it('is what cargo bench left, with the baselines that were saved', async () => {
      await bench('parse', 100);
      await bench('parse', 80, 'main');
      const source = new LocalSource(root, () => Promise.resolve('feature'));
      const found: Found[] = [];
      for await (const each of source.load(never, () => undefined)) found.push(each);
      const [point] = found[0]?.points ?? [];
      assert.deepEqual([point?.benchmark, point?.measurement.value, point?.branch], ['parse', 100, 'feature']);
      assert.equal(source.baselines.get('main')?.[0]?.measurement.value, 80);
    });

    it('stands below the gate, one row a benchmark that leads to its history', async () => {
      const storage = Uri.joinPath(root, '.kept');
      const history = new History(root, storage);
      try {
        assert.match((await benchmarkRows(history))[0]?.label ?? '', /None has been measured/);
        await bench('parse', 100);
        await history.reload();
        await eventually('the row is there', async () => {
          const [row] = await benchmarkRows(history);
          return row?.label === 'parse' && row.description?.startsWith('100.0 ns') === true;
        });
        const [row] = await benchmarkRows(history);
        assert.deepEqual(row?.command?.arguments, [{ tab: 'benchmarks', benchmark: 'parse' }]);
      } finally {
        history.dispose();
      }
    });

    it('names the file that cannot be read, and keeps the others', async () => {
      await bench('good', 100);
      await write('target/criterion/bad/new/estimates.json', '{"mean":');
      const source = new LocalSource(root, () => Promise.resolve(undefined));
      const found: Found[] = [];
      for await (const each of source.load(never, () => undefined)) found.push(each);
      assert.deepEqual(
        found[0]?.points.map(({ benchmark }) => benchmark),
        ['good'],
      );
      assert.match(found[0].problems[0] ?? '', /criterion\/bad\/new\/estimates\.json/);
    });
  });

  describe('that was seen once', () => {
    const points = generated([steady(1000, 1), steady(1000, 2)]);

    it('is kept, whoever else writes at the same time', async () => {
      const storage = Uri.joinPath(root, 'storage');
      const [one, other] = [new KeptHistory(storage, root), new KeptHistory(storage, root)];
      assert.deepEqual(await one.read(), []);
      await one.write(points.slice(0, 1));
      // This window has not seen what that one wrote.
      await other.write(points.slice(1));
      const all = await new KeptHistory(storage, root).read();
      assert.deepEqual(
        all.map(({ run }) => run),
        [1, 2],
      );
    });

    it('outlives the files it came from', async () => {
      const storage = Uri.joinPath(root, 'storage');
      await bench('parse', 100);
      const first = new History(root, storage);
      await first.load(nothing, never, () => undefined);
      assert.equal(first.points.length, 1);
      await workspace.fs.delete(Uri.joinPath(root, 'target'), { recursive: true });
      const second = new History(root, storage);
      await second.load(nothing, never, () => undefined);
      assert.deepEqual(
        second.points.map(({ benchmark }) => benchmark),
        ['parse'],
      );
      first.dispose();
      second.dispose();
    });

    it('is judged, and a source that fails does not stop the others', async () => {
      const history = new History(root, Uri.joinPath(root, 'storage'));
      const failing = {
        async *load(): AsyncIterable<Found> {
          await Promise.reject(new Error('GitHub is away.'));
        },
      };
      const many = generated(Array.from({ length: 12 }, (_, seed) => steady(1000, seed)));
      const good = {
        async *load(): AsyncIterable<Found> {
          yield await Promise.resolve({ points: many, problems: [] });
        },
      };
      await history.load(
        () => Promise.resolve([failing, good]),
        never,
        () => undefined,
      );
      assert.deepEqual(
        history.problems.map(({ text }) => text),
        ['GitHub is away.'],
      );
      assert.equal(history.runs.at(-1)?.judged?.finding.verdict, 'stable');
      history.dispose();
    });
  });

  it('has accepted changes in the repository, one undo away', async () => {
    assert.ok(await acceptChange(root, { benchmark: 'parse', run: 7, reason: 'Checks more' }));
    assert.ok(await acceptChange(root, { benchmark: 'sort', commit: 'abcdef0' }));
    const uri = Uri.joinPath(root, '.github/rust-ci-baselines.json');
    const text = async () => new TextDecoder().decode(await workspace.fs.readFile(uri));
    const accepted = readBaselines('baselines', await text());
    assert.deepEqual(
      accepted.map(({ benchmark }) => benchmark),
      ['parse', 'sort'],
    );
    await workspace.fs.writeFile(uri, new TextEncoder().encode('{ broken'));
    await eventually(
      'the editor has seen it',
      async () => (await workspace.openTextDocument(uri)).getText() === '{ broken',
    );
    assert.equal(await acceptChange(root, { benchmark: 'third', run: 9 }), false);
    assert.equal(await text(), '{ broken');
  });

  it('stands over benchmarks in the code', async () => {
    assert.ok(folder);
    const criterion = Uri.joinPath(folder.uri, 'target/criterion/lens/new');
    await workspace.fs.writeFile(Uri.joinPath(criterion, 'estimates.json'), new TextEncoder().encode(estimates(5000)));
    const benchmark = JSON.stringify({ full_id: 'over/the code' });
    await workspace.fs.writeFile(Uri.joinPath(criterion, 'benchmark.json'), new TextEncoder().encode(benchmark));
    await write('benches/b.rs', 'fn b(c: &mut Criterion) {\n    c.bench_function("over/the code", f);\n}\n');
    const uri = Uri.joinPath(root, 'benches/b.rs');
    await workspace.openTextDocument(uri);
    try {
      await eventually('there is a lens', async () => {
        const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
        return lenses.some(
          ({ command, range }) => range.start.line === 1 && command?.title.startsWith('5.000 µs · collecting, 1 of 8'),
        );
      });
    } finally {
      await workspace.fs.delete(Uri.joinPath(folder.uri, 'target/criterion/lens'), { recursive: true });
    }
  });
});

describe('the history panel', () => {
  const panels = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('rustCi.history'));
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens once, however often and with whatever it is asked for', async () => {
    await Promise.all([
      commands.executeCommand('rustCi.showHistory'),
      commands.executeCommand('rustCi.showHistory', { tab: 7 }),
    ]);
    await commands.executeCommand('rustCi.compareBenchmarks');
    await eventually('one panel is open', () => panels().length === 1);
  });

  it('opens again after it was closed', async () => {
    await commands.executeCommand('rustCi.showHistory');
    await eventually('a panel is open', () => panels().length === 1);
    await window.tabGroups.close(panels());
    await eventually('none is', () => panels().length === 0);
    await commands.executeCommand('rustCi.showHistory', { tab: 'releases' });
    await eventually('one is again', () => panels().length === 1);
  });

  it('takes wishes, and nothing else for one', () => {
    assert.deepEqual(wishOf({ tab: 'releases' }), { tab: 'releases' });
    assert.deepEqual(wishOf({ benchmark: 'parse' }), { benchmark: 'parse' });
    assert.deepEqual(wishOf({ tab: 'elsewhere' }), {});
    assert.deepEqual(wishOf(Uri.file('/a')), {});
  });

  describe('and its page', () => {
    let posted: ToPanel[];
    let received: EventEmitter<unknown>;
    let panel: HistoryPanel;
    let history: History;
    let html: string;
    let storage: Uri;

    beforeEach(() => {
      assert.ok(folder);
      posted = [];
      received = new EventEmitter();
      storage = Uri.joinPath(folder.uri, `storage-${Math.random().toString(36).slice(2)}`);
      history = new History(folder.uri, storage);
      const webview = {
        cspSource: 'https://csp.test',
        asWebviewUri: (uri: Uri) => uri,
        onDidReceiveMessage: received.event,
        postMessage: (message: ToPanel) => {
          posted.push(message);
          return Promise.resolve(true);
        },
        set html(text: string) {
          html = text;
        },
      } as unknown as Webview;
      const fake = {
        webview,
        title: 'Rust CI: History',
        visible: true,
        reveal: () => undefined,
        onDidDispose: new EventEmitter<void>().event,
        onDidChangeViewState: new EventEmitter().event,
      } as unknown as WebviewPanel;
      const around = {
        extension: folder.uri,
        history,
        github: nobody,
        delivery: new Delivery(nobody),
        sources: () => Promise.resolve([]),
      };
      panel = new HistoryPanel(fake, around, () => undefined);
    });
    afterEach(async () => {
      panel.dispose();
      history.dispose();
      await workspace.fs.delete(storage, { recursive: true }).then(undefined, () => undefined);
    });

    it('allows nothing but our script and our style', () => {
      assert.match(html, /default-src 'none'; style-src https:\/\/csp\.test; script-src 'nonce-(\w{24,})'/);
      const nonce = /nonce-(\w+)/.exec(html)?.[1];
      assert.equal([...html.matchAll(/<script\b[^>]*>/g)].length, 1);
      assert.ok(html.includes(`<script nonce="${nonce ?? '-'}" src=`));
      assert.ok(!/<style|style=|onclick|unsafe/.test(html));
    });

    it('is told nothing before it is ready', () => {
      panel.reveal({});
      assert.deepEqual(posted, []);
    });

    it('is told what there is once it is ready', async () => {
      received.fire({ type: 'ready' });
      await eventually('all is told', () => posted.some((message) => message.type === 'overview' && message.complete));
      assert.ok(posted.some(({ type }) => type === 'progress'));
      const last = posted.findLast((message) => message.type === 'progress' && message.tab === 'benchmarks');
      await eventually(
        'progress has ended',
        () =>
          posted.findLast((message) => message.type === 'progress' && message.tab === 'benchmarks') !== last ||
          (last?.type === 'progress' && last.text === null),
      );
      assert.ok(posted.some((message) => message.type === 'releases' && message.timeline !== null));
    });

    it('is not obeyed when it speaks nonsense', async () => {
      const before = window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
      for (const message of [
        null,
        'ready',
        { type: 'openRun', run: 'javascript:alert(1)' },
        { type: 'export', format: 'exe', name: '../../x', content: '' },
        { type: 'action', action: 'workbench.action.quit' },
        { type: 'accept', key: 7 },
      ]) {
        received.fire(message);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(posted, []);
      assert.equal(window.tabGroups.all.flatMap(({ tabs }) => tabs).length, before);
    });

    it('answers what is not there with nothing', async () => {
      received.fire({ type: 'ready' });
      await eventually('all is told', () => posted.some((message) => message.type === 'overview' && message.complete));
      const count = posted.length;
      received.fire({ type: 'select', key: 'gone' });
      received.fire({ type: 'compare', from: 'gone', to: 'gone' });
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.ok(posted.slice(count).every(({ type }) => type !== 'benchmark' && type !== 'comparison'));
    });
  });
});
