import assert from 'node:assert/strict';
import { getRepository } from '../../../src/github/api/repository.js';
import type { GitHub } from '../../../src/github/client.js';
import { proveLive, type Proof } from '../../../src/github/verify/live-proof.js';
import type { Fault } from '../../github/github.js';
import { here } from '../github/stand-in.js';
import { startPlace, type Place } from './place.js';
import { cutEverywhere, type Violations } from './trials.js';

async function startTested(): Promise<Place> {
  const place = await startPlace();
  place.state.workflow('test.yml', { jobs: [{ name: 'fmt' }, { name: 'test-gate', needs: ['fmt'], always: true }] });
  place.state.workflow('security.yml', { jobs: [{ name: 'security-gate', duration: '50s' }] });
  return place;
}

/** Proves at the stand-in, on which runs start with a pull request as on GitHub. */
async function prove(
  place: Place,
  github: GitHub,
  signal = new AbortController().signal,
  gates = ['test-gate', 'security-gate'],
): Promise<Proof> {
  const repository = await getRepository(github, here);
  const started = new Set<number>();
  return proveLive({
    github,
    repository,
    gates,
    request: '0123abcd',
    tell: () => undefined,
    signal,
    pause: () => {
      for (const { number, head, state } of place.state.pulls) {
        if (state !== 'open' || started.has(number)) continue;
        started.add(number);
        for (const workflow of ['test.yml', 'security.yml']) {
          place.state.run({ workflow, branch: head, event: 'pull_request' });
        }
      }
      place.double.advance('20s');
      return Promise.resolve();
    },
  });
}

const leftOver = ({ state }: Place) => [
  ...[...state.git.branches.keys()].filter((branch) => branch.startsWith('rust-ci-verify-')),
  ...state.pulls.filter((pull) => pull.state === 'open').map(({ number }) => `#${number}`),
];

describe('the live proof at the stand-in', function () {
  this.timeout(600_000);

  it('waits until every gate has reported on an empty commit, then leaves nothing behind', async () => {
    const place = await startTested();
    try {
      const tip = place.state.git.branches.get('main');
      const proof = await prove(place, place.client());
      assert.equal(proof.problem, null);
      assert.deepEqual(
        proof.gates.map(({ name, job }) => [name, job?.conclusion]),
        [
          ['test-gate', 'success'],
          ['security-gate', 'success'],
        ],
      );
      assert.deepEqual([proof.left, leftOver(place)], [[], []]);
      assert.equal(place.state.git.branches.get('main'), tip, 'the default branch stays where it is');
      assert.equal(place.state.pulls.length, 1);
      assert.deepEqual(place.double.violations, []);
    } finally {
      await place.stop();
    }
  });

  it('cleans up when it is stopped', async () => {
    const place = await startTested();
    try {
      const controller = new AbortController();
      const github = place.client(() => {
        if (place.state.pulls.length > 0) controller.abort(new Error('stopped'));
      });
      const proof = await prove(place, github, controller.signal);
      assert.match(String(proof.problem), /stopped/);
      assert.equal(proof.begun, true);
      assert.deepEqual([proof.left, leftOver(place)], [[], []]);
      assert.equal(place.state.pulls.length, 1);
    } finally {
      await place.stop();
    }
  });

  it('pushes nothing when it was stopped before, or when no gate could report', async () => {
    const place = await startTested();
    try {
      const commits = place.state.git.commits.size;
      const stopped = await prove(place, place.client(), AbortSignal.abort(new Error('stopped')));
      assert.match(String(stopped.problem), /stopped/);
      const none = await prove(place, place.client(), undefined, []);
      assert.match(String(none.problem), /no gate/);
      assert.deepEqual([stopped.begun, none.begun, place.state.git.commits.size], [false, false, commits]);
      assert.equal(place.state.pulls.length, 0);
    } finally {
      await place.stop();
    }
  });

  it('cut at every request, tells what is left and never calls a gate good that has not reported', async () => {
    const whole = await startTested();
    let requests = 0;
    await prove(
      whole,
      whole.client((request) => (requests = request)),
    );
    await whole.stop();
    const { tried, violations } = await cutEverywhere(requests, trial, 8);
    console.log(`      live proof: ${tried} faults tried, ${violations.length} violations`);
    assert.deepEqual(violations, []);
  });
});

async function trial(at: number, fault: Fault): Promise<Violations> {
  const place = await startTested();
  try {
    const github = place.client((request) => {
      if (request === at) place.double.fault('*', fault);
    });
    const proof = await prove(place, github).catch(() => null);
    // Not even the repository could be read: nothing was begun.
    if (!proof) return leftOver(place).map((what) => `${what} is left`);
    const wrong: Violations = [];
    if (leftOver(place).length > 0 && proof.left.length === 0)
      wrong.push(`${leftOver(place).join(', ')} is left, and not told`);
    const good = proof.gates.every(({ job }) => job?.conclusion === 'success');
    if (proof.problem === null && !good) wrong.push('it is told to have ended, and gates have not reported');
    return wrong;
  } finally {
    await place.stop();
  }
}
