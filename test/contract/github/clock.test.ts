import assert from 'node:assert/strict';
import { Clock } from '../../github/clock.js';
import { milliseconds, timestamp } from '../../github/duration.js';
import { createdWithin } from '../../github/operations/created-filter.js';
import { here, standIn } from './stand-in.js';

describe('the stand-in for GitHub: time', () => {
  it('stands still until it is advanced, and then lets all happen in its order', () => {
    const clock = new Clock(1000, 0);
    const happened: [string, number][] = [];
    const plan = (name: string, time: number) => {
      clock.plan(time, () => happened.push([name, clock.now]));
    };
    for (const [name, time] of [
      ['c', 5000],
      ['a', 2000],
      ['b', 2000],
      ['d', 9000],
    ] as const)
      plan(name, time);
    clock.plan(3000, () => {
      plan('nested', 3500);
    });
    clock.settle();
    assert.deepEqual(happened, []);
    clock.advance('4s');
    assert.deepEqual(happened, [
      ['a', 2000],
      ['b', 2000],
      ['nested', 3500],
      ['c', 5000],
    ]);
    assert.equal(clock.now, 5000);
    assert.equal(clock.next, 9000);
  });

  it('lets what is planned for the past happen at its time', () => {
    const clock = new Clock(10_000, 0);
    let at = 0;
    clock.plan(4000, () => {
      at = clock.now;
    });
    clock.settle();
    assert.deepEqual([at, clock.now], [4000, 10_000]);
  });

  it('goes with the wall clock, or faster', async () => {
    const clock = new Clock(0, 1000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    clock.settle();
    assert.ok(clock.now >= 29_000, String(clock.now));
    clock.advance('1h');
    clock.settle();
    assert.ok(clock.now >= 3_629_000, String(clock.now));
  });

  it('reads durations, and writes times as GitHub does', () => {
    assert.deepEqual(
      [milliseconds('90s'), milliseconds('1.5m'), milliseconds('2d'), milliseconds(7)],
      [90_000, 90_000, 172_800_000, 7],
    );
    assert.throws(() => milliseconds('soon' as '1s'), /"soon" is no duration/);
    assert.equal(timestamp(Date.UTC(2026, 10, 20, 9) + 999), '2026-11-20T09:00:00Z');
  });

  it('knows ranges of dates', () => {
    const noon = Date.UTC(2026, 10, 20, 12);
    for (const range of [
      '2026-11-20',
      '>=2026-11-20',
      '<=2026-11-20',
      '>2026-11-19',
      '<2026-11-21',
      '2026-11-20..2026-11-20',
      '*..2026-11-20',
      '2026-11-20T11:59:00Z..*',
    ]) {
      assert.ok(createdWithin(noon, range), range);
    }
    for (const range of ['2026-11-21', '>2026-11-20', '<2026-11-20', '2026-11-21..*', '*..2026-11-20T11:59:00Z']) {
      assert.ok(!createdWithin(noon, range), range);
    }
  });
});

describe('the stand-in for GitHub: a wait timer', () => {
  const test = standIn();

  it('lets a job go on when it is over', () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.deliveries.addEnvironment('production', { waitTimer: 10 });
    repository.workflow('release.yml', { jobs: [{ name: 'publish', environment: 'production', duration: '1m' }] });
    const run = repository.run({ workflow: 'release.yml' });
    test.github.advance('9m');
    assert.equal(run.attempts[0]?.status, 'waiting');
    test.github.advance('5m');
    assert.equal(run.attempts[0].conclusion, 'success');
  });

  it('skips what needs what failed, but not what always runs', () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', {
      jobs: [
        { name: 'build', conclusion: 'failure' },
        { name: 'test', needs: ['build'] },
        { name: 'report', needs: ['test'], always: true },
        { name: 'lint', mayFail: true, conclusion: 'failure' },
      ],
    });
    const run = repository.run({ workflow: 'test.yml' });
    test.github.finish();
    assert.deepEqual(
      run.attempts[0]?.jobs.map(({ plan, conclusion }) => [plan.name, conclusion]),
      [
        ['build', 'failure'],
        ['lint', 'failure'],
        ['test', 'skipped'],
        ['report', 'success'],
      ],
    );
    assert.equal(run.attempts[0].conclusion, 'failure');
  });
});
