import assert from 'node:assert/strict';
import fc from 'fast-check';
import { candidatesOf, isUsable, suggested } from '../../../src/core/rollback/candidates.js';
import { liveImage } from '../../../src/core/rollback/live.js';
import { built, day, deployment, digest, facts, image, release, rolledBack, sha } from './facts.js';

const versions = (found: readonly { version: string | null }[]) => found.map(({ version }) => version);

describe('candidates of a rollback', () => {
  const all = facts({
    images: [
      image('c', ['1.2.0', 'latest', `sha-${sha('c')}`], 20),
      image('b', ['1.1.0', `sha-${sha('b')}`], 10),
      image('a', ['1.0.0'], 0),
      image('r', ['1.3.0-rc.1'], 25),
      image('x', [], 10),
      image('s', [`sha-${sha('d')}`], 22),
    ],
    releases: [release('v1.1.0', 10), release('v0.9.0', -30), release('v2.0.0', 30, { draft: true })],
    delivered: [built('c', '1.2.0', 20, ['1.2.0', 'latest']), built('b', '1.1.0', 10, ['1.1.0', 'latest'])],
    deployments: [deployment('v1.0.0', 0)],
    gates: new Map([
      [sha('b'), 'passed'],
      [sha('d'), 'failed'],
    ]),
  });
  const found = candidatesOf(all);
  const of = (version: string | null) => found.find((one) => one.version === version);

  it('are all but what is live and what has no tag, newest first', () => {
    assert.deepEqual(versions(found), ['1.3.0-rc.1', '1.1.0', '1.0.0', '0.9.0', null]);
  });

  it('tell what is known of each', () => {
    const b = of('1.1.0');
    assert.equal(b?.digest, digest('b'));
    assert.equal(b.release?.notes, 'What is new in v1.1.0.');
    assert.deepEqual([b.wasLive, b.gates, b.commit, b.newer], [true, 'passed', sha('b'), false]);
    assert.deepEqual(b.platforms, ['linux/amd64', 'linux/arm64']);
  });

  it('tell what is not known as not known', () => {
    const a = of('1.0.0');
    assert.deepEqual([a?.wasLive, a?.gates, a?.platforms, a?.release], [true, 'unknown', null, null]);
    const s = of(null);
    assert.deepEqual([s?.wasLive, s?.gates, s?.newer], [null, 'failed', true]);
    assert.equal(of('1.3.0-rc.1')?.wasLive, false);
  });

  it('include releases whose image is gone, which cannot be used', () => {
    const gone = of('0.9.0');
    assert.ok(gone);
    assert.equal(isUsable(gone), false);
    assert.equal(of('2.0.0'), undefined);
  });

  it('suggest the newest earlier release', () => {
    assert.equal(suggested(found)?.version, '1.1.0');
    assert.equal(suggested([]), null);
  });

  it('carry the tags that they keep', () => {
    const [one] = candidatesOf(facts({ images: [image('b', ['1.1.0', '1.1'], 0), image('c', ['latest'], 1)] }));
    assert.deepEqual(one?.tags, ['1.1.0', '1.1']);
  });

  it('never change nothing, whatever the registry lists', () => {
    const letters = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const tags = fc.uniqueArray(fc.constantFrom('latest', '1.0.0', '1.1.0', 'x', `sha-${sha('e')}`), { maxLength: 3 });
    const listed = fc.uniqueArray(fc.record({ letter: letters, tags, at: fc.nat(50) }), {
      selector: ({ letter }) => letter,
    });
    fc.assert(
      fc.property(listed, (images) => {
        const some = facts({ images: images.map(({ letter, tags, at }) => image(letter, tags, at)) });
        const live = liveImage(some)?.image.digest;
        for (const one of candidatesOf(some)) assert.notEqual(one.digest, live ?? 'none');
      }),
    );
  });
});

describe('versions known as bad', () => {
  const images = [image('b', ['1.1.0'], 10), image('a', ['1.0.0', 'latest'], 0)];
  const bad = rolledBack(['b', '1.1.0'], ['a', '1.0.0'], 12, 'It loses data');

  it('carry the reason for which they were rolled back from', () => {
    const [b] = candidatesOf(facts({ images, delivered: [bad] }));
    assert.deepEqual(b?.bad, { reason: 'It loses data', by: 'otto', at: day(12) });
    assert.equal(b.newer, true);
  });

  it('are never suggested', () => {
    const live = [image('c', ['1.2.0', 'latest'], 20), image('b', ['1.1.0'], 10), image('a', ['1.0.0'], 0)];
    const found = candidatesOf(facts({ images: live, delivered: [bad] }));
    assert.equal(suggested(found)?.version, '1.0.0');
  });

  it('are not when the rollback came to nothing', () => {
    const nothing = rolledBack(['b', '1.1.0'], ['a', '1.0.0'], 12, 'It loses data', false);
    assert.equal(candidatesOf(facts({ images, delivered: [nothing] }))[0]?.bad, null);
  });

  it('are good again when somebody went forward to them; what that left is not bad for it', () => {
    const undone = rolledBack(['a', '1.0.0'], ['b', '1.1.0'], 13, 'False alarm');
    const forward = [image('b', ['1.1.0', 'latest'], 10), image('a', ['1.0.0'], 0), image('c', ['1.2.0'], 20)];
    const found = candidatesOf(facts({ images: forward, delivered: [undone, bad] }));
    assert.deepEqual(
      found.map(({ version, bad }) => [version, bad]),
      [
        ['1.2.0', null],
        ['1.0.0', null],
      ],
    );
    const later = [image('b', ['1.1.0'], 10), image('c', ['1.2.0', 'latest'], 20)];
    assert.equal(candidatesOf(facts({ images: later, delivered: [undone, bad] }))[0]?.bad, null);
  });
});

describe('what a version runs on', () => {
  it('is what the registry shows, whatever a report once named', () => {
    const some = facts({
      images: [image('b', ['1.1.0', 'latest'], 10), image('a', ['1.0.0'], 0)],
      delivered: [built('a', '1.0.0', 0, ['1.0.0', 'latest'])],
    });
    const platforms = new Map([[digest('a'), ['linux/amd64']]]);
    assert.deepEqual(candidatesOf(some)[0]?.platforms, ['linux/amd64', 'linux/arm64']);
    assert.deepEqual(candidatesOf({ ...some, platforms })[0]?.platforms, ['linux/amd64']);
  });
});
