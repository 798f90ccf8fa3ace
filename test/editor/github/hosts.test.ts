import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { addressesOf } from '../../../src/editor/github/hosts.js';

describe('the addresses of a GitHub host', () => {
  const set = (uri: string | undefined) =>
    workspace.getConfiguration('github-enterprise').update('uri', uri, ConfigurationTarget.Global);

  afterEach(() => set(undefined));

  it('are those of github.com, of a ghe.com host and of an Enterprise Server', () => {
    assert.equal(addressesOf('github.com').api, 'https://api.github.com');
    assert.equal(addressesOf('acme.ghe.com').api, 'https://api.acme.ghe.com');
    assert.equal(addressesOf('git.example.com').api, 'https://git.example.com/api/v3');
  });

  it('are https except on loopback, whatever the setting says', async () => {
    await set('http://git.example.com');
    assert.equal(addressesOf('git.example.com').web, 'https://git.example.com');
    for (const local of ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000']) {
      await set(`http://${local}`);
      assert.equal(addressesOf(local).api, `http://${local}/api/v3`);
    }
    await set('http://127.0.0.1.example.com');
    assert.equal(addressesOf('127.0.0.1.example.com').web, 'https://127.0.0.1.example.com');
  });
});
