import assert from 'node:assert/strict';
import { extensions, version, workspace, type Uri } from 'vscode';

interface GitApi {
  readonly repositories: readonly { readonly state: { readonly HEAD?: { readonly name?: string } } }[];
  openRepository(root: Uri): Promise<unknown>;
}

/** What the other tests take for granted of the VS Code they run in. */
describe('the VS Code that runs the tests', () => {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');

  it('is the one that was asked for', () => {
    assert.equal(version.split('.').slice(0, 2).join('.'), process.env['TEST_VSCODE']);
  });

  it('opens the sample project from disk', () => {
    assert.equal(folder.uri.scheme, 'file');
    assert.equal(folder.name, 'tally');
  });

  it('finds files', async () => {
    const found = await workspace.findFiles('**/*.rs');
    assert.ok(found.length >= 4, `${found.length} files found`);
  });

  it('has git, with the default branch', async () => {
    const git = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    assert.ok(git);
    const api = (await git.activate()).getAPI(1);
    await api.openRepository(folder.uri);
    assert.equal(api.repositories[0]?.state.HEAD?.name, 'main');
  });

  it('is trusted', () => {
    assert.equal(workspace.isTrusted, true);
  });
});
