import assert from 'node:assert/strict';
import { checkout } from '../actions/checkout.js';
import type { StandIn } from '../actions/stand-in.js';
import { type Releases, releasesOf } from '../doubles/github.js';
import { inspect, pushIndex, pushSingle, type Pulled } from '../doubles/image.js';
import { reach, type Registry, startRegistry } from '../doubles/registry.js';
import { scaffolded } from '../projects/scaffold.js';
import { dispatch } from '../runner/event.js';
import type { RunResult } from '../runner/result.js';
import type { Repository } from '../runner/run.js';
import { annotationsOf, assertGates, gate, logOf, report, run } from './run.js';

const reason = 'The new version loses data.';

describe('rollback.yml', function () {
  this.timeout(600_000);
  let registry: Registry;
  let repository: Repository;
  let releases: Releases;
  let name = '';
  let count = 0;

  before(async () => {
    registry = await startRegistry();
  });
  after(() => registry.stop());

  // Every test has a repository, and with it an image name, of its own.
  beforeEach(async () => {
    const project = `Example/Project${++count}`;
    repository = await scaffolded({}, { workflows: ['rollback'] }, { name: project });
    releases = await releasesOf(repository);
    name = project.toLowerCase();
    registry.intercept(() => undefined);
  });

  function rollback(
    version: string,
    inputs: Record<string, string> = {},
    standIns: Record<string, StandIn> = {},
  ): Promise<RunResult> {
    const { files, vars } = reach(registry);
    return run(repository, 'rollback.yml', dispatch({ version, reason, ...inputs }), {
      vars,
      standIns,
      machine: { files, programs: { gh: releases.gh } },
    });
  }

  const push = (version: string, ...tags: string[]): Promise<string> =>
    pushIndex(registry.direct, name, version, [version, ...tags]);
  const latest = (): Promise<Pulled | undefined> => inspect(registry.direct, name, 'latest');

  it('keeps digest, index and every architecture, and says what it did', async () => {
    const earlier = await push('1.2.3');
    const current = await push('1.3.0', 'latest');
    const before = await inspect(registry.direct, name, earlier);
    const result = await rollback('v1.2.3', { request: 'editor-1' });
    assertGates(result, { rollback: 'pass' });
    assert.equal(result.name, 'Roll back to v1.2.3 [editor-1]');
    assert.deepEqual(await latest(), before);
    assert.deepEqual(before?.platforms, ['linux/amd64', 'linux/arm64', 'unknown/unknown']);
    assert.deepEqual(report(result).rollback, {
      image: `${registry.address}/${name}`,
      tag: 'latest',
      from: { digest: current, version: '1.3.0' },
      to: { digest: earlier, version: '1.2.3' },
      platforms: ['linux/amd64', 'linux/arm64'],
      reason,
      actor: 'maintainer',
      request: 'editor-1',
      done: true,
      release: null,
    });
    assert.equal((await inspect(registry.direct, name, '1.3.0'))?.digest, current);
  });

  it('goes back to a digest, and forward again', async () => {
    const earlier = await push('1.2.3');
    const current = await push('1.3.0', 'latest');
    assertGates(await rollback(earlier), { rollback: 'pass' });
    assert.equal((await latest())?.digest, earlier);
    assertGates(await rollback('1.3.0'), { rollback: 'pass' });
    assert.equal((await latest())?.digest, current);
  });

  it('keeps the digest of an image without an index', async () => {
    const earlier = await pushSingle(registry.direct, name, '1.2.3');
    await push('1.3.0', 'latest');
    const result = await rollback('v1.2.3');
    assertGates(result, { rollback: 'pass' });
    assert.equal((await latest())?.digest, earlier);
    assert.deepEqual(report(result).rollback?.platforms, ['linux/amd64']);
  });

  it('goes back to the digest of an image without an index where a tag names it', async () => {
    const earlier = await pushSingle(registry.direct, name, '1.2.3');
    await push('1.3.0', 'latest');
    assertGates(await rollback(earlier), { rollback: 'pass' });
    assert.equal((await latest())?.digest, earlier);
  });

  for (const [index, part] of ['the first platform', 'the second platform', 'the attestation'].entries()) {
    it(`refuses the digest of ${part} of an image alone, and names that of the whole`, async () => {
      const earlier = await push('1.2.3');
      const current = await push('1.3.0', 'latest');
      const member = (await inspect(registry.direct, name, earlier))?.members[index] ?? '';
      const result = await rollback(member);
      assert.deepEqual([result.jobs['detect']?.result, result.jobs['rollback']?.result], ['failure', 'skipped']);
      const said = annotationsOf(result, 'detect')[0] ?? '';
      assert.ok(said.includes(`${member} is one platform or an attestation`), said);
      assert.ok(said.includes(`Use the whole image, 1.2.3: ${earlier}`), said);
      assert.equal((await latest())?.digest, current);
    });
  }

  it('refuses the digest of a platform whose image has no tag any more', async () => {
    const untagged = await push('1.2.3');
    const member = (await inspect(registry.direct, name, untagged))?.members[0] ?? '';
    await pushIndex(registry.direct, name, '1.2.4', ['1.2.3']);
    const current = await push('1.3.0', 'latest');
    const result = await rollback(member);
    assert.equal(result.jobs['rollback']?.result, 'skipped');
    assert.match(annotationsOf(result, 'detect')[0] ?? '', /no tag names it/);
    assert.equal((await latest())?.digest, current);
  });

  it('marks the release of the version as the latest one', async () => {
    await push('1.2.3');
    await push('1.3.0', 'latest');
    await releases.add({ tagName: 'v1.2.3' }, { tagName: 'v1.3.0', isLatest: true });
    const result = await rollback('v1.2.3');
    assert.equal(report(result).rollback?.release, 'v1.2.3');
    assert.deepEqual(
      releases.list().map(({ tagName, isLatest }) => [tagName, isLatest]),
      [
        ['v1.2.3', true],
        ['v1.3.0', false],
      ],
    );
  });

  it('refuses a version that is not there, and names those that are', async () => {
    await push('1.2.3');
    const current = await push('1.3.0', 'latest');
    const result = await rollback('v9.9.9');
    assert.deepEqual([result.jobs['detect']?.result, result.jobs['rollback']?.result], ['failure', 'skipped']);
    assert.match(annotationsOf(result, 'detect')[0] ?? '', /There is no image v9\.9\.9\. There are: 1\.3\.0 1\.2\.3/);
    assert.equal((await latest())?.digest, current);
    assert.equal(gate(result, 'detect').state, 'fail');
  });

  it('refuses the version that is the latest already', async () => {
    await push('1.3.0', 'latest');
    const result = await rollback('v1.3.0');
    assert.equal(result.jobs['rollback']?.result, 'skipped');
    assert.match(annotationsOf(result, 'detect')[0] ?? '', /latest is v1\.3\.0 already/);
  });

  for (const version of ['latest', '$(touch pwned)', '../other:1.0', `sha256:${'0'.repeat(64)}`, '']) {
    it(`refuses the version "${version}"`, async () => {
      const current = await push('1.3.0', 'latest');
      if (version === '') return assert.rejects(rollback(version), /"version" is required/);
      const result = await rollback(version);
      assert.deepEqual([result.jobs['detect']?.result, result.jobs['rollback']?.result], ['failure', 'skipped']);
      assert.equal((await latest())?.digest, current);
    });
  }

  it('says that there is nothing to go back to where there is no image', async () => {
    const result = await rollback('v1.0.0');
    assertGates(result, { rollback: 'skipped' });
    assert.equal(gate(result, 'rollback').reason, 'There is no image yet.');
  });

  it('refuses when somebody pushed a new latest meanwhile', async () => {
    await push('1.2.3');
    await push('1.3.0', 'latest');
    let newest = '';
    const result = await rollback(
      'v1.2.3',
      {},
      {
        'actions/checkout': {
          ...checkout,
          async perform(step) {
            if (step.job === 'rollback') newest = await push('1.4.0', 'latest');
            return checkout.perform(step);
          },
        },
      },
    );
    assertGates(result, { rollback: 'fail' });
    assert.match(annotationsOf(result, 'rollback')[0] ?? '', /latest has moved to sha256/);
    assert.equal((await latest())?.digest, newest);
    assert.equal(report(result).rollback?.done, false);
  });

  it('does not take a registry that fails for one without images', async () => {
    await push('1.2.3');
    await push('1.3.0', 'latest');
    registry.intercept((_, path) => (path.includes('/manifests/') ? 503 : undefined));
    const result = await rollback('v1.2.3');
    assert.equal(result.jobs['detect']?.result, 'failure', logOf(result));
    assertGates(result, { detect: 'fail', rollback: 'skipped' });
  });

  it('fails, and says so, when the registry refuses the new tag', async () => {
    await push('1.2.3');
    const current = await push('1.3.0', 'latest');
    registry.intercept((method, path) => (method === 'PUT' && path.endsWith('/manifests/latest') ? 403 : undefined));
    const result = await rollback('v1.2.3');
    assertGates(result, { rollback: 'fail' });
    assert.equal(report(result).rollback?.done, false);
    assert.equal((await latest())?.digest, current);
  });

  it('notices a registry that takes the tag but does not move it', async () => {
    await push('1.2.3');
    await push('1.3.0', 'latest');
    registry.intercept((method, path) => (method === 'PUT' && path.endsWith('/manifests/latest') ? 201 : undefined));
    const result = await rollback('v1.2.3');
    assertGates(result, { rollback: 'fail' });
    assert.match(annotationsOf(result, 'rollback')[0] ?? '', /:latest should be sha256:\w+, but is sha256/);
  });
});
