import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { root } from '../../../scripts/root.mjs';
import { copySample } from '../../../scripts/sample.mjs';
import { demoHistory, seedDemo, startGitHub } from '../../github/demo/index.js';
import criterion from '../../unit/history/fixtures/criterion-0.8.json';
import { historyLines } from '../../unit/history/history-lines.js';
import { eventually, openVscode, type Theme, type Vscode } from './vscode.js';

const all: readonly Theme[] = ['dark', 'light', 'contrast', 'contrastLight'];
const show = 'Rust CI: Show Benchmark and Release History';
const wide = { width: 1600, height: 1000 };
/** Leaves the panel about 300 pixels. */
const narrow = { width: 352, height: 1000 };

describe('the history panel on a working copy', () => {
  let vscode: Vscode;
  let sample: Awaited<ReturnType<typeof copySample>>;
  const complaints: string[] = [];

  before(async () => {
    sample = await copySample();
    await writeCriterion(sample.folder);
    await writeHistoryBranch(sample.folder);
    vscode = await openVscode({ workspace: sample.folder });
    await vscode.page.setViewportSize(wide);
    vscode.page.on('console', (message) => {
      if (/Content Security Policy|violates/i.test(message.text())) complaints.push(message.text());
    });
  });
  after(async () => {
    await vscode.close();
    await sample.remove();
  });

  it('shows benchmarks of the working copy and of the history branch, the most significant first', async () => {
    await vscode.command(show);
    await vscode.webview.locator('.row.regression').waitFor();
    const first = (await vscode.webview.locator('.row').first().innerText()).replaceAll('\n', ' ');
    assert.match(first, /parse\/large .*confirmed in \d+ runs since/);
    assert.equal(await vscode.webview.locator('.row', { hasText: 'add one' }).count(), 1);
    await vscode.webview.locator('.chart .point.regression').waitFor();
    await vscode.press('Control+B');
    await vscode.screenshot('history-benchmarks', all);
  });

  it('is one panel, however often it is asked for', async () => {
    await vscode.command(show);
    const panels = (await vscode.tabs()).filter((name) => name.startsWith('Rust CI: History'));
    assert.equal(panels.length, 1);
  });

  it('goes from run to run by keyboard', async () => {
    const plot = vscode.webview.locator('.plot');
    await plot.focus();
    const before = await plot.getAttribute('aria-valuetext');
    await vscode.press('ArrowLeft');
    await eventually('another run is told', async () => (await plot.getAttribute('aria-valuetext')) !== before);
    await vscode.press('+');
    await vscode.press('+');
    await eventually('a part is seen', async () => {
      const box = vscode.webview.locator('.strip .window');
      return (
        Number(await box.getAttribute('width')) <
        0.6 *
          (await vscode.webview
            .locator('.strip')
            .boundingBox()
            .then((at) => at?.width ?? 0))
      );
    });
    await vscode.screenshot('history-zoomed');
    await vscode.press('0');
    await vscode.press('Enter');
    await vscode.webview.locator('.details button:focus').waitFor();
  });

  it('draws relative changes and has a table for everybody', async () => {
    await vscode.webview.getByLabel('Relative').check();
    await vscode.webview.locator('.axes .value', { hasText: '%' }).first().waitFor();
    await vscode.webview.getByText('All runs as a table').click();
    await vscode.webview.locator('.twin tbody tr').nth(59).waitFor();
    await vscode.webview.getByLabel('Relative').uncheck();
    await vscode.webview.getByText('All runs as a table').click();
  });

  it('compares the working copy with what was measured before it', async () => {
    await vscode.command('Rust CI: Compare Benchmarks of the Working Copy');
    const rows = vscode.webview.locator('.compare tbody tr');
    await rows.filter({ hasText: 'add one' }).waitFor();
    await vscode.screenshot('history-compare');
  });

  it('accepts a change in the repository', async () => {
    await vscode.webview.locator('.row.regression').click();
    await vscode.webview.getByRole('button', { name: 'Accept as new baseline' }).click();
    await vscode.quickInput.locator('input').first().fill('Checks more');
    await vscode.press('Enter');
    await eventually('the file is written', async () => {
      const text = await readFile(join(sample.folder, '.github/rust-ci-baselines.json'), 'utf8').catch(() => '');
      return text.includes('Checks more') && text.includes('parse/large');
    });
    await eventually(
      'it is no regression any more',
      async () => (await vscode.webview.locator('.row.regression').count()) === 0,
    );
  });

  it('copies a summary for a pull request', async () => {
    await vscode.webview.getByLabel('Export the overview').selectOption('copy');
    await eventually('it is in the clipboard', async () =>
      (await vscode.page.evaluate<string>('navigator.clipboard.readText()')).startsWith('### Benchmarks'),
    );
  });

  it('is legible in 300 pixels', async () => {
    await vscode.page.setViewportSize(narrow);
    await vscode.webview.locator('.chart').waitFor();
    const spill = await vscode.webview
      .locator('body')
      .evaluate(
        ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) => scrollWidth - clientWidth,
      );
    assert.ok(spill <= 0, `${spill} pixels do not fit`);
    await vscode.screenshot('history-benchmarks-300', all);
    await vscode.page.setViewportSize(wide);
  });

  it('stands over the benchmark in the code', async () => {
    await vscode.openFile('benches/count.rs');
    await vscode.page
      .locator('.codelens-decoration', { hasText: /µs|ns|ms/ })
      .first()
      .waitFor();
    await vscode.screenshot('history-code-lens');
  });

  it('remembers what it showed while it was hidden, and comes back after a reload', async () => {
    await vscode.tab('Rust CI: History').click();
    await vscode.webview.locator('.row', { hasText: 'hash/short' }).click();
    await vscode.webview.locator('h2', { hasText: 'hash/short' }).waitFor();
    await vscode.tab('count.rs').click();
    await vscode.webview.locator('body').waitFor({ state: 'hidden' });
    await vscode.tab('Rust CI: History').click();
    await vscode.webview.locator('h2', { hasText: 'hash/short' }).waitFor();
    await vscode.page.reload();
    await vscode.ready();
    await vscode.tab('Rust CI: History').click();
    await vscode.webview.locator('.chart .line').first().waitFor();
  });

  it('broke no rule of its page', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('the history panel on GitHub', () => {
  let vscode: Vscode;
  let sample: Awaited<ReturnType<typeof copySample>>;
  let github: Awaited<ReturnType<typeof startGitHub>>;

  before(async () => {
    sample = await copySample();
    const { stdout } = await execa('git', ['ls-files'], { cwd: sample.folder });
    const files: Record<string, string> = Object.fromEntries(
      stdout.split('\n').map((path) => [path, readFileSync(join(sample.folder, path), 'utf8')]),
    );
    github = await startGitHub({ profile: 'ghes-3.19', speed: 1 });
    const workflows = ['test', 'security', 'release', 'container', 'rollback', 'benchmarks'].map((name) => {
      const path = `.github/workflows/${name}.yml`;
      return [path, readFileSync(join(root, 'workflows-template', path), 'utf8')];
    });
    seedDemo(github, {
      owner: 'acme',
      name: 'tally',
      history: demoHistory({ ...files, ...(Object.fromEntries(workflows) as Record<string, string>) }),
    });
    await execa('git', ['remote', 'add', 'origin', `${github.url}/acme/tally.git`], { cwd: sample.folder });
    vscode = await openVscode({ workspace: sample.folder, settings: { 'github-enterprise.uri': github.url } });
    await vscode.page.setViewportSize(wide);
  });
  after(async () => {
    await vscode.close();
    await github.stop();
    await sample.remove();
  });

  it('says where it has to sign in', async () => {
    await vscode.command(show);
    await vscode.press('Control+B');
    await vscode.webview.getByRole('tab', { name: 'Releases' }).click();
    await vscode.webview.locator('#panel-releases .note').first().waitFor();
    await vscode.screenshot('history-signed-out');
  });

  it('shows what was live when, and the releases, once somebody has signed in', async () => {
    await vscode.command('Rust CI: Use a Personal Access Token…');
    await vscode.quickInput.locator('input').first().fill(github.token());
    await vscode.press('Enter');
    await vscode.webview.locator('.span.rollback').first().waitFor();
    await vscode.webview.locator('.releases tbody tr', { hasText: 'v1.4.2' }).waitFor();
    await eventually(
      'all is loaded',
      async () => (await vscode.webview.locator('.progress:visible').count()) === 0,
      60,
    );
    await vscode.webview.locator('.note').first().waitFor();
    // The press shows it: news that is drawn before the release would take the click away.
    await vscode.webview.locator('.span.rollback').first().hover();
    await vscode.page.mouse.down();
    await vscode.webview.locator('.chosen', { hasText: 'umlauts' }).waitFor();
    await vscode.page.mouse.up();
    await vscode.screenshot('history-releases', all);
    await vscode.page.setViewportSize(narrow);
    await vscode.screenshot('history-releases-300', all);
    await vscode.page.setViewportSize(wide);
  });

  it('shows the benchmarks that GitHub has', async () => {
    await vscode.webview.getByRole('tab', { name: 'Benchmarks' }).click();
    await vscode.webview.locator('.row', { hasText: 'count/9000' }).first().waitFor();
    await eventually(
      'all is loaded',
      async () => (await vscode.webview.locator('.progress:visible').count()) === 0,
      60,
    );
    await vscode.screenshot('history-github');
    await vscode.webview.getByRole('button', { name: 'Download artifact…' }).click();
    await vscode.quickPick('Download Artifact');
    await vscode.pick('rust-ci-report').waitFor();
    await vscode.press('Escape');
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
  const { stdout: tree } = await execa('git', ['mktree'], {
    cwd: folder,
    input: `100644 blob ${blob}\thistory.jsonl\n`,
  });
  const author = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
  const { stdout: commit } = await git(...author, 'commit-tree', tree, '-m', 'Benchmarks');
  await git('update-ref', 'refs/heads/benchmark-history', commit);
}
