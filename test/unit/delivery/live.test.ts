import assert from 'node:assert/strict';
import type { Deployment, DeploymentState, Environment } from '../../../src/core/actions/delivery.js';
import { approvalsOf, environmentStates } from '../../../src/core/delivery/live.js';
import { facts, run, snapshot, workflow } from '../gates/facts.js';

const environment = (id: number, name: string): Environment => ({ id, name, reviewers: [], waitTimer: 0, url: '' });
const deployment = (id: number, name: string, state: DeploymentState): Deployment => ({
  id,
  environment: name,
  sha: 'a',
  ref: `v${id}`,
  creator: null,
  createdAt: id,
  state,
  stateAt: id,
  runId: null,
  url: null,
});
const delivery = (deployments: readonly Deployment[]) => ({
  environments: [environment(1, 'production'), environment(2, 'staging')],
  deployments,
  releases: null,
  images: null,
});
const waiting = run('release.yml', 'waiting', { id: 5 });
const pending = { environmentId: 2, environment: 'staging', canApprove: true, reviewers: [], waitTimer: 0 };

describe('environments', () => {
  it('have what succeeded last, and what is newer', () => {
    const states = environmentStates(
      snapshot({
        delivery: delivery([
          deployment(1, 'production', 'inactive'),
          deployment(3, 'production', 'failure'),
          deployment(2, 'production', 'success'),
        ]),
      }),
    );
    const [production, staging] = states ?? [];
    assert.equal(production?.live?.id, 2);
    assert.equal(production.newest?.id, 3);
    assert.deepEqual([staging?.live, staging?.newest], [null, null]);
  });

  it('are called after the version that a rollback led to, not after the branch it ran from', () => {
    const rollback = { ...deployment(9, 'production', 'success'), ref: 'main' };
    const image = {
      id: 1,
      digest: 'sha256:1',
      tags: ['sha-1', '1.4', '1.4.0', 'latest'],
      createdAt: 1,
      updatedAt: 1,
      url: '',
    };
    const named = (images: (typeof image)[] | null, files: string[]) =>
      environmentStates(
        snapshot({ workflows: files.map((file) => workflow(file)), delivery: { ...delivery([rollback]), images } }),
      )?.[0]?.liveAs;
    assert.equal(named([image], ['rollback.yml']), '1.4.0');
    assert.equal(named(null, ['rollback.yml']), 'main');
    assert.equal(named([image], ['deploy.yml']), 'main');
    const release = environmentStates(snapshot({ delivery: delivery([deployment(2, 'production', 'success')]) }));
    assert.deepEqual([release?.[0]?.liveAs, release?.[1]?.liveAs], ['v2', null]);
  });

  it('come first when something waits for them', () => {
    const current = { ...facts({ runs: [waiting] }), pending: new Map([[5, [pending]]]) };
    const states = environmentStates(snapshot({ current, delivery: delivery([]) }));
    assert.deepEqual(
      states?.map(({ environment: { name }, approvals }) => [name, approvals.length]),
      [
        ['staging', 1],
        ['production', 0],
      ],
    );
  });

  it('are unknown until they were asked for', () => {
    assert.equal(environmentStates(snapshot()), null);
  });
});

describe('approvals', () => {
  it('are listed once, though several commits name their run', () => {
    const current = { ...facts({ runs: [waiting] }), pending: new Map([[5, [pending]]]) };
    assert.equal(approvalsOf(snapshot({ current, main: current })).length, 1);
  });

  it('are also those of a release, whose tag nobody has checked out', () => {
    const release = { ...waiting, branch: 'v1.5.0' };
    const waitingRuns = [{ run: release, pending: [pending] }];
    const [only] = approvalsOf(snapshot({ delivery: { ...delivery([]), waiting: waitingRuns } }));
    assert.equal(only?.run.branch, 'v1.5.0');
  });

  it('are none of runs that have ended', () => {
    const ended = { ...waiting, status: 'completed', conclusion: 'cancelled' } as const;
    const current = { ...facts({ runs: [ended] }), pending: new Map([[5, [pending]]]) };
    assert.deepEqual(approvalsOf(snapshot({ current })), []);
  });
});
