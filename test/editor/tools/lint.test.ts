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

  it('knows what the file refers to, as the editor does', async () => {
    const action =
      'name: Set up\ninputs:\n  level:\n    description: How much\nruns:\n  using: composite\n  steps: []\n';
    await project.write('.github/actions/set-up/action.yml', action);
    const { uri } = await project.open(workflow('- uses: ./.github/actions/set-up\n  with:\n    levle: 1\n'));
    assert.match(await ask({ path: workspace.asRelativePath(uri, false) }), /\[unknown-input\]/);
  });

  it('says so when there is nothing to find', async () => {
    const { uri } = await project.open(workflow());
    assert.match(await ask({ path: workspace.asRelativePath(uri, false) }), /^Nothing was found/);
  });

  it('reads no file outside the workspace', async () => {
    await assert.rejects(ask({ path: '../../etc/passwd' }), /not in the workspace/);
    await assert.rejects(ask({ path: '/etc/passwd' }), /not in the workspace/);
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const { path } = folder.uri;
    await assert.rejects(ask({ path: `${path}/${'../'.repeat(20)}etc/passwd` }), /not in the workspace/);
    await assert.rejects(ask({ path: `${path}/..${path}-other/ci.yml` }), /not in the workspace/);
  });
});
