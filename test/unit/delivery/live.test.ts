import assert from 'node:assert/strict';
import type { Deployment, DeploymentState, Environment } from '../../../src/core/actions/delivery.js';
import { approvalsOf, environmentStates } from '../../../src/core/delivery/live.js';
import { facts, run, snapshot } from '../gates/facts.js';

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
