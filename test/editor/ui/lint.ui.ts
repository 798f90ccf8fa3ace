import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, openVscode, type Vscode } from './vscode.js';

const text = `name: ci
on:
  push:
    branches: [main]
  pull_reqest:
permissions: {}
concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - run: echo "\${{ github.event.head_commit.message }}"
      - run: cargo test --locked
        if: \${{ steps.build.outcome == 'success' }}
`;

describe('linting, seen from outside', () => {
  let vscode: Vscode;
  let file: string;

  before(async () => {
    // In Restricted Mode, so that it is seen to work there.
    vscode = await openVscode({ restricted: true });
    file = join(vscode.folder, '.github/workflows/ci.yml');
    await mkdir(join(vscode.folder, '.github/workflows'), { recursive: true });
    await writeFile(file, text);
    await vscode.openFile('.github/workflows/ci.yml');
  });
  after(() => vscode.close());

  it('underlines what is wrong and lists it in the Problems panel', async () => {
    await vscode.page.locator('.squiggly-error').first().waitFor();
    await vscode.press('Control+Shift+M');
    const problems = vscode.page.locator('.markers-panel');
    await problems.getByText('unknown-event').first().waitFor();
    await problems.getByText('template-injection').first().waitFor();
    await vscode.screenshot('lint-problems', ['dark', 'light']);
  });

  it('explains a rule and an action on hover', async () => {
    await hover(vscode, 'pull_reqest');
    const shown = vscode.page.locator('.monaco-hover:visible', { hasText: 'Documentation' }).first();
    await shown.waitFor();
    await vscode.screenshot('lint-hover-rule');
    await hover(vscode, 'actions/checkout');
    await vscode.page.locator('.monaco-hover:visible', { hasText: 'Runs on: node' }).first().waitFor();
    await vscode.screenshot('lint-hover-action');
  });

  it('repairs a finding by its quick fix', async () => {
    await word(vscode, 'pull_reqest').click();
    await vscode.press('Control+.');
    const menu = vscode.page.locator('.action-widget');
    await menu.getByText('Replace with "pull_request"').waitFor();
    await vscode.screenshot('lint-quick-fix', ['dark']);
    await menu.getByText('Replace with "pull_request"').click();
    await eventually('the word is repaired', async () => /^ *pull_request:/m.test(await vscode.editorText()));
    await vscode.page.locator('.markers-panel').getByText('unknown-event').first().waitFor({ state: 'detached' });
    await vscode.screenshot('lint-fixed');
    await vscode.command('File: Save');
    const repaired = text.replace('pull_reqest', 'pull_request');
    await eventually(
      'it is saved, and nothing else has changed',
      async () => (await readFile(file, 'utf8')) === repaired,
    );
  });
});

/** The part of the active editor's text that a piece of syntax colouring covers. */
function word(vscode: Vscode, part: string) {
  return vscode.page.locator('.editor-group-container.active .view-line span span', { hasText: part }).first();
}

async function hover(vscode: Vscode, part: string): Promise<void> {
  await vscode.page.mouse.move(640, 20);
  await word(vscode, part).hover();
}
