import type { Milliseconds } from '../actions/run.js';

/**
 * How a gate stands. Only `passed` is good news: a gate that checked nothing is `skipped`, one whose verdict cannot be read is
 * `unknown`, one whose verdict is about another commit is `stale`.
 */
export const gateStates = [
  'failed',
  'unknown',
  'waiting',
  'running',
  'queued',
  'stale',
  'skipped',
  'notSetUp',
  'passed',
] as const;
export type GateState = (typeof gateStates)[number];

/** Something that must hold before the code may ship, as it stands for one commit. */
export interface Gate {
  /** Stable, for example `coverage`; for checks of others their name. */
  readonly id: string;
  /** For people: "Coverage". */
  readonly title: string;
  readonly state: GateState;
  /** What was measured and what it had to reach, in `unit`; null where the gate measures nothing, or it is not known. */
  readonly value: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  /** Why it is so, in a sentence; null where the state says all. */
  readonly reason: string | null;
  /** Whether a rule of the branch asks for it, or for the gate job it is part of; null when the rules are not known. */
  readonly required: boolean | null;
  /** Where the verdict comes from. */
  readonly source: 'report' | 'job' | 'check' | null;
  /** The commit that the verdict is about; null where there is none. */
  readonly sha: string | null;
  /** Of a stale gate: what it was, at that commit. */
  readonly was: 'passed' | 'failed' | null;
  readonly runId: number | null;
  /** Its jobs in that run: several for a matrix. */
  readonly jobIds: readonly number[];
  readonly url: string | null;
  /** When its state became what it is. */
  readonly at: Milliseconds | null;
}

/** All gates of a commit. */
export interface Verdict {
  readonly branch: string | null;
  readonly sha: string | null;
  /** Failing first, as they should be shown. */
  readonly gates: readonly Gate[];
  readonly passed: number;
  /** Gates that count: all but those that are skipped or not set up. */
  readonly counted: number;
  /** The verdict as a whole; never `passed` unless every counted gate passed and there is one. */
  readonly state: GateState;
}
