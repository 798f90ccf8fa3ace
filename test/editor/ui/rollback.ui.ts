import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { copySample } from '../../../scripts/sample.mjs';
import rollbackYml from '../../../workflows-template/.github/workflows/rollback.yml';
import { startPlace, type Place } from '../../contract/delivery/place.js';
import { eventually, openVscode, type Vscode } from './vscode.js';

/** Signs in as a person does where VS Code has no provider: with a token. */
async function signIn(vscode: Vscode, token: string): Promise<void> {
  await vscode.command('Rust CI: Use a Personal Access Token…');
  await vscode.quickInput.locator('input').first().fill(token);
  await vscode.press('Enter');
  await vscode.quickInput.waitFor({ state: 'hidden' });
}

/** A working copy of the place's repository. */
async function workingCopy(place: Place) {
  const sample = await copySample();
  const { folder } = sample;
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  await mkdir(join(folder, '.github/workflows'), { recursive: true });
  await writeFile(join(folder, '.github/workflows/rollback.yml'), rollbackYml);
  await git('remote', 'add', 'origin', `${place.double.url}/${place.state.fullName}.git`);
  return sample;
}

describe('rolling back as a person sees it', function () {
  this.timeout(300_000);
  let place: Place;
  let sample: Awaited<ReturnType<typeof workingCopy>>;
  let vscode: Vscode;

  before(async () => {
    place = await startPlace({ profile: 'ghes-3.19', speed: 4, time: Date.now() }, ['maria']);
    sample = await workingCopy(place);
    vscode = await openVscode({
      workspace: sample.folder,
      settings: { 'github-enterprise.uri': place.double.url },
    });
    await vscode.openSidebar('Rust CI');
    await signIn(vscode, place.token);
  });
  after(async () => {
    await vscode.close();
    await place.stop();
    await sample.remove();
  });

  it('shows what is live and what one can go back to', async () => {
    await vscode.command('Rust CI: Roll Back…');
    await vscode.quickPick('Roll Back');
    const picks = await vscode.picks();
    assert.deepEqual(
      picks.filter((text) => !text.includes(' ')),
      ['1.4.1', '1.4.0'],
    );
    await vscode.screenshot('rollback-candidates', ['dark', 'light', 'contrast']);
  });

  it('sends nothing when one leaves, at any question', async () => {
    await vscode.press('Escape');
    await vscode.command('Rust CI: Roll Back…');
    await vscode.quickPick('Roll Back (1/2)');
    await vscode.press('Enter');
    await vscode.quickPick('Roll Back (2/2)');
    await vscode.press('Enter');
    await vscode.quickInput.getByText('Say why').waitFor();
    await vscode.screenshot('rollback-reason');
    await vscode.type('Sessions are lost');
    await vscode.press('Enter');
    const dialog = await vscode.dialog('Roll octo/tally back from 1.4.2 to 1.4.1?');
    await dialog.getByText('maria has to approve').waitFor();
    await vscode.screenshot('rollback-confirm', ['dark', 'light', 'contrast']);
    await vscode.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(place.dispatches, 0);
  });

  it('rolls back after one confirmation and the approval, and claims success when the registry shows it', async () => {
    await vscode.command('Rust CI: Roll Back…');
    await vscode.quickPick('Roll Back (1/2)');
    await vscode.press('Enter');
    await vscode.quickPick('Roll Back (2/2)');
    await vscode.type('Sessions are lost');
    await vscode.press('Enter');
    const dialog = await vscode.dialog('Roll octo/tally back');
    // Somebody who clicks twice wants it once.
    const button = dialog.getByRole('button', { name: 'Roll Back' });
    await button.evaluate((element: { click(): void }) => {
      element.click();
      element.click();
    });
    await vscode.notification('waits for your approval in production', 150);
    await vscode.screenshot('rollback-approval', ['dark', 'light', 'contrast']);
    assert.equal(place.live, place.digest('1.4.2'));
    const approval = await vscode.notification('waits for your approval in production', 150);
    await approval.getByRole('button', { name: 'Approve', exact: true }).click();
    await vscode.notification('Move latest', 150);
    await vscode.screenshot('rollback-running');
    await vscode.notification('1.4.1 is live: the registry shows latest', 150);
    await vscode.screenshot('rollback-done', ['dark', 'light', 'contrast']);
    assert.equal(place.live, place.digest('1.4.1'));
    assert.equal(place.dispatches, 1);
  });

  it('undoes it the same way, with a mark on what was rolled back from', async () => {
    const done = await vscode.notification('1.4.1 is live', 150);
    await done.getByRole('button', { name: 'Undo…' }).click();
    await vscode.quickPick('Roll Back (1/2)');
    await vscode.quickInput.getByText('Known as bad: Sessions are lost').waitFor();
    await vscode.screenshot('rollback-undo');
    await vscode.press('Enter');
    await vscode.quickPick('Roll Back (2/2)');
    await vscode.press('Enter');
    const dialog = await vscode.dialog('Roll octo/tally forward from 1.4.1 to 1.4.2?');
    await dialog.getByText('This version was rolled back from before: Sessions are lost').waitFor();
    await vscode.screenshot('rollback-undo-confirm');
    await vscode.press('Escape');
    assert.equal(place.dispatches, 1);
  });

  it('answers questions of the stand-in only as the description says', () => {
    assert.deepEqual(place.double.violations, []);
  });
});

describe('setting up the delivery as a person sees it', function () {
  this.timeout(180_000);
  let place: Place;
  let sample: Awaited<ReturnType<typeof workingCopy>>;
  let vscode: Vscode;

  before(async () => {
    place = await startPlace({ profile: 'ghes-3.19', speed: 1, time: Date.now() });
    place.state.collaborators.set('otto', 'write');
    place.double.world.user('otto');
    sample = await workingCopy(place);
    vscode = await openVscode({ workspace: sample.folder, settings: { 'github-enterprise.uri': place.double.url } });
    await vscode.page.setViewportSize({ width: 1280, height: 1000 });
    await vscode.openSidebar('Rust CI');
    await signIn(vscode, place.token);
  });
  after(async () => {
    await vscode.close();
    await place.stop();
    await sample.remove();
  });

  const item = (label: string) => vscode.sidebar.locator('.monaco-list-row', { hasText: label }).first();

  it('is a checklist with the state of each item', async () => {
    await vscode.command('Rust CI: Set Up Delivery');
    await item('Environment staging').waitFor({ timeout: 30_000 });
    await item('Secret CODECOV_TOKEN').waitFor();
    await vscode.screenshot('set-up-checklist', ['dark', 'light', 'contrast']);
  });

  it('protects production after showing what changes', async () => {
    await item('Environment production').click();
    await vscode.quickPick('Environment production');
    await vscode.pick('otto').click();
    await vscode.screenshot('set-up-reviewers');
    await vscode.press('Enter');
    await vscode.quickPick('Environment production (2/2)');
    await vscode.press('Enter');
    const dialog = await vscode.dialog('Environment production: write this to GitHub?');
    await vscode.screenshot('set-up-diff', ['dark', 'light', 'contrast']);
    await dialog.getByRole('button', { name: 'Write' }).click();
    await eventually(
      'it is set up',
      async () => (await item('Environment production').innerText()).includes('set up'),
      40,
    );
    const { reviewers, policies } = place.state.deliveries.environment('production') ?? {};
    assert.deepEqual(
      reviewers?.map(({ reviewer }) => ('login' in reviewer ? reviewer.login : reviewer.slug)),
      ['otto'],
    );
    assert.deepEqual(policies?.map(({ name, type }) => `${type} ${name}`).sort(), ['branch main', 'tag v*']);
  });

  it('takes a secret in a password box and shows it nowhere', async () => {
    const secret = 'codecov-upload-0123456789';
    await item('Secret CODECOV_TOKEN').click();
    await vscode.quickPick('Secret CODECOV_TOKEN');
    await vscode.type(secret);
    await vscode.screenshot('set-up-secret');
    assert.equal(await vscode.page.getByText(secret).count(), 0);
    await vscode.press('Enter');
    await eventually(
      'it is set up',
      async () => (await item('Secret CODECOV_TOKEN').innerText()).includes('set up'),
      40,
    );
    assert.equal(place.state.settings.secrets.get('CODECOV_TOKEN')?.value, secret);
    await vscode.screenshot('set-up-progress');
  });

  it('answers questions of the stand-in only as the description says', () => {
    assert.deepEqual(place.double.violations, []);
  });
});

describe('verifying the pipeline as a person sees it', function () {
  this.timeout(180_000);
  let place: Place;
  let sample: Awaited<ReturnType<typeof workingCopy>>;
  let vscode: Vscode;

  before(async () => {
    place = await startPlace({ profile: 'ghes-3.19', speed: 1, time: Date.now() });
    sample = await workingCopy(place);
    vscode = await openVscode({ workspace: sample.folder, settings: { 'github-enterprise.uri': place.double.url } });
    await vscode.openSidebar('Rust CI');
    await signIn(vscode, place.token);
  });
  after(async () => {
    await vscode.close();
    await place.stop();
    await sample.remove();
  });

  it('ends in a document that one can keep', async () => {
    await vscode.command('Rust CI: Verify Pipeline…');
    await vscode.quickPick('Verify Pipeline');
    await vscode.screenshot('verify-question');
    await vscode.pick('Look only').click();
    await eventually('the document is there', async () => (await vscode.editorText()).includes('As a whole'), 60);
    const text = await vscode.editorText();
    assert.match(text, /Verification of the pipeline of octo\/tally/);
    assert.match(text, /✗ +\| Files are in place/);
    await vscode.screenshot('verify-document', ['dark', 'light']);
    assert.deepEqual(place.double.violations, []);
  });
});
