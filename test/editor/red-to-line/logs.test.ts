import assert from 'node:assert/strict';
import { commands, Disposable, languages, window, workspace } from 'vscode';
import type { DocumentLink, DocumentSymbol, FoldingRange } from 'vscode';
import type { Job, Run } from '../../../src/core/actions/run.js';
import { logUri } from '../../../src/editor/logs/address.js';
import { Colours } from '../../../src/editor/logs/colours.js';
import { Logs } from '../../../src/editor/logs/logs.js';
import { openLog } from '../../../src/editor/logs/open-log.js';
import { LogFolding, LogLinks, LogOutline } from '../../../src/editor/logs/providers.js';
import { RepositoryFiles } from '../../../src/editor/working-copy/repository-files.js';
import { eventually } from '../eventually.js';
import { facts, job, run } from '../../unit/gates/facts.js';
import { KnownGitHub, runnerLog, sampleCommit, sampleRoot, withStep } from './known-github.js';

const scheme = 'rust-ci-log-test';
const lines = [
  '##[group]Run cargo clippy',
  'shell: bash',
  '##[endgroup]',
  '\u001b[1m\u001b[91merror\u001b[0m\u001b[1m: unneeded return\u001b[0m',
  '  \u001b[94m--> \u001b[0msrc/lib.rs:10:5',
  'not a file: src/gone.rs:1:1',
  '##[error]Process completed with exit code 101.',
];

describe('the log of a job', () => {
  let github: KnownGitHub;
  let logs: Logs;
  let colours: Colours;
  let all: Disposable;
  let failed: Run;
  let clippy: Job;

  beforeEach(async () => {
    github = new KnownGitHub(sampleRoot());
    logs = new Logs(github, scheme);
    colours = new Colours(logs, scheme);
    const files = new RepositoryFiles();
    const selector = { scheme };
    all = Disposable.from(
      logs,
      colours,
      workspace.registerTextDocumentContentProvider(scheme, logs),
      languages.registerFoldingRangeProvider(selector, new LogFolding(logs)),
      languages.registerDocumentSymbolProvider(selector, new LogOutline(logs)),
      languages.registerDocumentLinkProvider(selector, new LogLinks(logs, files)),
    );
    failed = run('test.yml', 'failure', { sha: await sampleCommit() });
    clippy = withStep(job(failed, 'clippy', 'failure'), 'cargo clippy', lines.length);
    github.logs.set(clippy.id, runnerLog(lines));
    github.show({ current: facts({ runs: [failed], jobs: [clippy] }, failed.sha) });
  });

  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    all.dispose();
  });

  it('opens at the line that says why, without timestamps and escape sequences', async () => {
    const editor = await openLog(logs, github.current, { run: failed, job: clippy });
    assert.ok(editor);
    const text = editor.document.getText().split('\n');
    assert.match(text[0] ?? '', /^── cargo clippy ── failed/);
    assert.deepEqual(text.slice(1, 4), ['Run cargo clippy', 'shell: bash', 'error: unneeded return']);
    assert.equal(editor.document.lineAt(editor.selection.active.line).text, 'error: unneeded return');
    assert.equal(editor.document.isDirty, false);
  });

  it('is coloured in the colours of the theme', async () => {
    const editor = await openLog(logs, github.current, { run: failed, job: clippy });
    assert.ok(editor);
    const ranges = colours.rangesIn(editor);
    const texts = (key: string) => ranges.get(key)?.map((range) => editor.document.getText(range));
    assert.deepEqual(texts('fg9'), ['error']);
    assert.deepEqual(texts('bold'), ['error', ': unneeded return']);
    assert.deepEqual(texts('error'), ['Error: Process completed with exit code 101.']);
  });

  it('folds, has an outline, and links to files that are there', async () => {
    const editor = await openLog(logs, github.current, { run: failed, job: clippy });
    assert.ok(editor);
    const { uri } = editor.document;
    await eventually('it folds', async () => {
      const ranges = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
      return JSON.stringify(ranges.map(({ start, end }) => [start, end])) === '[[0,6],[1,2]]';
    });
    const [step] = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
    assert.deepEqual([step?.name, step?.children.map(({ name }) => name)], ['cargo clippy', ['Run cargo clippy']]);
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', uri, 10);
    assert.deepEqual(
      links.map(({ range, target }) => [
        editor.document.getText(range),
        target?.path.endsWith('/src/lib.rs'),
        target?.fragment,
      ]),
      [['src/lib.rs:10:5', true, 'L10,5']],
    );
  });

  it('opens at a line of the log that somebody asks for', async () => {
    const editor = await openLog(logs, github.current, { run: failed, job: clippy, logLine: 4 });
    assert.equal(editor?.document.lineAt(editor.selection.active.line).text, 'not a file: src/gone.rs:1:1');
  });

  it('is read once', async () => {
    await openLog(logs, github.current, { run: failed, job: clippy });
    await openLog(logs, github.current, { run: failed, job: clippy });
    assert.deepEqual(github.asked, [clippy.id]);
  });

  it('says so when GitHub has deleted it', async () => {
    const old = job(failed, 'audit', 'failure');
    const { uri } = window.activeTextEditor?.document ?? {};
    // What it says is the other test's: this one must not wait for somebody to read it.
    assert.equal(await openLog(logs, github.current, { run: failed, job: old }), undefined);
    assert.deepEqual(github.asked, [old.id]);
    assert.equal(window.activeTextEditor?.document.uri, uri);
  });

  it('says in its document why it cannot be shown', async () => {
    const old = job(failed, 'audit', 'failure');
    github.show({ current: facts({ runs: [failed], jobs: [old] }, failed.sha) });
    const uri = logUri(github.current.id, failed, old, scheme);
    assert.match(await logs.provideTextDocumentContent(uri), /logs are kept for 90 days/);
  });

  it('comes back after the window was reloaded', async () => {
    const { uri } = await logs.load(github.current, failed, clippy);
    const reloaded = new Logs(github, scheme);
    assert.match(await reloaded.provideTextDocumentContent(uri), /^── cargo clippy/);
    github.show({});
    assert.match(await new Logs(github, scheme).provideTextDocumentContent(uri), /not listed any more/);
    reloaded.dispose();
  });
});
