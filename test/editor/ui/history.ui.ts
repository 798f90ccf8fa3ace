import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import criterion from '../../unit/history/fixtures/criterion-0.8.json';
import { copySample } from '../../../scripts/sample.mjs';
import { historyLines } from '../../unit/history/history-lines.js';
import { openVscode, type Vscode } from './vscode.js';

describe('the history panel', () => {
  let vscode: Vscode;
  let sample: Awaited<ReturnType<typeof copySample>>;

  before(async () => {
    sample = await copySample();
    await writeCriterion(sample.folder);
    await writeHistoryBranch(sample.folder);
    vscode = await openVscode({ workspace: sample.folder });
  });
  after(async () => {
    await vscode.close();
    await sample.remove();
  });

  it('shows benchmarks of the working copy and of the history branch, the most significant first', async () => {
    await vscode.command('Rust CI: Show Benchmark and Release History');
    const rows = vscode.webview.locator('.row');
    await rows.first().waitFor();
    await vscode.webview.locator('.row.regression').waitFor();
    assert.match((await rows.first().innerText()).replaceAll('\n', ' '), /parse\/large .*confirmed in \d+ runs since/);
    await vscode.screenshot('history-benchmarks');
  });
});

/** What a real `cargo bench` left. */
async function writeCriterion(folder: string): Promise<void> {
  for (const [path, text] of Object.entries(criterion)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The branch that benchmarks.yml pushes to. */
async function writeHistoryBranch(folder: string): Promise<void> {
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  const { stdout: blob } = await execa('git', ['hash-object', '-w', '--stdin'], { cwd: folder, input: historyLines() });
  const { stdout: tree } = await execa('git', ['mktree'], { cwd: folder, input: `100644 blob ${blob}\thistory.jsonl\n` });
  const author = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
  const { stdout: commit } = await git(...author, 'commit-tree', tree, '-m', 'Benchmarks');
  await git('update-ref', 'refs/heads/benchmark-history', commit);
}
