import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { githubProject, type GitHubProject } from './github-project.js';
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
    await writeWorkflow(vscode);
  });
  after(() => vscode.close());

  it('underlines what is wrong and lists it in the Problems panel', async () => {
    await seesProblems(vscode);
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
    const menu = await quickFixes(vscode, 'pull_reqest', 'Replace with "pull_request"');
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

describe('linting in VS Code 1.100, where another extension has a language for workflows', () => {
  let vscode: Vscode;

  before(async () => {
    const language = {
      id: 'github-actions-workflow',
      aliases: ['Workflow'],
      filenamePatterns: ['**/.github/workflows/*.yml'],
    };
    const other = { name: 'workflows', publisher: 'other', version: '1.0.0', engines: { vscode: '*' } };
    vscode = await openVscode({
      edition: 'oldest',
      extensions: [{ ...other, contributes: { languages: [language] } }],
    });
    await writeWorkflow(vscode);
  });
  after(() => vscode.close());

  it('underlines and lists what is wrong', async () => {
    await eventually('the other language is used', async () => (await vscode.statusBar()).includes('Workflow'));
    await seesProblems(vscode);
    await vscode.screenshot('lint-1.100');
  });
});

describe('linting in the web worker extension host', () => {
  let vscode: Vscode;

  before(async () => {
    vscode = await openVscode({ host: 'web' });
    await writeWorkflow(vscode);
  });
  after(() => vscode.close());

  it('underlines and lists what is wrong', async () => {
    await seesProblems(vscode);
    await vscode.screenshot('lint-web-host');
  });
});

describe('an action that only GitHub knows', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  before(async () => {
    project = await githubProject();
    vscode = await openVscode({ workspace: project.folder, settings: project.settings });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('is pinned to its release when somebody is signed in', async () => {
    const { git, fullName } = project.repository;
    const [sha = ''] = git.commits.keys();
    for (const tag of ['v2', 'v2.1.0']) git.tags.set(tag, sha);
    const steps = '    steps:\n';
    await writeWorkflow(vscode, text.replace(steps, `${steps}      - uses: ${fullName}@v2\n`));
    await vscode.openSidebar('Rust CI');
    await vscode.sidebar.getByRole('button', { name: 'Sign In…' }).first().waitFor();
    await vscode.command('Rust CI: Use a Personal Access Token…');
    await vscode.quickInput.locator('input').first().fill(project.github.token());
    await vscode.press('Enter');
    await vscode.sidebar.locator('.monaco-list-row', { hasText: 'Gates' }).first().waitFor();
    const menu = await quickFixes(vscode, fullName, 'Pin to a commit, asking GitHub');
    await vscode.screenshot('lint-pin-from-github');
    await menu.getByText('Pin to a commit, asking GitHub').click();
    await eventually('it is pinned', async () =>
      (await vscode.editorText()).includes(`- uses: ${fullName}@${sha} # v2.1.0`),
    );
  });
});

/** Writes the workflow with faults, and opens it. */
async function writeWorkflow(vscode: Vscode, content = text): Promise<void> {
  await mkdir(join(vscode.folder, '.github/workflows'), { recursive: true });
  await writeFile(join(vscode.folder, '.github/workflows/ci.yml'), content);
  await vscode.openFile('.github/workflows/ci.yml');
}

async function seesProblems(vscode: Vscode): Promise<void> {
  await vscode.page.locator('.squiggly-error').first().waitFor();
  await vscode.press('Control+Shift+M');
  const problems = vscode.page.locator('.markers-panel');
  await problems.getByText('unknown-event').first().waitFor();
  await problems.getByText('template-injection').first().waitFor();
}

/** The part of the active editor's text that a piece of syntax colouring covers. */
function word(vscode: Vscode, part: string) {
  return vscode.page.locator('.editor-group-container.active .view-line span span', { hasText: part }).first();
}

/** Opens the quick fixes of a word, as often as it takes until one is there: what is checked anew meanwhile closes them. */
async function quickFixes(vscode: Vscode, part: string, title: string): Promise<Locator> {
  const menu = vscode.page.locator('.action-widget');
  await eventually(`"${title}" is offered`, async () => {
    await word(vscode, part).click();
    await vscode.press('Control+.');
    const found = menu.getByText(title).waitFor({ timeout: 5000 });
    return found.then(
      () => true,
      () => false,
    );
  });
  return menu;
}

async function hover(vscode: Vscode, part: string): Promise<void> {
  await vscode.page.mouse.move(640, 20);
  await word(vscode, part).hover();
}
