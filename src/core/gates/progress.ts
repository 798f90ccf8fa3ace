import type { Progress } from '../actions/run.js';
import type { GateState } from './gate.js';

export interface Standing {
  readonly state: GateState;
  /** Null where the state says all. */
  readonly reason: string | null;
}

/** How a job or check stands as a gate. Whatever is not known to be good is not good. */
export function standingOf({ status, conclusion }: Progress): Standing {
  switch (status) {
    case 'queued':
    case 'requested':
    case 'pending':
      return { state: 'queued', reason: null };
    case 'waiting':
      return { state: 'waiting', reason: null };
    case 'in_progress':
      return { state: 'running', reason: null };
    case 'unknown':
      return { state: 'unknown', reason: 'GitHub gave it a status that is not known.' };
    case 'completed':
      return endOf(conclusion);
  }
}

function endOf(conclusion: Progress['conclusion']): Standing {
  switch (conclusion) {
    case 'success':
      return { state: 'passed', reason: null };
    case 'failure':
      return { state: 'failed', reason: null };
    case 'timed_out':
      return { state: 'failed', reason: 'It ran out of time.' };
    case 'startup_failure':
      return { state: 'failed', reason: 'GitHub could not start it.' };
    case 'cancelled':
      return { state: 'unknown', reason: 'It was cancelled.' };
    case 'action_required':
      return { state: 'waiting', reason: null };
    case 'skipped':
      return { state: 'skipped', reason: 'It did not run.' };
    case 'neutral':
      return { state: 'skipped', reason: 'It ended without a verdict.' };
    case 'stale':
      return { state: 'unknown', reason: 'GitHub gave it up after two weeks.' };
    case 'unknown':
    case null:
      return { state: 'unknown', reason: 'GitHub gave it a conclusion that is not known.' };
  }
}

/** Of several legs of one gate, the one that decides. Skipped legs count only when there are no others. */
const decisive: readonly GateState[] = [
  'failed',
  'unknown',
  'waiting',
  'running',
  'queued',
  'stale',
  'passed',
  'skipped',
  'notSetUp',
];

/** How legs of a matrix stand together. */
export function together(legs: readonly Standing[]): Standing {
  const state = decisive.find((one) => legs.some((leg) => leg.state === one)) ?? 'unknown';
  const reasons = new Set(legs.filter((leg) => leg.state === state).flatMap(({ reason }) => reason ?? []));
  return { state, reason: reasons.size === 0 ? null : [...reasons].join(' ') };
}
