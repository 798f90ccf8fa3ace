import assert from 'node:assert/strict';
import { candidatesOf } from '../../../src/core/rollback/candidates.js';
import { cautions, hindrance } from '../../../src/core/rollback/checks.js';
import type { Circumstances } from '../../../src/core/rollback/checks.js';
import { liveImage } from '../../../src/core/rollback/live.js';
import { built, facts, image, rolledBack, run, sha } from './facts.js';

describe('what stands in the way of a rollback', () => {
  const workflow = { enabled: true, missing: [] };
  const fine: Circumstances = {
    workflow,
    mayWrite: true,
    role: 'write',
    underWay: [],
    refused: null,
    images: 3,
    usable: 2,
  };

  it('is nothing when all is in place, or GitHub does not tell what one may', () => {
    assert.equal(hindrance(fine), null);
    assert.equal(hindrance({ ...fine, mayWrite: null }), null);
  });

  it('is named, one thing after the other', () => {
    const kinds = [
      hindrance({ ...fine, workflow: null }),
      hindrance({ ...fine, workflow: { ...workflow, enabled: false } }),
      hindrance({ ...fine, workflow: { ...workflow, missing: ['reason', 'request'] } }),
      hindrance({ ...fine, mayWrite: false, role: 'read' }),
      hindrance({ ...fine, underWay: [run(3)] }),
      hindrance({ ...fine, images: 0, usable: 0 }),
      hindrance({ ...fine, usable: 0 }),
      hindrance({ ...fine, refused: 'main' }),
    ];
    assert.deepEqual(kinds, [
      { kind: 'noWorkflow' },
      { kind: 'workflowDisabled' },
      { kind: 'oldWorkflow', missing: ['reason', 'request'] },
      { kind: 'noRole', role: 'read' },
      { kind: 'busy', run: run(3) },
      { kind: 'noImage' },
      { kind: 'noCandidates' },
      { kind: 'notAdmitted', branch: 'main' },
    ]);
  });
});

describe('what one should know before choosing', () => {
  it('is said of each version', () => {
    const some = facts({
      images: [
        image('b', ['1.1.0', 'latest'], 10),
        image('a', ['1.0.0', `sha-${sha('a')}`], 0),
        image('c', ['1.2.0'], 20),
        image('r', ['1.1.0-rc.1'], 9),
      ],
      delivered: [
        { ...built('a', '1.0.0', 0, ['1.0.0', 'latest']) },
        rolledBack(['c', '1.2.0'], ['b', '1.1.0'], 21, 'It crashes'),
      ],
      gates: new Map([[sha('a'), 'failed']]),
    });
    const live = liveImage(some);
    const of = (version: string) => {
      const one = candidatesOf(some).find((candidate) => candidate.version === version);
      assert.ok(one);
      return cautions(one, live, ['linux/amd64', 'linux/arm64', 'linux/s390x']);
    };
    assert.deepEqual(of('1.0.0'), [{ kind: 'gatesFailed' }, { kind: 'fewerPlatforms', lost: ['linux/s390x'] }]);
    assert.deepEqual(of('1.2.0'), [{ kind: 'knownBad', reason: 'It crashes' }, { kind: 'newer' }]);
    assert.deepEqual(of('1.1.0-rc.1'), [{ kind: 'prerelease' }]);
  });
});
