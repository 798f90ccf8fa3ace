import assert from 'node:assert/strict';
import type { Fault } from '../../github/github.js';
import { prepareAt, rollBackAt, startPlace, type Place, type Told } from './place.js';
import { cutEverywhere, type Violations } from './trials.js';

describe('a rollback that is cut at every request', function () {
  this.timeout(600_000);

  it('is never sent twice, never called done when it is not, and tells what is true', async () => {
    const whole = await startPlace();
    let requests = 0;
    await rollBackAt(
      whole,
      whole.client((request) => (requests = request)),
    );
    await whole.stop();
    assert.ok(requests > 10, 'it is a whole rollback');

    const { tried, violations } = await cutEverywhere(requests, trial);
    console.log(`      rollback: ${tried} faults tried, ${violations.length} violations`);
    assert.deepEqual(violations, []);
    assert.equal(tried, requests * 6);
  });
});

async function trial(at: number, fault: Fault): Promise<Violations> {
  const place = await startPlace();
  try {
    const github = place.client((request) => {
      if (request === at) place.double.fault('*', fault);
    });
    const request = crypto.randomUUID();
    const errors: unknown[] = [];
    const attempt = async (sent?: { runId: number | null }): Promise<Told | null> => {
      try {
        return await rollBackAt(place, github, { request, ...(sent && { sent }) });
      } catch (error) {
        errors.push(error);
        return null;
      }
    };
    const first = await attempt();
    place.double.clearFaults();
    const wrong = judge(place, first);
    // The person tries again: what was sent is followed, what was not is sent now.
    const again = place.dispatches > 0 && first === null ? await attempt({ runId: null }) : null;
    const second = place.dispatches === 0 ? await attempt() : again;
    wrong.push(...judge(place, second));

    if (place.dispatches > 1) wrong.push(`${place.dispatches} requests started a run`);
    if (place.rollbacks.length > 1) wrong.push(`${place.rollbacks.length} runs were started`);
    const said = JSON.stringify([place.logged, errors.map(String), first, second]);
    if (said.includes(place.token)) wrong.push('the token stands in a message');
    // Afterwards one can see what there is.
    const after = await prepareAt(place.client());
    if (after.kind !== 'ready') wrong.push('afterwards there is no way to go on');
    return wrong;
  } finally {
    await place.stop();
  }
}

/** What is told must be what is. */
function judge(place: Place, told: Told | null): Violations {
  const { outcome } = told ?? {};
  if (!outcome) return [];
  const done = place.live === place.digest('1.4.1');
  if (outcome.kind === 'done' && !done) return ['it is called done and is not'];
  if (!('truth' in outcome) || outcome.truth.kind !== 'shown') return [];
  return outcome.truth.latest === place.live ? [] : ['what is told to be live is not'];
}
