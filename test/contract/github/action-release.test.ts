import assert from 'node:assert/strict';
import { actionRelease } from '../../../src/github/api/action-release.js';
import { createGitHub } from '../../../src/github/client.js';
import { here, standIn } from './stand-in.js';

describe('the release that an action is pinned to', () => {
  const test = standIn();

  function repository() {
    const made = test.github.repository(here.owner, here.repo);
    const release = (...tags: string[]) => {
      const sha = made.commit({ message: tags.join() }).sha;
      for (const tag of tags) made.git.tags.set(tag, sha);
      return sha;
    };
    return { made, release };
  }

  function find(ref: string) {
    const { apiUrl } = test.github;
    const token = test.github.token();
    return actionRelease(createGitHub({ apiUrl, webUrl: apiUrl, token: () => token }), here, ref);
  }

  it('is the newest that the tag moves along with', async () => {
    const { release } = repository();
    release('v4.2.0');
    const sha = release('v4.10.0', 'v4');
    release('v4.11.0-rc.1');
    release('v40.0.0');
    assert.deepEqual(await find('v4'), { tag: 'v4.10.0', sha });
    assert.equal((await find('v4.2'))?.tag, 'v4.2.0');
    assert.equal((await find('v4.2.0'))?.tag, 'v4.2.0');
  });

  it('is the tag itself where that is no version', async () => {
    const { release } = repository();
    const sha = release('nightly-build');
    assert.deepEqual(await find('nightly-build'), { tag: 'nightly-build', sha });
  });

  it('is the newest of all for a branch, and nothing where there is none', async () => {
    const { made, release } = repository();
    assert.equal(await find('main'), undefined);
    const sha = release('v1.3.0');
    made.deliveries.release({ tag: 'v1.3.0' });
    assert.deepEqual(await find('main'), { tag: 'v1.3.0', sha });
  });
});
