import assert from 'node:assert/strict';
import { LanguageModelTextPart, lm, workspace } from 'vscode';
import { Project, workflow } from '../lint/project.js';

async function ask(input: object): Promise<string> {
  const { content } = await lm.invokeTool('rust-ci_lintWorkflow', { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

describe('the lint tool of language models', () => {
  let project: Project;
  beforeEach(async () => {
    project = await Project.create();
  });
  afterEach(() => project.remove());

  it('tells each finding with its place and code', async () => {
    const { uri } = await project.open(workflow('- run: cargo install cargo-nextest\n', 'pusk'));
    const path = workspace.asRelativePath(uri, false);
    const lines = (await ask({ path })).split('\n');
    assert.ok(lines.some((line) => line.startsWith(`${path}:2:3: error: `) && line.endsWith('[unknown-event]')));
  });

  it('says so when there is nothing to find', async () => {
    const { uri } = await project.open(workflow());
    assert.match(await ask({ path: workspace.asRelativePath(uri, false) }), /^Nothing was found/);
  });

  it('reads no file outside the workspace', async () => {
    await assert.rejects(ask({ path: '../../etc/passwd' }), /not in the workspace/);
    await assert.rejects(ask({ path: '/etc/passwd' }), /not in the workspace/);
  });
});
