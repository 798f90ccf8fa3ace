import assert from 'node:assert/strict';
import { liveImage } from '../../../src/core/rollback/live.js';
import { built, day, deployment, facts, image, release, rolledBack } from './facts.js';

const images = [image('a', ['1.0.0'], 0), image('b', ['1.1.0', 'latest'], 10)];

describe('what is live', () => {
  it('is the image that carries latest, since its report and by whom started that run', () => {
    const live = liveImage(
      facts({
        images,
        releases: [release('v1.1.0', 10)],
        delivered: [built('a', '1.0.0', 0, ['1.0.0', 'latest']), built('b', '1.1.0', 10, ['1.1.0', 'latest'])],
      }),
    );
    assert.equal(live?.version, '1.1.0');
    assert.deepEqual([live.since, live.by, live.runId, live.release?.tag], [day(10), 'maria', 10, 'v1.1.0']);
    assert.equal(live.rolledBack, null);
  });

  it('is nothing when no image carries latest', () => {
    assert.equal(liveImage(facts({ images: [image('a', ['1.0.0'], 0)] })), null);
  });

  it('came by a rollback when that was the last move', () => {
    const live = liveImage(
      facts({
        images: [image('a', ['1.0.0', 'latest'], 0), image('b', ['1.1.0'], 10)],
        delivered: [
          rolledBack(['b', '1.1.0'], ['a', '1.0.0'], 12, 'It crashes'),
          built('b', '1.1.0', 10, ['1.1.0', 'latest']),
        ],
      }),
    );
    assert.deepEqual([live?.since, live?.by, live?.rolledBack], [day(12), 'otto', { reason: 'It crashes' }]);
  });

  it('has no known age when somebody moved the tag by hand since', () => {
    const live = liveImage(facts({ images, delivered: [built('a', '1.0.0', 20, ['1.0.0', 'latest'])] }));
    assert.deepEqual([live?.version, live?.since, live?.by], ['1.1.0', null, null]);
  });

  it('does not count a rollback that came to nothing', () => {
    const live = liveImage(
      facts({
        images,
        delivered: [
          built('b', '1.1.0', 10, ['1.1.0', 'latest']),
          rolledBack(['b', '1.1.0'], ['a', '1.0.0'], 12, 'It crashes', false),
        ],
      }),
    );
    assert.deepEqual([live?.since, live?.by], [day(10), 'maria']);
  });

  it('has the age of its deployment where no run can be read any more', () => {
    const deployments = [
      deployment('v1.1.0', 9),
      deployment('v1.1.0', 11, { creator: 'otto' }),
      deployment('v1.1.0', 12, { state: 'failure' }),
      // A rollback deploys the default branch, whatever it moves.
      deployment('main', 14),
    ];
    const live = liveImage(facts({ images, deployments }));
    assert.deepEqual([live?.since, live?.by, live?.runId], [day(11), 'otto', 1011]);
  });
});
