import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Locator } from 'playwright-core';
import { eventually, openVscode, type Theme, type Vscode } from './vscode.js';

const everyTheme: Theme[] = ['dark', 'light', 'contrast'];

describe('scaffolding as a person sees it', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode();
  });
  after(() => vscode.close());

  it('is offered by the empty sidebar view', async () => {
    await vscode.openSidebar('Rust CI');
    await welcomeButton(vscode, 'Scaffold Rust CI…').waitFor();
    await vscode.screenshot('scaffold-view', everyTheme);
    await welcomeButton(vscode, 'Scaffold Rust CI…').click();
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.pick('Customise…').waitFor();
    await vscode.screenshot('scaffold-start', everyTheme);
  });

  it('asks few questions, each with its answer chosen', async () => {
    await vscode.pick('Customise…').click();
    await vscode.quickPick('(2/8)');
    for (const workflow of ['Test', 'Release', 'Benchmarks']) await vscode.pick(workflow).waitFor();
    await vscode.screenshot('scaffold-workflows', everyTheme);
    await vscode.press('Enter');
    await vscode.quickPick('(3/8)');
    await vscode.screenshot('scaffold-gates', everyTheme);
    await vscode.press('Enter');
    await vscode.quickPick('(4/8)');
    await vscode.screenshot('scaffold-coverage', everyTheme);
    await vscode.press('Enter');
    await vscode.quickPick('(5/8)');
    await vscode.screenshot('scaffold-platforms');
    await vscode.press('Enter');
    await vscode.quickPick('(6/8)');
    await vscode.screenshot('scaffold-delivery');
    await vscode.quickInput.getByRole('button', { name: 'Back' }).click();
    await vscode.quickPick('(5/8)');
    await vscode.press('Escape');
    assert.equal(await changes(vscode), '');
  });

  it('shows every file before one is written', async () => {
    await vscode.command('Rust CI: Scaffold Rust CI…');
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.press('Enter');
    await vscode.quickPick('Scaffold Rust CI (2/2)');
    await vscode.screenshot('scaffold-review', everyTheme);
    await vscode.pick('Keep reviewing').click();
    await vscode.editorAction('Write Files').waitFor();
    await vscode.screenshot('scaffold-preview', everyTheme);
    await eventually(
      'test.yml comes first',
      async () => (await vscode.multiDiffFiles())[0] === '.github/workflows/test.yml',
    );
    await eventually('the status bar offers to write', async () =>
      /Rust CI: write \d+ files…/.test(await vscode.statusBar()),
    );
    assert.equal(await changes(vscode), '');
  });

  it('offers its buttons above its own preview only', async () => {
    await vscode.openFile('src/lib.rs');
    await vscode.editorAction('Write Files').waitFor({ state: 'detached' });
    await vscode.page.locator('.statusbar-item', { hasText: 'Rust CI: write' }).click();
    await vscode.quickPick('Scaffold Rust CI');
    await vscode.editorAction('Write Files').waitFor();
  });

  it('writes with one button, says so once, and takes back with one', async () => {
    await vscode.editorAction('Write Files').click();
    await eventually('the files are there', async () => (await changes(vscode)).includes('.github/rust-ci.json'));
    await vscode.quickInput.waitFor({ state: 'hidden' });
    const message = await vscode.notification('Rust CI written');
    await vscode.screenshot('scaffold-written', everyTheme);
    await message.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually('everything is as before', async () => (await changes(vscode)) === '');
    await eventually('no empty folder is left', async () => !(await readdir(vscode.folder)).includes('.github'));
  });

  it('is in the menu of folders', async () => {
    await vscode.openSidebar('Explorer');
    await vscode.sidebar.getByRole('treeitem', { name: 'src' }).click({ button: 'right' });
    const entry = vscode.page.locator('.context-view .action-label', { hasText: 'Scaffold Rust CI…' });
    await entry.waitFor();
    await vscode.screenshot('scaffold-menu');
    await entry.click();
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.press('Escape');
  });

  it('leads to the place in a broken Cargo.toml', async () => {
    await writeFile(join(vscode.folder, 'Cargo.toml'), '[package]\nname = "tally\n');
    await vscode.command('Rust CI: Scaffold Rust CI…');
    const message = await vscode.notification('Cargo.toml:2:');
    await vscode.screenshot('scaffold-broken', everyTheme);
    await message.getByRole('button', { name: 'Open Cargo.toml' }).click();
    await vscode.tab('Cargo.toml').waitFor();
    await eventually('the cursor is in line 2', async () => (await vscode.statusBar()).includes('Ln 2,'));
  });
});

describe('a pipeline that is there, as a person sees it', () => {
  let vscode: Vscode;
  const testYml = '.github/workflows/test.yml';

  before(async () => {
    vscode = await openVscode();
    await vscode.command('Rust CI: Scaffold Rust CI…');
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.press('Enter');
    await vscode.quickPick('Scaffold Rust CI (2/2)');
    await vscode.press('Enter');
    await eventually('the pipeline is written', async () => (await changes(vscode)).includes('.github/rust-ci.json'));
  });
  after(() => vscode.close());

  it('is offered an update by the view', async () => {
    await vscode.openSidebar('Rust CI');
    await welcomeButton(vscode, 'Update Rust CI…').waitFor();
    await vscode.screenshot('update-view', everyTheme);
    await welcomeButton(vscode, 'Update Rust CI…').click();
    await vscode.notification('The Rust CI pipeline is up to date.');
    await vscode.command('Notifications: Clear All Notifications');
  });

  it('has its conflicts decided in the merge editor', async () => {
    const path = join(vscode.folder, testYml);
    const mine = (await readFile(path, 'utf8')).replace(/THRESHOLD: 80/, 'THRESHOLD: 70');
    await writeFile(path, mine);
    await raiseThreshold(vscode);
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.screenshot('update-conflict', everyTheme);
    await vscode.press('Enter');
    await vscode.page.locator('.tab', { hasText: 'Merging: test.yml' }).waitFor();
    await vscode.editorAction('Use Merge').waitFor();
    await vscode.screenshot('update-merge', everyTheme);

    const message = await vscode.notification('Decide the marked places');
    await message.getByRole('button', { name: 'Cancel' }).click();
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.press('Escape');
    assert.equal(await readFile(path, 'utf8'), mine);
  });

  it('shows a workflow that is not ours side by side', async () => {
    await rm(join(vscode.folder, '.github'), { recursive: true });
    await mkdir(join(vscode.folder, '.github/workflows'), { recursive: true });
    await writeFile(join(vscode.folder, testYml), 'name: Mine\non: push\njobs: {}\n');
    await vscode.command('Rust CI: Scaffold Rust CI…');
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.press('Enter');
    await vscode.pick('Keep mine').waitFor();
    await vscode.screenshot('scaffold-foreign', everyTheme);
    await vscode.press('Enter');
    await vscode.pick('Keep reviewing').waitFor();
    await vscode.screenshot('scaffold-foreign-review');
    await vscode.pick('Discard').click();
  });
});

describe('scaffolding in other windows', () => {
  let vscode: Vscode | undefined;
  afterEach(() => vscode?.close());

  it('explains itself without a folder', async () => {
    vscode = await openVscode({ workspace: null });
    await vscode.openSidebar('Rust CI');
    await welcomeButton(vscode, 'Open Folder').waitFor();
    await vscode.screenshot('scaffold-no-folder-view');
    await vscode.command('Rust CI: Scaffold Rust CI…');
    const message = await vscode.notification('No folder is open.');
    await message.getByRole('button', { name: 'Open Folder…' }).waitFor();
    await vscode.screenshot('scaffold-no-folder');
  });

  it('works in Restricted Mode', async () => {
    vscode = await openVscode({ restricted: true });
    await vscode.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await scaffoldByEnter(vscode);
    await vscode.screenshot('scaffold-restricted');
  });

  it('works in the oldest VS Code that is supported', async () => {
    vscode = await openVscode({ edition: 'oldest' });
    await vscode.command('Rust CI: Scaffold Rust CI…');
    await vscode.quickPick('Scaffold Rust CI (1/2)');
    await vscode.screenshot('scaffold-oldest-start');
    await vscode.press('Enter');
    await vscode.quickPick('Scaffold Rust CI (2/2)');
    await vscode.pick('Keep reviewing').click();
    await vscode.editorAction('Write Files').waitFor();
    await vscode.screenshot('scaffold-oldest-preview');
    await vscode.editorAction('Write Files').click();
    const { folder } = vscode;
    await eventually('the files are there', async () => (await readdir(folder)).includes('.github'));
  });

  it('asks which of two folders is meant', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'rust-ci-two-'));
    try {
      for (const name of ['client', 'server']) {
        await mkdir(join(parent, name, 'src'), { recursive: true });
        await writeFile(join(parent, name, 'Cargo.toml'), `[package]\nname = "${name}"\nversion = "0.1.0"\n`);
        await writeFile(join(parent, name, 'src/lib.rs'), '');
      }
      const workspace = join(parent, 'both.code-workspace');
      await writeFile(workspace, JSON.stringify({ folders: [{ path: 'client' }, { path: 'server' }] }));
      vscode = await openVscode({ workspace });
      await vscode.command('Rust CI: Scaffold Rust CI…');
      await vscode.pick('server').waitFor();
      await vscode.screenshot('scaffold-folders', everyTheme);
      await vscode.pick('server').click();
      await vscode.quickPick('Scaffold Rust CI (1/2)');
      await vscode.press('Enter');
      await vscode.quickPick('Scaffold Rust CI (2/2)');
      await vscode.press('Enter');
      await eventually('server has a pipeline', async () =>
        (await readdir(join(parent, 'server'))).includes('.github'),
      );
      assert.ok(!(await readdir(join(parent, 'client'))).includes('.github'));
      await vscode.openSidebar('Rust CI');
      await welcomeButton(vscode, 'Scaffold Rust CI…').waitFor();
      await vscode.screenshot('scaffold-folders-view');
    } finally {
      await vscode?.close();
      vscode = undefined;
      await rm(parent, { recursive: true, force: true });
    }
  });
});

function welcomeButton(vscode: Vscode, label: string): Locator {
  return vscode.sidebar.locator('.welcome-view .monaco-button', { hasText: label });
}

async function scaffoldByEnter(vscode: Vscode): Promise<void> {
  await vscode.command('Rust CI: Scaffold Rust CI…');
  await vscode.quickPick('Scaffold Rust CI (1/2)');
  await vscode.press('Enter');
  await vscode.quickPick('Scaffold Rust CI (2/2)');
  await vscode.press('Enter');
  await eventually('the files are there', async () => (await readdir(vscode.folder)).includes('.github'));
}

/** Scaffolds again with another coverage threshold, up to the question about test.yml. */
async function raiseThreshold(vscode: Vscode): Promise<void> {
  await vscode.command('Rust CI: Scaffold Rust CI…');
  await vscode.pick('Customise…').click();
  for (const step of ['(2/8)', '(3/8)']) {
    await vscode.quickPick(step);
    await vscode.press('Enter');
  }
  await vscode.quickPick('(4/8)');
  await vscode.type('93');
  for (const step of ['(4/8)', '(5/8)', '(6/8)', '(7/8)']) {
    await vscode.quickPick(step);
    await vscode.press('Enter');
  }
}

/** What git says has changed; empty when nothing has. */
async function changes(vscode: Vscode): Promise<string> {
  const { stdout } = await execa('git', ['status', '--short', '--untracked-files=all'], { cwd: vscode.folder });
  return stdout;
}
