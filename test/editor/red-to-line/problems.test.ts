import assert from 'node:assert/strict';
import { commands, Disposable, languages, Position, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { Diagnostic } from 'vscode';
import type { Job, Run } from '../../../src/core/actions/run.js';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import { Logs } from '../../../src/editor/logs/logs.js';
import { RunDiagnostics } from '../../../src/editor/problems/diagnostics.js';
import { Findings } from '../../../src/editor/problems/gate-findings.js';
import { openFinding } from '../../../src/editor/problems/open-finding.js';
import { findingRows } from '../../../src/editor/problems/rows.js';
import { RepositoryFiles } from '../../../src/editor/working-copy/repository-files.js';
import { eventually } from '../eventually.js';
import { facts, job, run } from '../../unit/gates/facts.js';
import { KnownGitHub, runnerLog, sampleCommit, sampleRoot } from './known-github.js';

const output = [
  '##[group]Run cargo clippy',
  '##[endgroup]',
  'error: this could be written otherwise',
  '  --> /home/runner/work/r/r/src/lib.rs:12:9',
  '   |',
  '12 |     for word in text.split_whitespace().filter_map(normalise) {',
  '   |         ^^^^ here',
  '   |',
  '   = help: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.95.0/index.html#needless_thing',
  '',
  'error: could not compile `tally` (lib) due to 1 previous error',
  '##[error]Process completed with exit code 101.',
];

describe('problems of runs', () => {
  const lib = () => Uri.joinPath(sampleRoot(), 'src/lib.rs');
  let github: KnownGitHub;
  let files: RepositoryFiles;
  let findings: Findings;
  let shown: RunDiagnostics;
  let failed: Run;
  let clippy: Job;

  beforeEach(async () => {
    github = new KnownGitHub(sampleRoot());
    files = new RepositoryFiles();
    findings = new Findings(github, files);
    shown = new RunDiagnostics(findings, 'rust-ci-runs-test');
    failed = run('test.yml', 'failure', { sha: await sampleCommit(), number: 482 });
    clippy = job(failed, 'clippy', 'failure');
    github.logs.set(clippy.id, runnerLog(output));
  });

  afterEach(async () => {
    await window.showTextDocument(lib());
    await commands.executeCommand('workbench.action.files.revert');
    await commands.executeCommand('workbench.action.closeAllEditors');
    Disposable.from(shown, findings, files).dispose();
  });

  const fail = () => {
    github.show({ current: facts({ runs: [failed], jobs: [clippy] }, failed.sha) });
  };
  const ours = (): Diagnostic[] =>
    languages.getDiagnostics(lib()).filter(({ source }) => source === 'Clippy, test.yml #482');
  const one = async (): Promise<Diagnostic> => {
    await eventually('the problem is shown', () => ours().length === 1);
    const [problem] = ours();
    assert.ok(problem);
    return problem;
  };

  it('stand at their line, marked with their run', async () => {
    fail();
    const problem = await one();
    const { start, end } = problem.range;
    assert.deepEqual([start.line, start.character, end.line, end.character], [11, 8, 11, 12]);
    assert.match(problem.message, /^this could be written otherwise\nhere\n/);
    assert.equal(typeof problem.code === 'object' && problem.code.value, 'clippy::needless_thing');
  });

  it('move with what was changed since the commit, and say so where the line itself was', async () => {
    const edit = new WorkspaceEdit();
    edit.insert(lib(), new Position(0, 0), '// One more line.\n// And another.\n');
    await workspace.applyEdit(edit);
    await window.showTextDocument(lib());
    fail();
    assert.equal((await one()).range.start.line, 13);

    const change = new WorkspaceEdit();
    const document = await workspace.openTextDocument(lib());
    change.replace(lib(), document.lineAt(13).range, '    for word in text.split(" ") {');
    await workspace.applyEdit(change);
    await shown.publish();
    const problem = await one();
    assert.equal(problem.range.start.line, 13);
    assert.match(problem.message, /This line has changed since [0-9a-f]{7}/);
  });

  it('stay while the gate runs again, and go when it passes', async () => {
    fail();
    await one();
    const again = run('test.yml', 'in_progress', { sha: failed.sha, number: 483, createdAt: 5 });
    github.show({ current: facts({ runs: [again], jobs: [job(again, 'clippy', 'in_progress')] }, failed.sha) });
    await findings.update();
    await shown.publish();
    assert.equal(ours().length, 1);
    const passed = run('test.yml', 'success', { sha: failed.sha, number: 483, createdAt: 5 });
    github.show({ current: facts({ runs: [passed], jobs: [job(passed, 'clippy')] }, failed.sha) });
    await eventually('the problem is gone', () => ours().length === 0);
  });

  it('are read once, however often GitHub is asked', async () => {
    fail();
    await one();
    for (let times = 0; times < 5; times++) fail();
    await findings.update();
    assert.deepEqual(github.asked, [clippy.id]);
  });

  it('are below the gate, and a click goes to the line', async () => {
    fail();
    await one();
    const gate = verdictOf(github.current.store.snapshot).gates.find(({ id }) => id === 'clippy');
    assert.ok(gate);
    const [row, ...others] = findingRows(findings, gate);
    assert.deepEqual([row?.label, row?.description, others], ['src/lib.rs:12', 'this could be written otherwise', []]);
    await openFinding(findings, new Logs(github, 'rust-ci-log-test'), row?.command?.arguments?.[0]);
    const editor = window.activeTextEditor;
    assert.equal(editor?.document.uri.path, lib().path);
    assert.equal(editor.selection.start.line, 11);
  });

  it('say that a log could not be read', async () => {
    github.logs.clear();
    fail();
    const gate = verdictOf(github.current.store.snapshot).gates.find(({ id }) => id === 'clippy');
    assert.ok(gate);
    await eventually('it says why', () =>
      (findingRows(findings, gate)[0]?.description ?? '').includes('logs are kept for 90 days'),
    );
    assert.equal(ours().length, 0);
  });

  it('come from annotations where the log is gone', async () => {
    github.logs.clear();
    github.noted.set(clippy.id, [
      {
        path: 'src/lib.rs',
        line: 12,
        endLine: 12,
        column: null,
        endColumn: null,
        level: 'failure',
        title: 'clippy::needless_thing',
        message: 'this could be written otherwise',
      },
    ]);
    fail();
    assert.equal((await one()).range.start.line, 11);
  });
});
