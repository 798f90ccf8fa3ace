import assert from 'node:assert/strict';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startDemo } from '../../../scripts/demo.mjs';
import { eventually, openVscode, type Vscode } from './vscode.js';
import { githubProject, testJobs, type GitHubProject } from './github-project.js';

/** A row of the sidebar by the beginning of its label. */
function row(vscode: Vscode, label: string): Locator {
  const named = vscode.page.locator('.label-name', { hasText: new RegExp(`^${label.replace(/[.#()]/g, '\\$&')}`) });
  return vscode.sidebar.locator('.monaco-list-row', { has: named }).first();
}

/** Opens a row, as the right arrow does. */
async function expand(vscode: Vscode, label: string): Promise<void> {
  const found = row(vscode, label);
  await found.locator('.monaco-tl-twistie').click();
  await eventually(`${label} is open`, async () => (await found.getAttribute('aria-expanded')) === 'true');
}

/** Clicks the button in the title of the view. */
async function refresh(vscode: Vscode): Promise<void> {
  const title = vscode.sidebar.locator('.pane-header', { hasText: 'Pipeline' });
  await title.hover();
  await title.getByRole('button', { name: 'Refresh' }).click();
}

/** Signs in as a person does where VS Code has no provider: with a token. */
async function signIn(vscode: Vscode, token: string): Promise<void> {
  await vscode.command('Rust CI: Use a Personal Access Token…');
  await vscode.quickInput.locator('input').first().fill(token);
  await vscode.press('Enter');
  await row(vscode, 'Gates').waitFor({ timeout: 60_000 });
}

describe('the sidebar on a repository of GitHub Enterprise Server', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  before(async () => {
    project = await githubProject();
    vscode = await openVscode({ workspace: project.folder, settings: project.settings });
    // Tall enough for what is opened below: rows out of sight are not drawn.
    await vscode.page.setViewportSize({ width: 1280, height: 1400 });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('asks to sign in, with a button', async () => {
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByRole('button', { name: 'Sign In…' }).first().waitFor();
    await vscode.screenshot('sidebar-signed-out');
  });

  it('refuses a token that the host does not know', async () => {
    await vscode.command('Rust CI: Use a Personal Access Token…');
    await vscode.quickInput.locator('input').first().fill('wrong');
    await vscode.press('Enter');
    await vscode.quickInput.getByText('does not accept this token').waitFor();
    await vscode.screenshot('sidebar-token');
    await vscode.press('Escape');
  });

  it('shows the gates that fail first, workflows and what is live', async () => {
    await signIn(vscode, project.github.token());
    await eventually('the threshold is told', async () =>
      /78[.,]3 %, needs 80 %/.test(await row(vscode, 'Coverage').innerText()),
    );
    await eventually('the failing gates come first', async () => {
      const labels = await vscode.sidebar.locator('.monaco-list-row .label-name').allInnerTexts();
      return labels.slice(0, 3).join() === 'Gates,Clippy,Coverage';
    });
    await row(vscode, 'production').waitFor();
    await vscode.screenshot('sidebar-gates', ['dark', 'light', 'contrast']);
  });

  it('says the verdict in the status bar', async () => {
    await eventually('the status bar tells', async () => (await vscode.statusBar()).includes('2 gates fail'));
    await vscode.page.locator('.statusbar-item', { hasText: '2 gates fail' }).hover();
    await vscode.page.locator('.monaco-hover', { hasText: 'Coverage' }).first().waitFor();
    await vscode.screenshot('sidebar-status-bar');
    await vscode.page.mouse.move(640, 400);
  });

  it('opens a run down to its steps', async () => {
    await expand(vscode, 'test.yml');
    await expand(vscode, '#2 Count words');
    await expand(vscode, 'clippy');
    await row(vscode, 'cargo clippy').waitFor();
    await vscode.screenshot('sidebar-run');
  });

  it('follows a run while it goes on, and keeps what is selected and open', async () => {
    await row(vscode, 'cargo clippy').click();
    project.repository.run({ workflow: 'security.yml', branch: 'main', jobs: [{ name: 'audit', duration: '1h' }] });
    await refresh(vscode);
    await eventually(
      'it is running',
      async () => (await row(vscode, 'security.yml').innerText()).includes('running'),
      60,
    );
    await eventually(
      'the step is selected',
      async () => (await row(vscode, 'cargo clippy').getAttribute('aria-selected')) === 'true',
    );
    await eventually(
      'the job is open',
      async () => (await row(vscode, 'clippy').getAttribute('aria-expanded')) === 'true',
    );
    await vscode.screenshot('sidebar-running');
    project.github.advance('2h');
    await eventually(
      'it has ended',
      async () => /ago|just now/.test(await row(vscode, 'security.yml').innerText()),
      60,
    );
  });

  it('runs a workflow with its inputs, and Escape starts nothing', async () => {
    const runs = () => project.repository.runs.all.length;
    const before = runs();
    const ask = async () => {
      await vscode.command('Rust CI: Run Workflow…');
      await vscode.quickPick('Run Workflow');
      await vscode.pick('Test').click();
      await vscode.pick('main').click();
      await vscode.pick('stable').waitFor();
    };
    await ask();
    await vscode.screenshot('sidebar-inputs');
    await vscode.press('Escape');
    assert.equal(runs(), before);
    await ask();
    await vscode.pick('beta').click();
    await vscode.pick('true').click();
    await vscode.quickInput.locator('input').first().fill('words');
    await vscode.press('Enter');
    await eventually('it is started', () => runs() === before + 1, 30);
    const [started] = project.repository.runs.all.slice(-1);
    assert.ok(started);
    assert.deepEqual(started.inputs, { toolchain: 'beta', verbose: 'true', filter: 'words' });
    const shown = row(vscode, `#${started.number}`);
    await eventually('the run is shown', async () => (await shown.getAttribute('aria-selected')) === 'true', 30);
    await vscode.screenshot('sidebar-started');
  });

  it('approves what waits, with a comment', async () => {
    await row(vscode, 'production').hover();
    await row(vscode, 'production').getByRole('button', { name: 'Approve Deployment…' }).click();
    await vscode.quickInput.locator('input').first().fill('looks good');
    await vscode.screenshot('sidebar-approve');
    await vscode.press('Enter');
    await eventually(
      'it goes on',
      async () => !(await row(vscode, 'production').innerText()).includes('waits for'),
      60,
    );
  });

  it('tells of a run that failed, once', async () => {
    project.repository.run({ workflow: 'test.yml', branch: 'main', jobs: testJobs(60) });
    await refresh(vscode);
    await eventually('it is listed', async () => /queued|running/.test(await row(vscode, 'test.yml').innerText()));
    project.github.advance('10m');
    await refresh(vscode);
    await vscode.notification('failed on main');
    await vscode.screenshot('sidebar-notification');
    await refresh(vscode);
    assert.equal(await vscode.page.locator('.notification-list-item', { hasText: 'failed on main' }).count(), 1);
    await vscode.answer('failed on main', 'Show');
    await eventually(
      'the run is shown',
      async () => (await row(vscode, '#4').getAttribute('aria-selected')) === 'true',
    );
  });

  it('shows over jobs how they ended', async () => {
    await vscode.openFile('.github/workflows/test.yml');
    await vscode.page.locator('.codelens-decoration', { hasText: 'Run workflow…' }).waitFor();
    await vscode.page.locator('.codelens-decoration', { hasText: 'failed' }).first().waitFor();
    await vscode.screenshot('sidebar-code-lenses');
  });

  it('keeps what it knows when GitHub is out of reach, and recovers', async () => {
    await project.github.offline();
    await refresh(vscode);
    await row(vscode, 'Offline').waitFor();
    await row(vscode, 'Coverage').waitFor();
    await vscode.screenshot('sidebar-offline');
    await project.github.online();
    await row(vscode, 'Offline').click();
    await row(vscode, 'Offline').waitFor({ state: 'detached' });
  });

  it('says when what is checked out has no verdict yet', async () => {
    await appendFile(join(vscode.folder, 'src/lib.rs'), '// changed\n');
    const { execa } = await import('execa');
    const author = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
    await execa('git', [...author, 'commit', '--quiet', '--all', '--message=Change'], { cwd: vscode.folder });
    await eventually('the gates are old', async () => (await row(vscode, 'Coverage').innerText()).includes('at '), 60);
    await vscode.screenshot('sidebar-stale');
  });
});

describe('the sidebar on a public repository', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  before(async () => {
    project = await githubProject({ private: false });
    vscode = await openVscode({ workspace: project.folder, settings: project.settings, edition: 'oldest' });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('shows the gates without a sign-in, and what that costs', async () => {
    await vscode.openSidebar('Rust CI');
    await row(vscode, 'Signed out').waitFor({ timeout: 60_000 });
    await row(vscode, 'Coverage').waitFor();
    await row(vscode, 'Signed out').hover();
    await vscode.page.locator('.monaco-hover', { hasText: '60' }).first().waitFor();
    await vscode.screenshot('sidebar-public');
  });
});

describe('the sidebar on a repository without a remote', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode();
  });
  after(() => vscode.close());

  it('says what to do, with buttons', async () => {
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByRole('button', { name: 'Publish to GitHub' }).waitFor({ timeout: 60_000 });
    await vscode.sidebar.getByRole('button', { name: 'Scaffold Rust CI…' }).first().waitFor();
    await vscode.screenshot('sidebar-no-remote');
  });
});

describe('the status bar of a folder whose workflows are elsewhere in the repository', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  before(async () => {
    project = await githubProject();
    await rm(join(project.folder, '.github'), { recursive: true });
    vscode = await openVscode({ workspace: project.folder, settings: project.settings });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('says the verdict once the repository is known', async () => {
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByRole('button', { name: 'Sign In…' }).first().waitFor();
    await signIn(vscode, project.github.token());
    await eventually('the status bar says the verdict', async () => /gate|fails/.test(await vscode.statusBar()));
  });
});

describe('the sidebar in Restricted Mode', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  before(async () => {
    project = await githubProject();
    vscode = await openVscode({ workspace: project.folder, settings: project.settings, restricted: true });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('says that git needs trust, and finds the repository as soon as it is given', async () => {
    await vscode.openSidebar('Rust CI');
    const trust = vscode.sidebar.getByRole('button', { name: 'Manage Trust' });
    await trust.waitFor({ timeout: 60_000 });
    await vscode.screenshot('sidebar-restricted');
    await trust.click();
    await vscode.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await vscode.sidebar.getByRole('button', { name: 'Sign In…' }).first().waitFor();
  });
});

describe('the demo that npm start shows', () => {
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let vscode: Vscode;

  before(async () => {
    demo = await startDemo('github.com');
    vscode = await openVscode({ workspace: demo.folder, settings: demo.settings });
    await vscode.page.setViewportSize({ width: 1280, height: 1200 });
  });
  after(async () => {
    await vscode.close();
    await demo.stop();
  });

  it('has gates, workflows, coverage, environments, releases and images', async () => {
    await vscode.openSidebar('Rust CI');
    await signIn(vscode, demo.github.token({ scopes: ['repo', 'workflow', 'read:packages'] }));
    for (const label of ['Workflows', 'Coverage', 'production', 'staging', 'Releases'])
      await row(vscode, label).waitFor();
    await eventually('production waits', async () =>
      (await row(vscode, 'production').innerText()).includes('waits for your approval'),
    );
    await expand(vscode, 'Releases');
    await vscode.screenshot('sidebar-demo');
    assert.deepEqual(demo.github.violations, []);
  });
});
