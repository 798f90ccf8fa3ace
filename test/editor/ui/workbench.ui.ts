import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { eventually, openVscode, type Vscode } from './vscode.js';

describe('the workbench with the extension', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode();
  });
  after(() => vscode.close());

  it('offers the commands that make sense without a pipeline', async () => {
    await vscode.openPalette('Rust CI: Scaffold');
    await vscode.pick('Rust CI: Scaffold Rust CI…').waitFor();
    await vscode.screenshot('palette', ['dark', 'light', 'contrast']);
    await vscode.press('Escape');
    await vscode.openPalette('Rust CI: Open');
    await vscode.pick('Rust CI: Open Log…').waitFor();
    const offered = await vscode.picks();
    await vscode.press('Escape');
    assert.ok(!offered.includes('Rust CI: Open Pipeline Documentation'), offered.join('\n'));
  });

  it('has the files, the search and the git of a real VS Code', async () => {
    await vscode.openFile('src/lib.rs');
    await eventually('the text is shown', async () => (await vscode.editorText()).includes('Counts words'));
    await eventually('the status bar names the branch', async () => (await vscode.statusBar()).includes('main'));
  });

  it('opens the multi-diff editor', async () => {
    await appendFile(join(vscode.folder, 'Cargo.toml'), '# changed\n');
    await appendFile(join(vscode.folder, 'src/lib.rs'), '// changed\n');
    await eventually(
      'git sees both changes',
      async () => (await vscode.activityBarItem('Source Control').innerText()).trim() === '2',
    );
    await vscode.openSidebar('Source Control');
    const changes = vscode.sidebar.getByRole('treeitem', { name: 'Changes' }).first();
    await changes.hover();
    await changes.getByRole('button', { name: 'Open Changes' }).click();
    await eventually('both files are shown', async () =>
      isDeepStrictEqual(await vscode.multiDiffFiles(), ['Cargo.toml', 'src/lib.rs']),
    );
  });

  it('shows the sidebar', async () => {
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByText('No Rust CI pipeline here yet').waitFor();
    await vscode.screenshot('sidebar', ['dark', 'light', 'contrast']);
  });

  it('draws webviews', async () => {
    await vscode.openFile('README.md');
    await vscode.command('Markdown: Open Preview');
    await vscode.webview.locator('h1', { hasText: 'tally' }).waitFor();
  });
});

describe('the oldest supported VS Code', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode({ edition: 'oldest', theme: 'light' });
  });
  after(() => vscode.close());

  it('offers the commands and shows the sidebar', async () => {
    await vscode.openPalette('Rust CI: Scaffold');
    await vscode.pick('Rust CI: Scaffold Rust CI…').waitFor();
    await vscode.press('Escape');
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByText('No Rust CI pipeline here yet').waitFor();
    await vscode.screenshot('sidebar-1.100');
  });
});

describe('Restricted Mode', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode({ restricted: true });
  });
  after(() => vscode.close());

  it('keeps the commands', async () => {
    await eventually('the status bar says Restricted Mode', async () =>
      (await vscode.statusBar()).includes('Restricted Mode'),
    );
    await vscode.openPalette('Rust CI: Scaffold');
    await vscode.pick('Rust CI: Scaffold Rust CI…').waitFor();
    await vscode.screenshot('restricted-mode');
  });
});

describe('the web worker extension host', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode({ host: 'web' });
  });
  after(() => vscode.close());

  it('runs the extension without Node', async () => {
    await vscode.command('Rust CI: Scaffold Rust CI…');
    await vscode.quickPick('Scaffold Rust CI');
    assert.ok(vscode.asked.has('/dist/web/extension.js'));
    assert.ok((await vscode.picks()).length > 1);
    await vscode.screenshot('web-host');
  });
});
