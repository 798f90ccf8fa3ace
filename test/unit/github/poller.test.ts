import assert from 'node:assert/strict';
import { createPoller, type Poller, type Round } from '../../../src/github/poller.js';
import type { Problem } from '../../../src/github/problem.js';
import { ManualClock } from './manual-clock.js';

const calm: Round = { running: false, changed: false, problem: null, scarceUntil: null };
const running: Round = { ...calm, running: true };
const failed = (problem: Problem): Round => ({ ...calm, problem });
const offline = failed({ kind: 'offline', message: 'no route' });

const seconds = 1000;
const minutes = 60 * seconds;

function polling(first: Round): { poller: Poller; clock: ManualClock; rounds: number[]; answer: { is: Round } } {
  const clock = new ManualClock(0);
  const rounds: number[] = [];
  const answer = { is: first };
  const poller = createPoller({
    clock,
    random: () => 0.5,
    round: () => {
      rounds.push(clock.now() / seconds);
      return Promise.resolve(answer.is);
    },
  });
  return { poller, clock, rounds, answer };
}

/** Times between rounds, in seconds. */
const gaps = (rounds: readonly number[]): number[] =>
  rounds.slice(1).map((at, index) => Math.round(at - (rounds[index] ?? 0)));

describe('the pace of asking', () => {
  it('asks nothing while nobody looks', async () => {
    const { poller, clock, rounds } = polling(running);
    await clock.advance(60 * minutes);
    poller.wake('push');
    poller.wake('focus');
    await clock.advance(60 * minutes);
    assert.deepEqual(rounds, []);
    assert.equal(clock.armed, 0);
    assert.equal(poller.nextAt, null);
  });

  it('asks at once when somebody looks, and stops when nobody does any more', async () => {
    const { poller, clock, rounds } = polling(running);
    poller.setWatched(true);
    await clock.advance(0);
    assert.deepEqual(rounds, [0]);
    assert.equal(poller.nextAt, 10 * seconds);
    poller.setWatched(false);
    assert.equal(poller.nextAt, null);
    await clock.advance(60 * minutes);
    assert.deepEqual(rounds, [0]);
  });

  it('does not ask again for looking away and back', async () => {
    const { poller, clock, rounds } = polling(calm);
    poller.setWatched(true);
    await clock.advance(20 * seconds);
    poller.setWatched(false);
    poller.setWatched(true);
    await clock.advance(10 * seconds);
    assert.deepEqual(rounds, [0]);
    await clock.advance(31 * seconds);
    assert.deepEqual(rounds, [0, 60]);
  });

  it('asks every ten seconds while something runs, and less often when nothing changes', async () => {
    const { poller, clock, rounds } = polling(running);
    poller.setWatched(true);
    await clock.advance(5 * minutes);
    const waits = gaps(rounds);
    assert.equal(waits[0], 10);
    assert.deepEqual(
      waits,
      [...waits].sort((one, other) => one - other),
    );
    assert.equal(waits.at(-1), 30);
  });

  it('is quick again when something changes', async () => {
    const { poller, clock, rounds, answer } = polling(running);
    poller.setWatched(true);
    await clock.advance(5 * minutes);
    answer.is = { ...running, changed: true };
    await clock.advance(30 * seconds);
    const last = rounds.length;
    await clock.advance(30 * seconds);
    assert.deepEqual(gaps(rounds.slice(last - 1)), [10, 10, 10]);
  });

  it('asks once a minute and less while nothing runs', async () => {
    const { poller, clock, rounds } = polling(calm);
    poller.setWatched(true);
    await clock.advance(60 * minutes);
    assert.deepEqual(gaps(rounds).slice(0, 6), [60, 90, 135, 203, 300, 300]);
    assert.ok(rounds.length < 17);
  });

  it('asks a third as often without the focus', async () => {
    const { poller, clock, rounds } = polling(calm);
    poller.setFocused(false);
    poller.setWatched(true);
    await clock.advance(10 * minutes);
    assert.deepEqual(gaps(rounds), [180, 270]);
  });

  it('looks soon and often after a push, until runs should be there', async () => {
    const { poller, clock, rounds } = polling(calm);
    poller.setWatched(true);
    await clock.advance(30 * seconds);
    poller.wake('push');
    await clock.advance(4 * minutes);
    const after = rounds.slice(1);
    assert.equal(after[0], 30);
    assert.equal(gaps(after)[0], 10);
    assert.ok(after.filter((at) => at <= 150).length >= 6);
    assert.ok((gaps(rounds).at(-1) ?? 0) >= 60);
  });

  it('looks when the window gets the focus, but not for every glance', async () => {
    const { poller, clock, rounds } = polling(calm);
    poller.setWatched(true);
    await clock.advance(10 * seconds);
    poller.wake('focus');
    await clock.advance(0);
    assert.deepEqual(rounds, [0]);
    await clock.advance(10 * seconds);
    poller.wake('focus');
    await clock.advance(0);
    assert.deepEqual(rounds, [0, 20]);
  });

  it('waits longer and longer while it fails, and recovers by itself', async () => {
    const broken = failed({ kind: 'server', status: 502 });
    const { poller, clock, rounds, answer } = polling(broken);
    poller.setWatched(true);
    await clock.advance(40 * minutes);
    assert.deepEqual(gaps(rounds), [15, 30, 60, 120, 240, 480, 600, 600]);
    answer.is = calm;
    await clock.advance(10 * minutes);
    answer.is = broken;
    await clock.advance(2 * minutes);
    assert.deepEqual(gaps(rounds).slice(-2), [15, 30], 'a failure after a success is the first one');
  });

  it('spreads its waits, so that windows do not ask together', () => {
    const waits = [0, 1].map((random) => {
      const clock = new ManualClock(0);
      const poller = createPoller({ clock, random: () => random, round: () => Promise.resolve(offline) });
      poller.setWatched(true);
      return clock.advance(0).then(() => poller.nextAt);
    });
    return Promise.all(waits).then((all) => {
      assert.deepEqual(all, [13_500, 16_500]);
    });
  });

  it('obeys the time that GitHub names, whatever wakes it', async () => {
    const resetAt = 20 * minutes;
    const { poller, clock, rounds, answer } = polling(failed({ kind: 'rate-limited', resetAt, signedIn: true }));
    poller.setWatched(true);
    await clock.advance(5 * minutes);
    poller.wake('push');
    poller.wake('focus');
    poller.setWatched(false);
    poller.setWatched(true);
    answer.is = calm;
    await clock.advance(14 * minutes);
    assert.deepEqual(rounds, [0]);
    await clock.advance(2 * minutes);
    assert.equal(rounds.length, 2);
    assert.ok((rounds[1] ?? 0) >= resetAt / seconds);
  });

  it('asks at once for another sign-in, whatever the last one may not', async () => {
    const resetAt = 20 * minutes;
    const { poller, clock, rounds, answer } = polling(failed({ kind: 'rate-limited', resetAt, signedIn: true }));
    poller.setWatched(true);
    await clock.advance(5 * minutes);
    answer.is = calm;
    poller.wake('session');
    await clock.advance(0);
    assert.deepEqual(rounds, [0, 300]);
  });

  it('asks seldom when a person must do something first', async () => {
    const { poller, clock, rounds } = polling(failed({ kind: 'unauthorized' }));
    poller.setWatched(true);
    await clock.advance(25 * minutes);
    assert.deepEqual(gaps(rounds), [600, 600]);
  });

  it('is slow while requests are scarce', async () => {
    const { poller, clock, rounds } = polling({ ...running, scarceUntil: 60 * minutes });
    poller.setWatched(true);
    await clock.advance(11 * minutes);
    assert.deepEqual(gaps(rounds), [300, 300]);
  });

  it('finds out within a minute that the network is back', async () => {
    const { poller, clock, rounds, answer } = polling(offline);
    poller.setWatched(true);
    await clock.advance(10 * minutes);
    assert.deepEqual(gaps(rounds).slice(0, 4), [15, 30, 60, 60]);
    answer.is = running;
    await clock.advance(minutes + 10 * seconds);
    assert.ok((gaps(rounds).at(-1) ?? 60) < 20, 'it is followed as before');
  });

  it('never asks twice at a time; whoever asks meanwhile gets a round of his own', async () => {
    const clock = new ManualClock(0);
    let going = 0;
    let rounds = 0;
    const poller = createPoller({
      clock,
      random: () => 0.5,
      round: async () => {
        going += 1;
        rounds += 1;
        assert.equal(going, 1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        going -= 1;
        return calm;
      },
    });
    const first = poller.refresh();
    const [second, third] = [poller.refresh(), poller.refresh()];
    assert.equal(poller.busy, true);
    await Promise.all([first, second, third]);
    assert.equal(rounds, 2);
    assert.equal(poller.busy, false);
  });

  it('ends with its window', async () => {
    const { poller, clock, rounds } = polling(running);
    poller.setWatched(true);
    await clock.advance(0);
    poller.dispose();
    poller.wake('push');
    await poller.refresh();
    await clock.advance(60 * minutes);
    assert.deepEqual(rounds, [0]);
    assert.equal(clock.armed, 0);
  });
});
