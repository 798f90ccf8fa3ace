import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Run } from '../../../src/core/actions/run.js';
import { createAnswerCache, fingerprint } from '../../../src/github/cache.js';
import { createDisk, type Storage } from '../../../src/github/disk.js';
import { isAllowed, scopesOf } from '../../../src/github/scopes.js';
import { chooseCommits, isLively, mergeRuns } from '../../../src/github/store/runs.js';
import { reuse } from '../../../src/github/store/same.js';

const cached = (size: number) => ({ etag: 'W/"1"', value: size, more: false, size });

describe('answers that are kept', () => {
  it('are bounded in number and size, and those not used for longest go first', () => {
    const cache = createAnswerCache({ entries: 3, bytes: 100 });
    for (const key of ['a', 'b', 'c']) cache.set(key, cached(10));
    cache.get('a');
    cache.set('d', cached(10));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => cache.get(key) !== undefined),
      [true, false, true, true],
    );
    cache.set('e', cached(85));
    assert.deepEqual(
      ['a', 'c', 'd', 'e'].map((key) => cache.get(key) !== undefined),
      [false, false, true, true],
    );
    cache.set('f', cached(101));
    assert.equal(cache.get('f'), undefined);
  });

  it('are replaced, not added to', () => {
    const cache = createAnswerCache({ entries: 3, bytes: 100 });
    for (let turn = 0; turn < 50; turn += 1) cache.set('a', cached(60));
    cache.set('b', cached(40));
    assert.ok(cache.get('a') && cache.get('b'));
  });

  it('are kept under a name from which no token can be had', async () => {
    const name = await fingerprint('secret-token');
    assert.match(name, /^[0-9a-f]{24}$/);
    assert.equal(name, await fingerprint('secret-token'));
    assert.notEqual(name, await fingerprint('secret-tokem'));
    assert.equal(await fingerprint(null), 'signed-out');
  });
});

describe('what is kept on disk', () => {
  function folder(): { storage: Storage; files: Map<string, { content: Uint8Array; modifiedAt: number }> } {
    const files = new Map<string, { content: Uint8Array; modifiedAt: number }>();
    let time = 0;
    const storage: Storage = {
      read: (name) => Promise.resolve(files.get(name)?.content ?? null),
      write: (name, content) => {
        files.set(name, { content, modifiedAt: (time += 1) });
        return Promise.resolve();
      },
      delete: (name) => {
        files.delete(name);
        return Promise.resolve();
      },
      list: () =>
        Promise.resolve(
          [...files].map(([name, { content, modifiedAt }]) => ({ name, size: content.length, modifiedAt })),
        ),
    };
    return { storage, files };
  }

  it('is read again, by its own key only', async () => {
    const { storage } = folder();
    const disk = createDisk(storage);
    await disk.write('github.com octo/tally jobs 1 1', [1, 2]);
    assert.deepEqual(await disk.read('github.com octo/tally jobs 1 1', v.array(v.number())), [1, 2]);
    assert.equal(await disk.read('github.com octo/tally jobs 1 2', v.array(v.number())), null);
    // Both keys have the same file name.
    assert.equal(await disk.read('github.com octo tally jobs 1 1', v.array(v.number())), null);
  });

  it('is nothing when it is not what it should be', async () => {
    const { storage, files } = folder();
    const disk = createDisk(storage);
    await disk.write('a', 'text');
    assert.equal(await disk.read('a', v.number()), null);
    for (const [name] of files) files.set(name, { content: new TextEncoder().encode('{"key": "a"'), modifiedAt: 1 });
    assert.equal(await disk.read('a', v.string()), null);
  });

  it('stays within its budget, and lets the oldest go', async () => {
    const { storage, files } = folder();
    const disk = createDisk(storage, 10_000);
    for (let number = 0; number < 50; number += 1) await disk.write(`item ${number}`, 'x'.repeat(1000));
    const size = [...files.values()].reduce((sum, { content }) => sum + content.length, 0);
    assert.ok(size <= 10_000, `${size} bytes`);
    assert.equal(await disk.read('item 0', v.string()), null);
    assert.equal((await disk.read('item 49', v.string()))?.length, 1000);
    await disk.write('too large', 'x'.repeat(5000));
    assert.equal(await disk.read('too large', v.string()), null);
  });

  it('fails nobody when the disk does', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('ENOSPC'));
    const disk = createDisk({ read: broken, write: broken, delete: broken, list: broken });
    await disk.write('a', 1);
    assert.equal(await disk.read('a', v.number()), null);
  });
});

describe('scopes of a token', () => {
  it('bring others with them', () => {
    assert.equal(isAllowed(['repo'], ['public_repo']), true);
    assert.equal(isAllowed(['write:packages'], ['read:packages']), true);
    assert.equal(isAllowed(['gist'], ['repo']), false);
    assert.equal(isAllowed([], []), true);
    assert.deepEqual(scopesOf('repo, workflow'), ['repo', 'workflow']);
    assert.deepEqual(scopesOf(''), []);
    assert.equal(scopesOf(undefined), null);
  });
});

describe('runs from several answers', () => {
  const run = (id: number, more: Partial<Run> = {}): Run => ({
    id,
    workflowId: 1,
    path: '.github/workflows/test.yml',
    name: 'test',
    title: '',
    number: id,
    attempt: 1,
    event: 'push',
    branch: 'main',
    sha: `sha${id}`,
    actor: null,
    status: 'completed',
    conclusion: 'success',
    createdAt: id * 1000,
    startedAt: id * 1000,
    updatedAt: id * 1000,
    url: '',
    ...more,
  });

  it('are each shown once, as the newest answer has them', () => {
    const merged = mergeRuns(
      [run(1, { attempt: 2, status: 'queued', conclusion: null }), run(2, { updatedAt: 5000, title: 'old' })],
      [run(1, { updatedAt: 9000 }), run(2, { updatedAt: 6000, title: 'new' }), run(3)],
    );
    assert.deepEqual(
      merged.map(({ id, attempt, title }) => [id, attempt, title]),
      [
        [3, 1, ''],
        [2, 1, 'new'],
        [1, 2, ''],
      ],
    );
  });

  it('say which commits are looked at', () => {
    const going = run(9, { status: 'in_progress', conclusion: null });
    const runs = [going, run(8, { conclusion: 'cancelled' }), run(7), run(6)];
    assert.deepEqual(chooseCommits(runs, runs, runs, 'sha9', true), { current: 'sha9', earlier: 'sha7', main: 'sha9' });
    assert.deepEqual(chooseCommits(runs, runs, runs, 'sha7', true), { current: 'sha7', earlier: null, main: 'sha9' });
    assert.deepEqual(chooseCommits(runs, runs, runs, 'other', true), { current: null, earlier: 'sha7', main: 'sha9' });
    assert.deepEqual(chooseCommits([], [], [], null, false), { current: null, earlier: null, main: null });
  });

  it('of pull requests from branches called main are not those of the default branch', () => {
    const runs = [run(9, { event: 'pull_request' }), run(8)];
    assert.deepEqual(chooseCommits(runs, runs, runs, 'sha8', true), { current: 'sha8', earlier: null, main: 'sha8' });
  });

  it('are worth a look while they go on, but not for ever', () => {
    const going = run(1, { status: 'in_progress', conclusion: null, updatedAt: 0 });
    assert.equal(isLively(going, 60_000), true);
    assert.equal(isLively(going, 3 * 60 * 60_000), false);
    assert.equal(isLively({ ...going, status: 'waiting' }, 60_000), false);
    assert.equal(isLively(run(1), 60_000), false);
  });

  it('stay the same objects while nothing changes', () => {
    const one = run(1);
    const before = { runs: [one], jobs: new Map([[1, one]]), sha: 'a', at: 1 };
    assert.equal(reuse(before, { runs: [one], jobs: new Map([[1, one]]), sha: 'a', at: 1 }), before);
    const after = reuse(before, { runs: [one], jobs: new Map([[2, one]]), sha: 'a', at: 1 });
    assert.notEqual(after, before);
    assert.equal(after.runs, before.runs);
    assert.deepEqual([...after.jobs.keys()], [2]);
  });
});
