import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conclusions, statuses } from '../../../src/core/actions/run.js';
import type { Job } from '../../../src/core/actions/run.js';
import { beginning, next, patience, resumed } from '../../../src/core/rollback/steps.js';
import type { Event, Stage } from '../../../src/core/rollback/steps.js';
import type { Truth } from '../../../src/core/rollback/truth.js';
import rollbackYml from '../../../workflows-template/.github/workflows/rollback.yml';
import { inputsOf, isTitleOf, missingInputs, reasonProblem } from '../../../src/core/rollback/wish.js';
import type { Wish } from '../../../src/core/rollback/wish.js';
import { day, digest, run } from './facts.js';

const wish: Wish = {
  from: { digest: digest('b'), version: '1.1.0' },
  to: { digest: digest('a'), version: '1.0.0' },
  platforms: ['linux/amd64', 'linux/arm64'],
  reason: 'It crashes',
  request: 'r-1',
};

const shows = (letter: string | null, more: object = {}): Truth => ({
  kind: 'shown',
  latest: letter === null ? null : digest(letter),
  platforms: ['linux/amd64', 'linux/arm64'],
  missing: [],
  source: 'registry',
  ...more,
});

const job = (status: Job['status'], step: string | null): Job => ({
  id: 1,
  runId: 7,
  attempt: 1,
  name: 'rollback',
  status,
  conclusion: null,
  startedAt: day(0),
  completedAt: null,
  steps:
    step === null
      ? []
      : [{ number: 1, name: step, status: 'in_progress', conclusion: null, startedAt: null, completedAt: null }],
  checkRunId: null,
  url: 'https://github.com/acme/app/actions/runs/7/job/1',
});

const pending = { environmentId: 1, environment: 'production', canApprove: true, reviewers: ['maria'], waitTimer: 0 };
const seen = (status: Job['status'], more: Partial<Extract<Event, { kind: 'seen' }>> = {}): Event => ({
  kind: 'seen',
  run: run(7, { status, conclusion: status === 'completed' ? 'success' : null }),
  jobs: [],
  pending: [],
  ...more,
});

/** Where a series of events leads, and what was commanded on the way. */
function play(events: readonly Event[]): { stage: Stage; commands: (string | null)[] } {
  let stage = beginning;
  const commands = events.map((event) => {
    const transition = next(stage, event, wish);
    stage = transition.stage;
    return transition.command;
  });
  return { stage, commands };
}

const confirmed: Event = { kind: 'confirmed' };
const started: Event = { kind: 'started', runId: 7 };
const ended = seen('completed');

describe('the steps of a rollback', () => {
  it('lead from the question to the proof', () => {
    const { stage, commands } = play([
      confirmed,
      started,
      seen('queued'),
      seen('waiting', { pending: [pending] }),
      seen('in_progress', { jobs: [job('in_progress', 'Move latest')] }),
      ended,
      { kind: 'shown', truth: shows('a') },
    ]);
    assert.deepEqual(commands, ['dispatch', 'watch', 'watch', 'watch', 'watch', 'verify', null]);
    assert.deepEqual(stage, { at: 'over', runId: 7, outcome: { kind: 'done', truth: shows('a') } });
  });

  it('say what is waited for and which step runs', () => {
    const waits = play([confirmed, started, seen('waiting', { pending: [pending] })]);
    assert.deepEqual(waits.stage, { at: 'waiting', runId: 7, pending: [pending] });
    const runs = play([confirmed, started, seen('in_progress', { jobs: [job('in_progress', 'Move latest')] })]);
    assert.deepEqual(runs.stage, { at: 'running', runId: 7, step: 'Move latest' });
    const between = play([confirmed, started, seen('in_progress', { jobs: [job('in_progress', null)] })]);
    assert.deepEqual(between.stage, { at: 'running', runId: 7, step: 'rollback' });
  });

  it('send nothing when the person leaves, nor after it', () => {
    const { stage, commands } = play([{ kind: 'left' }, confirmed, confirmed]);
    assert.deepEqual(commands, [null, null, null]);
    assert.deepEqual(stage, { at: 'over', runId: null, outcome: { kind: 'left' } });
  });

  it('look a lost answer up, and go on with the run that is found', () => {
    const { stage, commands } = play([
      confirmed,
      { kind: 'lost', why: 'The connection broke.' },
      { kind: 'absent' },
      { kind: 'found', runId: 9 },
    ]);
    assert.deepEqual(commands, ['dispatch', 'lookUp', 'lookUp', 'watch']);
    assert.deepEqual(stage, { at: 'queued', runId: 9 });
  });

  it('look a run up that GitHub does not name', () => {
    assert.deepEqual(play([confirmed, { kind: 'started', runId: null }]).commands, ['dispatch', 'lookUp']);
  });

  it('end in the truth when no run ever appears, and send nothing again', () => {
    const absent = Array.from({ length: patience.lookUps }, (): Event => ({ kind: 'absent' }));
    const { stage, commands } = play([
      confirmed,
      { kind: 'lost', why: 'The connection broke.' },
      ...absent,
      { kind: 'shown', truth: shows('b') },
    ]);
    assert.equal(commands.filter((command) => command === 'dispatch').length, 1);
    const outcome = { kind: 'unseen', why: 'The connection broke.', truth: shows('b') };
    assert.deepEqual(stage, { at: 'over', runId: null, outcome });
  });

  it('go on after the editor was closed without sending anything', () => {
    assert.deepEqual(resumed(7), { stage: { at: 'queued', runId: 7 }, command: 'watch' });
    assert.equal(resumed(null).command, 'lookUp');
  });

  it('ask again before they say that a run lied', () => {
    const events: Event[] = [confirmed, started, ended];
    const old = { kind: 'shown', truth: shows('b') } as const;
    for (let tries = 1; tries < patience.verifications; tries++) events.push(old);
    assert.equal(play(events).stage.at, 'verifying');
    assert.equal(play([...events, { kind: 'shown', truth: shows('a') }]).stage.at, 'over');
    const { stage } = play([...events, old]);
    assert.deepEqual(stage, { at: 'over', runId: 7, outcome: { kind: 'contradicted', truth: shows('b'), lost: [] } });
  });

  it('never call it done without an architecture', () => {
    for (const lacks of [{ platforms: ['linux/amd64'] }, { missing: ['linux/arm64'] }]) {
      const truth = shows('a', lacks);
      const { stage } = play([
        confirmed,
        started,
        ended,
        ...Array<Event>(patience.verifications).fill({ kind: 'shown', truth }),
      ]);
      assert.deepEqual(stage, {
        at: 'over',
        runId: 7,
        outcome: { kind: 'contradicted', truth, lost: ['linux/arm64'] },
      });
    }
  });

  it('say that nothing is verified when the registry cannot be read', () => {
    const truth: Truth = { kind: 'unreadable', why: 'no access' };
    const { stage } = play([
      confirmed,
      started,
      ended,
      ...Array<Event>(patience.verifications).fill({ kind: 'shown', truth }),
    ]);
    assert.deepEqual(stage, { at: 'over', runId: 7, outcome: { kind: 'unverified', why: 'no access' } });
  });

  it('hold in any order of events', () => {
    const truth = fc.constantFrom<Truth>(
      shows('a'),
      shows('b'),
      shows(null),
      { kind: 'unreadable', why: 'x' },
      shows('a', { missing: ['linux/arm64'] }),
    );
    const event = fc.oneof<fc.Arbitrary<Event>[]>(
      fc.constant(confirmed),
      fc.constant({ kind: 'left' }),
      fc.constantFrom<Event>(started, { kind: 'started', runId: null }),
      fc.constant({ kind: 'lost', why: 'cut' }),
      fc.constant({ kind: 'refused', why: 'no' }),
      fc.constant({ kind: 'absent' }),
      fc.constant({ kind: 'found', runId: 7 }),
      truth.map((truth) => ({ kind: 'shown', truth })),
      fc.record({
        kind: fc.constant('seen' as const),
        run: fc
          .tuple(fc.constantFrom(...statuses), fc.constantFrom(null, ...conclusions))
          .map(([status, conclusion]) => run(7, { status, conclusion })),
        jobs: fc.constantFrom([], [job('in_progress', 'Move latest')], [job('queued', null)]),
        pending: fc.constantFrom([], [pending]),
      }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let stage = beginning;
        let sent = 0;
        let last: Event | null = null;
        let conclusion: string | null = null;
        for (const one of events) {
          const before = stage;
          const transition = next(stage, one, wish);
          stage = transition.stage;
          if (transition.command === 'dispatch') sent += 1;
          if (before.at === 'over') assert.equal(stage, before, 'what is over stays over');
          if (stage.at === 'verifying') conclusion = stage.run.conclusion;
          // A stage that is not over always has something to do, unless the event meant nothing to it.
          if (stage !== before && stage.at !== 'over') assert.notEqual(transition.command, null);
          if (stage !== before) last = one;
        }
        assert.ok(sent <= 1, 'sent twice');
        if (stage.at === 'over' && stage.outcome.kind === 'done') {
          assert.equal(sent, 1);
          assert.equal(conclusion, 'success');
          assert.ok(last?.kind === 'shown' && last.truth.kind === 'shown');
          assert.equal(last.truth.latest, wish.to.digest);
          assert.deepEqual(last.truth.missing, []);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the request of a rollback', () => {
  it('names the digest, for tags move', () => {
    assert.deepEqual(inputsOf(wish), { version: digest('a'), reason: 'It crashes', request: 'r-1' });
  });

  it('is recognised at the end of the title of its run only', () => {
    assert.equal(isTitleOf(`Roll back to ${digest('a')} [r-1]`, 'r-1'), true);
    assert.equal(isTitleOf('Roll back to 1.0.0 [r-12]', 'r-1'), false);
    assert.equal(isTitleOf('Roll back to [r-1] [r-2]', 'r-1'), false);
    assert.equal(isTitleOf('Roll back to 1.0.0', ''), false);
  });

  it('has inputs that rollback.yml takes', () => {
    assert.deepEqual(missingInputs(rollbackYml), []);
    assert.deepEqual(missingInputs('on:\n  workflow_dispatch:\n    inputs:\n      version:\n'), ['reason', 'request']);
  });

  it('has a reason that rollback.yml takes', () => {
    assert.equal(reasonProblem(' \t'), 'empty');
    assert.equal(reasonProblem('one\ntwo'), 'lines');
    assert.equal(reasonProblem('x'.repeat(501)), 'long');
    assert.equal(reasonProblem('x'.repeat(500)), null);
  });
});
