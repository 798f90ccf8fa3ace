import assert from 'node:assert/strict';
import { inspect, pushIndex, pushSingle } from './image.js';
import { type Registry, startRegistry } from './registry.js';

describe('doubles: registry', function () {
  this.timeout(60_000);
  let registry: Registry;

  before(async () => {
    registry = await startRegistry();
  });
  after(() => registry.stop());

  it('keeps an index with its platforms, and a single image', async () => {
    const digest = await pushIndex(registry.address, 'example/project', '1.0.0', ['1.0.0', 'latest']);
    const { members = [], ...index } = (await inspect(registry.address, 'example/project', 'latest')) ?? {};
    assert.deepEqual(index, {
      digest,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      platforms: ['linux/amd64', 'linux/arm64', 'unknown/unknown'],
    });
    assert.equal(new Set(members).size, 3);
    for (const member of members)
      assert.equal((await inspect(registry.address, 'example/project', member))?.digest, member);
    const single = await pushSingle(registry.direct, 'example/project', 'single');
    assert.equal((await inspect(registry.address, 'example/project', 'single'))?.digest, single);
    assert.equal(await inspect(registry.address, 'example/project', 'absent'), undefined);
  });

  it('fails where a test wants it to', async () => {
    registry.intercept((method) => (method === 'PUT' ? 503 : undefined));
    await assert.rejects(pushSingle(registry.address, 'example/project', 'refused'), /503/);
    registry.intercept(() => undefined);
    assert.equal(await inspect(registry.address, 'example/project', 'refused'), undefined);
  });
});
