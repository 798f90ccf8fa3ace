import assert from 'node:assert/strict';
import type { Deployment, DeploymentState, ImageVersion, Release } from '../../../src/core/actions/delivery.js';
import type { Run } from '../../../src/core/actions/run.js';
import type { Report } from '../../../src/core/gates/report.js';
import { timelineOf, type DeliveryHistory } from '../../../src/core/history/timeline.js';

const nothing: DeliveryHistory = {
  environments: null,
  deployments: null,
  releases: null,
  images: null,
  delivered: [],
  runs: [],
  waiting: [],
};
const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;

function deployment(at: number, ref: string, state: DeploymentState, change: Partial<Deployment> = {}): Deployment {
  return {
    id: at,
    environment: 'production',
    sha: 'c'.repeat(40),
    ref,
    creator: 'maria',
    createdAt: at - 5,
    state,
    stateAt: at,
    runId: null,
    url: null,
    ...change,
  };
}

function release(tag: string, at: number, change: Partial<Release> = {}): Release {
  const base = { id: at, tag, name: '', notes: '', draft: false, prerelease: false, author: 'maria' };
  return { ...base, createdAt: at, publishedAt: at, assets: [], url: '', ...change };
}

function image(tags: readonly string[], digit: number): ImageVersion {
  return { id: digit, digest: digest(digit), tags, createdAt: 1, updatedAt: 1, url: '' };
}

function rolledBack(runId: number, done = true) {
  const rollback = {
    image: 'ghcr.io/octo/tally',
    tag: 'latest',
    from: { digest: digest(2), version: '1.1.0' },
    to: { digest: digest(1), version: '1.0.0' },
    platforms: [],
    reason: 'It loses data',
    actor: 'jo',
    request: null,
    done,
    release: null,
  };
  const report = { created: '1970-01-01T00:00:00.300Z', rollback } as unknown as Report;
  return { run: { id: runId, actor: 'maria', url: '' }, report };
}

const run = (id: number, path: string): Run =>
  ({ id, path, branch: 'v1.2.0', sha: 'd'.repeat(40), actor: 'jo', startedAt: 400 }) as unknown as Run;

function lane(history: Partial<DeliveryHistory>, environment = 'production') {
  const found = timelineOf({ ...nothing, ...history }, 1000).lanes.find((each) => each.environment === environment);
  assert.ok(found, `there is a lane for ${environment}`);
  return found.spans;
}

describe('the timeline of deliveries', () => {
  it('is empty where nothing is known', () => {
    assert.deepEqual(timelineOf(nothing, 1000), { lanes: [], releases: [], now: 1000 });
  });

  it('lets a version be live until the next one', () => {
    // GitHub leaves old deployments to production as successes.
    const spans = lane({ deployments: [deployment(200, 'v1.1.0', 'success'), deployment(100, 'v1.0.0', 'success')] });
    assert.deepEqual(
      spans.map(({ version, state, from, until }) => [version, state, from, until]),
      [
        ['v1.0.0', 'replaced', 100, 200],
        ['v1.1.0', 'live', 200, null],
      ],
    );
  });

  it('takes the creation of what is inactive for its beginning, and its last state for its end', () => {
    const [span] = lane({ deployments: [deployment(200, 'v1.0.0', 'inactive', { createdAt: 100 })] });
    assert.deepEqual([span?.state, span?.from, span?.until], ['replaced', 100, 200]);
  });

  it('never lets live what failed, waits or is under way', () => {
    const spans = lane({
      deployments: [
        deployment(100, 'v1.0.0', 'success'),
        deployment(200, 'v1.1.0', 'failure'),
        deployment(300, 'v1.2.0', 'waiting'),
        deployment(400, 'v1.3.0', 'in_progress'),
        deployment(500, 'v1.4.0', 'unknown'),
      ],
    });
    assert.deepEqual(
      spans.map(({ state }) => state),
      ['live', 'failed', 'waiting', 'running', 'unknown'],
    );
  });

  it('shows a rollback as what it went back to, with its reason', () => {
    const spans = lane({
      deployments: [
        deployment(100, 'v1.0.0', 'success'),
        deployment(200, 'v1.1.0', 'success'),
        // GitHub has it as a deployment of the default branch.
        deployment(300, 'main', 'success', { runId: 7 }),
      ],
      delivered: [rolledBack(7)],
    });
    const last = spans.at(-1);
    assert.deepEqual(
      [last?.kind, last?.version, last?.digest, last?.reason, last?.by, last?.sha, last?.state],
      ['rollback', '1.0.0', digest(1), 'It loses data', 'jo', null, 'live'],
    );
    assert.equal(spans[1]?.until, 300);
  });

  it('knows a rollback whose deployment is not listed, and one whose report is gone', () => {
    const [unlisted] = lane({ delivered: [rolledBack(7)] });
    assert.deepEqual([unlisted?.kind, unlisted?.from, unlisted?.state], ['rollback', 300, 'live']);
    const [expired] = lane({
      deployments: [deployment(300, 'main', 'success', { runId: 7 })],
      runs: [{ id: 7, path: '.github/workflows/rollback.yml' }],
    });
    assert.deepEqual([expired?.kind, expired?.version], ['rollback', 'an unknown version']);
  });

  it('calls a rollback failed that did not come to its end', () => {
    const [span] = lane({ delivered: [rolledBack(7, false)] });
    assert.equal(span?.state, 'failed');
  });

  it('says who may approve, whether or not the deployment is listed', () => {
    const pending = {
      environmentId: 1,
      environment: 'production',
      canApprove: true,
      reviewers: ['maria'],
      waitTimer: 0,
    };
    const waiting = [{ run: run(9, '.github/workflows/release.yml'), pending }];
    const [listed, ...others] = lane({ deployments: [deployment(300, 'v1.2.0', 'waiting', { runId: 9 })], waiting });
    assert.deepEqual([listed?.state, listed?.waitsFor, others], ['waiting', ['maria'], []]);
    const [unlisted] = lane({ waiting });
    assert.deepEqual([unlisted?.state, unlisted?.version, unlisted?.waitsFor], ['waiting', 'v1.2.0', ['maria']]);
  });

  it('puts production first', () => {
    const { lanes } = timelineOf(
      {
        ...nothing,
        deployments: [
          deployment(1, 'release-1', 'success', { environment: 'edge' }),
          deployment(2, 'v1', 'success'),
          deployment(3, 'main', 'success', { environment: 'github-pages' }),
        ],
      },
      1000,
    );
    assert.deepEqual(
      lanes.map(({ environment }) => environment),
      ['production', 'edge'],
    );
  });

  it('joins releases with images and with where they are live', () => {
    const asset = { name: 'tally.tar.gz', size: 10, downloads: 3, digest: null, url: '' };
    const { releases } = timelineOf(
      {
        ...nothing,
        releases: [
          release('v1.0.0', 100, { assets: [asset, asset] }),
          release('v1.1.0', 200),
          release('v0.9.0', 50),
          release('v2.0.0', 300, { draft: true, publishedAt: null }),
        ],
        images: [image(['1.0.0', 'latest'], 1), image(['1.1.0'], 2)],
        deployments: [deployment(100, 'v1.0.0', 'success'), deployment(300, 'main', 'success', { runId: 7 })],
        delivered: [rolledBack(7)],
      },
      1000,
    );
    assert.deepEqual(
      releases.map(({ tag, obstacle, live, downloads, image: known }) => [
        tag,
        obstacle,
        live,
        downloads,
        known?.digest,
      ]),
      [
        ['v2.0.0', 'a draft', [], 0, undefined],
        ['v1.1.0', null, [], 0, digest(2)],
        ['v1.0.0', 'live now', ['production'], 6, digest(1)],
        ['v0.9.0', 'no image of it', [], 0, undefined],
      ],
    );
  });

  it('promises no obstacle where images cannot be seen', () => {
    const { releases } = timelineOf({ ...nothing, releases: [release('v1.0.0', 100)] }, 1000);
    assert.equal(releases[0]?.obstacle, null);
  });
});
