import assert from 'node:assert/strict';
import type { OpenRepository } from '../../../src/editor/github/github.js';
import { StoreWatch } from '../../../src/editor/github/watch-store.js';

/** A repository whose store tells of a change as soon as it is watched. */
function repository(onWatch: () => void, watchers: { count: number }): OpenRepository {
  const store = {
    watch: () => {
      watchers.count++;
      onWatch();
      return () => watchers.count--;
    },
  };
  return { store } as unknown as OpenRepository;
}

describe('watching a repository', () => {
  it('begins once, although watching tells of a change at once', () => {
    const watchers = { count: 0 };
    const watch = new StoreWatch('status');
    const one: OpenRepository = repository(() => {
      watch.follow(one);
    }, watchers);
    watch.follow(one);
    assert.equal(watchers.count, 1);
    watch.follow(undefined);
    assert.equal(watchers.count, 0);
  });

  it('keeps the last one that was wanted', () => {
    const first = { count: 0 };
    const second = { count: 0 };
    const watch = new StoreWatch('delivery');
    const other = repository(() => undefined, second);
    watch.follow(
      repository(() => {
        watch.follow(other);
      }, first),
    );
    assert.deepEqual([first.count, second.count], [0, 1]);
  });
});
