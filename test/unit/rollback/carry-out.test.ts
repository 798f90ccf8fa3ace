import assert from 'node:assert/strict';
import { carryOut } from '../../../src/core/rollback/carry-out.js';
import type { News, Sent, World } from '../../../src/core/rollback/carry-out.js';
import { patience } from '../../../src/core/rollback/steps.js';
import type { Truth } from '../../../src/core/rollback/truth.js';
import type { Wish } from '../../../src/core/rollback/wish.js';
import { digest, run } from './facts.js';

const wish: Wish = {
  from: { digest: digest('b'), version: '1.1.0' },
  to: { digest: digest('a'), version: '1.0.0' },
  platforms: null,
  reason: 'It crashes',
  request: 'r-1',
};

/** A world in which the rollback works, but for what a test changes. Its pauses take no time. */
class Scripted implements World {
  sent = 0;
  live = 'b';
  paused = 0;
  answer: Sent = { kind: 'started', runId: 7 };
  /** Whether the request arrives; else no run ever appears. */
  arrives = true;
  finds: (number | null | Error)[] = [];
  looks: (Error | 'queued' | 'in_progress' | 'completed')[] = ['queued', 'in_progress', 'completed'];
  onPause: () => void = () => undefined;

  dispatch(inputs: Readonly<Record<string, string>>): Promise<Sent> {
    assert.deepEqual(inputs, { version: digest('a'), reason: 'It crashes', request: 'r-1' });
    this.sent += 1;
    return Promise.resolve(this.answer);
  }

  find(): Promise<number | null> {
    const found = this.finds.shift();
    if (found instanceof Error) return Promise.reject(found);
    return Promise.resolve(found === undefined && this.arrives ? 7 : (found ?? null));
  }

  look(runId: number): ReturnType<World['look']> {
    const status = this.looks.length > 1 ? this.looks.shift() : this.looks[0];
    if (status === undefined || status instanceof Error) return Promise.reject(status ?? new Error('nothing'));
    if (status === 'completed') this.live = 'a';
    const conclusion = status === 'completed' ? 'success' : null;
    return Promise.resolve({ run: run(runId, { status, conclusion }), jobs: [], pending: [] });
  }

  truth(): Promise<Truth> {
    return Promise.resolve({
      kind: 'shown',
      latest: digest(this.live),
      platforms: null,
      missing: [],
      source: 'packages',
    });
  }

  pause(milliseconds: number): Promise<void> {
    this.paused += milliseconds;
    this.onPause();
    return Promise.resolve();
  }
}

async function play(world: Scripted, more: { signal?: AbortSignal; sent?: { runId: number | null } } = {}) {
  const news: News[] = [];
  const signal = more.signal ?? new AbortController().signal;
  const outcome = await carryOut({
    wish,
    world,
    signal,
    tell: (one) => news.push(one),
    ...(more.sent && { sent: more.sent }),
  });
  return { outcome, news };
}

describe('carrying a rollback out', () => {
  it('sends once, follows, and claims success after the registry shows it', async () => {
    const world = new Scripted();
    const { outcome, news } = await play(world);
    assert.equal(outcome?.kind, 'done');
    assert.equal(world.sent, 1);
    assert.deepEqual(
      news.map(({ stage }) => stage.at),
      ['dispatching', 'queued', 'queued', 'queued', 'verifying', 'over'],
    );
  });

  it('keeps the last state and goes on when a look fails, whatever the error', async () => {
    const world = new Scripted();
    const broken = new Error('offline');
    world.looks = [broken, 'queued', broken, broken, 'completed'];
    const { outcome, news } = await play(world);
    assert.equal(outcome?.kind, 'done');
    assert.equal(world.sent, 1);
    assert.equal(news.filter(({ problem }) => problem === broken).length, 3);
  });

  it('never sends again after a lost answer', async () => {
    const arrived = new Scripted();
    arrived.answer = { kind: 'lost', why: 'cut' };
    arrived.finds = [null, new Error('offline'), 7];
    assert.equal((await play(arrived)).outcome?.kind, 'done');
    assert.equal(arrived.sent, 1);

    const nowhere = new Scripted();
    nowhere.answer = { kind: 'lost', why: 'cut' };
    nowhere.arrives = false;
    const { outcome } = await play(nowhere);
    assert.deepEqual(outcome, { kind: 'unseen', why: 'cut', truth: await nowhere.truth() });
    assert.equal(nowhere.sent, 1);
    assert.ok(nowhere.paused >= (patience.lookUps - 1) * 5000, 'it is looked for long enough');
  });

  it('does nothing more when GitHub refuses', async () => {
    const world = new Scripted();
    world.answer = { kind: 'refused', why: 'You may not.' };
    assert.deepEqual((await play(world)).outcome, { kind: 'refused', why: 'You may not.' });
  });

  it('stops following when asked, and sends nothing when asked before', async () => {
    const before = new Scripted();
    assert.deepEqual((await play(before, { signal: AbortSignal.abort() })).outcome, { kind: 'left' });
    assert.equal(before.sent, 0);

    const world = new Scripted();
    world.looks = ['queued'];
    const controller = new AbortController();
    let pauses = 0;
    world.onPause = () => {
      if (++pauses === 5) controller.abort();
    };
    assert.equal((await play(world, { signal: controller.signal })).outcome, null);
    assert.equal(world.sent, 1);
  });

  it('goes on with one that was sent earlier', async () => {
    for (const runId of [7, null]) {
      const world = new Scripted();
      assert.equal((await play(world, { sent: { runId } })).outcome?.kind, 'done');
      assert.equal(world.sent, 0);
    }
  });
});
