import assert from 'node:assert/strict';
import type { Snapshot } from '../../../src/core/actions/snapshot.js';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import type { RepositoryState } from '../../github/state/repository.js';

/**
 * Fails if a gate is shown as passed that is not known to have passed: in the attempt that the snapshot has of its run, the
 * job of that name must have succeeded.
 */
export function assertNothingMadeUp(snapshot: Snapshot, repository: RepositoryState): void {
  const shown = [snapshot.current, snapshot.earlier, snapshot.main].flatMap((facts) => facts?.runs ?? []);
  for (const gate of verdictOf(snapshot).gates) {
    const passed = gate.state === 'passed' || (gate.state === 'stale' && gate.was === 'passed');
    if (!passed) continue;
    const run = repository.runs.find(gate.runId ?? 0);
    const attempt = shown.find(({ id }) => id === gate.runId)?.attempt ?? 0;
    const jobs = run?.attempts[attempt - 1]?.jobs.filter(({ plan }) => plan.name === gate.id) ?? [];
    assert.ok(jobs.length > 0, `${gate.id} is shown as passed, and no job of that name ran`);
    for (const job of jobs) assert.equal(job.conclusion, 'success', `${gate.id} is shown as passed`);
  }
}

/** What is shown of gates: id and state. */
export const gatesShown = (snapshot: Snapshot): Record<string, string> =>
  Object.fromEntries(verdictOf(snapshot).gates.map(({ id, state }) => [id, state]));
