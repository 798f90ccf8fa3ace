import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { githubProject, type GitHubProject } from './github-project.js';
import { eventually, openVscode, type Vscode } from './vscode.js';

const red = '\u001b[1m\u001b[91m';
const blue = '\u001b[1m\u001b[94m';
const bold = '\u001b[1m';
const off = '\u001b[0m';

/** What clippy would write of a line of the sample project, with cargo's colours. */
const clippy = [
  '##[group]Run cargo clippy --workspace --all-targets -- -D warnings',
  'shell: /usr/bin/bash -e {0}',
  '##[endgroup]',
  `${bold}\u001b[92m    Checking${off} tally v0.3.0 (/home/runner/work/tally/tally)`,
  `${red}error${off}${bold}: this loop could be written as an iterator${off}`,
  `  ${blue}--> ${off}src/lib.rs:13:5`,
  `   ${blue}|${off}`,
  `${blue}13${off} ${blue}|${off}     for word in text.split_whitespace().filter_map(normalise) {`,
  `   ${blue}|${off}     ${red}^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^${off} ${red}help: use fold${off}`,
  `   ${blue}|${off}`,
  `   ${blue}= ${off}${bold}help${off}: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.95.0/index.html#manual_fold`,
  '',
  `${red}error${off}: could not compile \`tally\` (lib) due to 1 previous error`,
  '##[error]Process completed with exit code 101.',
  '',
].join('\n');

const lcov = `SF:src/lib.rs
${Array.from({ length: 30 }, (_, index) => `DA:${index + 11},${index % 4 === 3 ? 0 : 3}`).join('\n')}
end_of_record
`;

describe('from a red gate to the line', () => {
  let project: GitHubProject;
  let vscode: Vscode;

  const row = (label: string): Locator =>
    vscode.sidebar.locator('.monaco-list-row', { has: vscode.page.locator('.label-name', { hasText: label }) }).first();

  before(async () => {
    project = await githubProject();
    const { repository } = project;
    repository.run({
      workflow: 'test.yml',
      branch: 'main',
      at: repository.ago('30m'),
      jobs: [
        {
          name: 'clippy',
          duration: '50s',
          conclusion: 'failure',
          steps: [{ name: 'Check out' }, { name: 'cargo clippy', conclusion: 'failure', log: clippy }],
        },
        {
          name: 'coverage',
          duration: '90s',
          artifacts: (run) => [
            { name: 'coverage-lcov', content: { 'lcov.info': lcov } },
            {
              name: 'rust-ci-report',
              content: {
                'rust-ci-report.json': JSON.stringify({
                  schema: 1,
                  workflow: 'test',
                  repository: 'octo/tally',
                  commit: run.commit.sha,
                  ref: 'refs/heads/main',
                  event: 'push',
                  run: { id: run.id, number: run.number, attempt: 1 },
                  created: new Date(run.createdAt).toISOString(),
                  gates: [
                    { id: 'clippy', state: 'fail', value: 1, threshold: null, unit: 'findings', reason: null },
                    { id: 'coverage', state: 'pass', value: 76.6, threshold: 70, unit: '%', reason: null },
                  ],
                  coverage: {
                    covered: 23,
                    coverable: 30,
                    crates: [{ name: 'tally', root: '.', covered: 23, coverable: 30 }],
                  },
                }),
              },
            },
          ],
        },
      ],
    });
    vscode = await openVscode({ workspace: project.folder, settings: project.settings });
    await vscode.page.setViewportSize({ width: 1400, height: 1100 });
    await vscode.openSidebar('Rust CI');
    await vscode.command('Rust CI: Use a Personal Access Token…');
    await vscode.quickInput.locator('input').first().fill(project.github.token());
    await vscode.press('Enter');
    await row('Clippy').waitFor({ timeout: 120_000 });
  });
  after(async () => {
    await vscode.close();
    await project.stop();
  });

  it('takes two clicks', async () => {
    await row('Clippy').locator('.monaco-tl-twistie').click();
    const finding = row('src/lib.rs:13');
    await finding.waitFor({ timeout: 60_000 });
    await vscode.screenshot('red-gate-findings');
    await finding.click();
    await vscode.tab('lib.rs').waitFor();
    await eventually('the line is shown', async () => (await vscode.statusBar()).includes('Ln 13, Col 5'));
  });

  it('stands in the Problems panel, marked with its run', async () => {
    await vscode.command('Rust CI: Show Problems of the Last Run');
    const problems = vscode.page.locator('.markers-panel');
    await problems.getByText('this loop could be written as an iterator').first().waitFor();
    await problems
      .getByText(/Clippy, test\.yml #\d+/)
      .first()
      .waitFor();
    await vscode.screenshot('red-problems', ['dark', 'light', 'contrast']);
    await vscode.press('Control+J');
  });

  it('shows the log where it went wrong, coloured', async () => {
    await vscode.command('Rust CI: Open Log…');
    await vscode.page.locator('.tab', { hasText: 'clippy' }).waitFor();
    await eventually('the log is shown', async () =>
      (await vscode.editorText()).includes('error: this loop could be written as an iterator'),
    );
    const text = await vscode.editorText();
    assert.ok(!text.includes('\u001b') && !text.includes('##[group]'));
    await vscode.screenshot('red-log', ['dark', 'light', 'contrast', 'contrastLight']);
  });

  it('shows the coverage of the run in the Test Coverage view and the gutter', async () => {
    await row('src/lib.rs:13').click();
    await vscode.tab('lib.rs').waitFor();
    await vscode.command('Rust CI: Show Coverage of the Last Run');
    await vscode.page.locator('.coverage-deco-gutter, .coverage-deco-hit, .coverage-deco-miss').first().waitFor();
    await vscode.screenshot('red-coverage', ['dark', 'light', 'contrast']);
  });
});
