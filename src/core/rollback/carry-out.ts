import type { Job, PendingDeployment, Run } from '../actions/run.js';
import { beginning, next, resumed } from './steps.js';
import type { Event, Stage, Transition } from './steps.js';
import type { Outcome, Truth } from './truth.js';
import { inputsOf } from './wish.js';
import type { Wish } from './wish.js';

/** What came of sending the request. */
export type Sent =
  | { readonly kind: 'started'; readonly runId: number | null }
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

/** What a rollback needs of the world. Reading may reject: then it is read again later. */
export interface World {
  /** Starts rollback.yml. Never sends twice, and never rejects. */
  dispatch(inputs: Readonly<Record<string, string>>): Promise<Sent>;
  /** The run whose title carries the request; null when there is none yet. */
  find(request: string): Promise<number | null>;
  look(runId: number): Promise<{
    readonly run: Run;
    readonly jobs: readonly Job[];
    readonly pending: readonly PendingDeployment[];
  }>;
  /** What the registry shows. Never rejects. */
  truth(): Promise<Truth>;
  /** Resolves after that many milliseconds, or earlier when something is known to have changed. */
  pause(milliseconds: number): Promise<void>;
}

/** What is told on the way. `problem`: why the newest state cannot be seen; the stage is the last one that could. */
export interface News {
  readonly stage: Stage;
  readonly problem: unknown;
}

export interface CarryOut {
  readonly wish: Wish;
  readonly world: World;
  /** Told at every change. */
  readonly tell: (news: News) => void;
  /** Ends the following, never the rollback itself. */
  readonly signal: AbortSignal;
  /** Set for a rollback that was sent before: the run, or null if it is not known. It is not sent again. */
  readonly sent?: { readonly runId: number | null };
}

/** Between two looks at a run, at a registry, and after a look that failed, in milliseconds. */
const pauses = { look: 3000, lookUp: 5000, verify: 4000, longest: 60_000 };

/**
 * Carries out a rollback that the person has confirmed, and follows it to its end.
 * @returns what came of it; null when the person stopped following
 */
export async function carryOut({ wish, world, tell, signal, sent }: CarryOut): Promise<Outcome | null> {
  let { stage, command }: Transition = sent ? resumed(sent.runId) : next(beginning, { kind: 'confirmed' }, wish);
  tell({ stage, problem: null });
  for (let failures = 0; stage.at !== 'over';) {
    // A request that is not sent yet can still be stopped; one that is on its way cannot.
    if (signal.aborted) return command === 'dispatch' ? { kind: 'left' } : null;
    let event: Event;
    try {
      event = await perform(command, stage, wish, world);
    } catch (problem) {
      failures += 1;
      tell({ stage, problem });
      await world.pause(Math.min(pauses.look * 2 ** Math.min(failures, 6), pauses.longest));
      continue;
    }
    failures = 0;
    const before = stage;
    ({ stage, command } = next(stage, event, wish));
    tell({ stage, problem: null });
    await world.pause(pauseBetween(before, stage));
  }
  return stage.outcome;
}

async function perform(command: Transition['command'], stage: Stage, wish: Wish, world: World): Promise<Event> {
  switch (command) {
    case 'dispatch':
      return world.dispatch(inputsOf(wish));
    case 'lookUp': {
      const runId = await world.find(wish.request);
      return runId === null ? { kind: 'absent' } : { kind: 'found', runId };
    }
    case 'watch':
      if (!('runId' in stage) || stage.runId === null) throw new Error('There is no run to look at.');
      return { kind: 'seen', ...(await world.look(stage.runId)) };
    case 'verify':
      return { kind: 'shown', truth: await world.truth() };
    case null:
      throw new Error(`A rollback that is ${stage.at} has nothing to do next.`);
  }
}

function pauseBetween(before: Stage, after: Stage): number {
  switch (after.at) {
    case 'lookingUp':
      // The first look follows at once: mostly the run is there.
      return before.at === 'lookingUp' ? pauses.lookUp : 0;
    case 'queued':
    case 'waiting':
    case 'running':
      return before.at === 'dispatching' || before.at === 'lookingUp' ? 0 : pauses.look;
    case 'verifying':
      return before.at === 'verifying' ? pauses.verify : 0;
    case 'asked':
    case 'dispatching':
    case 'checking':
    case 'over':
      return 0;
  }
}
