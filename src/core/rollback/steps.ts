import type { Job, PendingDeployment, Run } from '../actions/run.js';
import { judge } from './truth.js';
import type { Outcome, Truth } from './truth.js';
import type { Wish } from './wish.js';

/** Where a rollback is. It goes forward only, and it is sent once. */
export type Stage =
  | { readonly at: 'asked' }
  /** The one request is on its way. */
  | { readonly at: 'dispatching' }
  /** Its answer was lost, or named no run: the run is looked for by its title. */
  | { readonly at: 'lookingUp'; readonly tries: number; readonly why: string }
  | { readonly at: 'queued'; readonly runId: number }
  | { readonly at: 'waiting'; readonly runId: number; readonly pending: readonly PendingDeployment[] }
  | { readonly at: 'running'; readonly runId: number; readonly step: string | null }
  | { readonly at: 'verifying'; readonly run: Run; readonly tries: number; readonly truth: Truth | null }
  /** Nothing was seen of a run: what is live is asked for before anything is said. */
  | { readonly at: 'checking'; readonly why: string }
  | { readonly at: 'over'; readonly runId: number | null; readonly outcome: Outcome };

export type Event =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'left' }
  /** GitHub took the request; it may tell no run. */
  | { readonly kind: 'started'; readonly runId: number | null }
  /** Nobody knows whether GitHub took the request. */
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'found'; readonly runId: number }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'seen';
      readonly run: Run;
      readonly jobs: readonly Job[];
      readonly pending: readonly PendingDeployment[];
    }
  | { readonly kind: 'shown'; readonly truth: Truth };

/** What is to be done next. `dispatch` comes at most once in the life of a rollback. */
export type Command = 'dispatch' | 'lookUp' | 'watch' | 'verify' | null;

export interface Transition {
  readonly stage: Stage;
  readonly command: Command;
}

/** How often a run is looked for, and a registry asked that does not show the new image yet. */
export const patience = { lookUps: 12, verifications: 5 };

export const beginning: Stage = { at: 'asked' };

/** A rollback whose request was sent earlier, by an editor that was closed since: it is looked for, not sent again. */
export function resumed(runId: number | null): Transition {
  if (runId !== null) return { stage: { at: 'queued', runId }, command: 'watch' };
  return { stage: { at: 'lookingUp', tries: 0, why: '' }, command: 'lookUp' };
}

/** The next stage. An event that does not belong to a stage, such as a second click, changes nothing. */
export function next(stage: Stage, event: Event, wish: Wish): Transition {
  const same: Transition = { stage, command: null };
  switch (stage.at) {
    case 'asked':
      if (event.kind === 'confirmed') return { stage: { at: 'dispatching' }, command: 'dispatch' };
      return event.kind === 'left' ? over(null, { kind: 'left' }) : same;
    case 'dispatching':
      if (event.kind === 'refused') return over(null, event);
      if (event.kind === 'lost') return lookUp(0, event.why);
      if (event.kind !== 'started') return same;
      return event.runId === null ? lookUp(0, '') : { stage: { at: 'queued', runId: event.runId }, command: 'watch' };
    case 'lookingUp':
      if (event.kind === 'found') return { stage: { at: 'queued', runId: event.runId }, command: 'watch' };
      if (event.kind !== 'absent') return same;
      if (stage.tries + 1 < patience.lookUps) return lookUp(stage.tries + 1, stage.why);
      return { stage: { at: 'checking', why: stage.why }, command: 'verify' };
    case 'checking':
      if (event.kind !== 'shown') return same;
      return over(null, { kind: 'unseen', why: stage.why, truth: event.truth });
    case 'queued':
    case 'waiting':
    case 'running':
      return event.kind === 'seen' ? seen(stage, event) : same;
    case 'verifying':
      return event.kind === 'shown' ? shown(stage, event.truth, wish) : same;
    case 'over':
      return same;
  }
}

const over = (runId: number | null, outcome: Outcome): Transition => ({
  stage: { at: 'over', runId, outcome },
  command: null,
});

const lookUp = (tries: number, why: string): Transition => ({
  stage: { at: 'lookingUp', tries, why },
  command: 'lookUp',
});

type Seen = Extract<Event, { kind: 'seen' }>;
type Followed = Extract<Stage, { at: 'queued' | 'waiting' | 'running' }>;

function seen({ runId }: Followed, { run, jobs, pending }: Seen): Transition {
  if (run.status === 'completed') {
    return { stage: { at: 'verifying', run, tries: 0, truth: null }, command: 'verify' };
  }
  if (pending.length > 0) return { stage: { at: 'waiting', runId, pending }, command: 'watch' };
  const job = jobs.find(({ status }) => status === 'in_progress');
  if (!job) return { stage: { at: 'queued', runId }, command: 'watch' };
  const step = job.steps.find(({ status }) => status === 'in_progress');
  return { stage: { at: 'running', runId, step: step?.name ?? job.name }, command: 'watch' };
}

function shown(stage: Extract<Stage, { at: 'verifying' }>, truth: Truth, wish: Wish): Transition {
  const { run } = stage;
  const outcome = judge(wish, run.conclusion ?? 'unknown', truth);
  const tries = stage.tries + 1;
  // What lists images can lag behind the registry, and a registry can be away for a moment.
  const mayChange = outcome.kind === 'contradicted' || truth.kind === 'unreadable';
  if (mayChange && tries < patience.verifications) {
    return { stage: { at: 'verifying', run, tries, truth }, command: 'verify' };
  }
  return over(run.id, outcome);
}
