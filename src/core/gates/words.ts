import type { Gate, GateState } from './gate.js';

/** A number as people read it, never better than it is: at most one decimal, cut. */
function short(value: number): string {
  const cut = Math.trunc(value * 10 + Math.sign(value) * 1e-9) / 10;
  return String(cut);
}

/** Units are plurals, such as "errors" and "vulnerabilities". */
function unitOf(value: number, unit: string): string {
  return value === 1 ? unit.replace(/(?:ies|s)$/, (ending) => (ending === 'ies' ? 'y' : '')) : unit;
}

/** "78.3 %, needs 80 %", "2 errors" or null where the gate measures nothing. */
export function measureWords({ value, threshold, unit }: Pick<Gate, 'value' | 'threshold' | 'unit'>): string | null {
  if (value === null) return null;
  const withUnit = (number: number) => (unit === null ? short(number) : `${short(number)} ${unitOf(number, unit)}`);
  return threshold === null ? withUnit(value) : `${withUnit(value)}, needs ${withUnit(threshold)}`;
}

/** The state of a gate in a word or two. */
export const stateWords: Readonly<Record<GateState, string>> = {
  failed: 'failed',
  unknown: 'unknown',
  waiting: 'waits for approval',
  running: 'running',
  queued: 'queued',
  stale: 'of another commit',
  skipped: 'skipped',
  notSetUp: 'not set up',
  passed: 'passed',
};

/** What a row says of a gate after its title: what was measured, else the state; and why. */
export function gateWords(gate: Gate): string {
  const measured = measureWords(gate);
  const state = stateWords[gate.state];
  const known = measured !== null && (gate.state === 'passed' || gate.state === 'failed') ? measured : state;
  if (gate.state === 'stale') return `${measured ?? gate.was ?? state} at ${gate.sha?.slice(0, 7) ?? 'another commit'}`;
  if (gate.state === 'passed' && measured === null) return gate.reason ?? '';
  return gate.reason !== null && gate.state !== 'passed' ? `${known}: ${gate.reason}` : known;
}
