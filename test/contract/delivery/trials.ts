import type { Fault } from '../../github/github.js';

/** What can happen to one request: before it arrives, while its answer is on the way, and after it had its effect. */
export const cuts: Readonly<Record<string, Fault>> = {
  'the connection is reset before': { kind: 'reset' },
  'the connection is reset after': { kind: 'reset', when: 'after' },
  'the answer ends in the middle': { kind: 'truncated', when: 'after' },
  'GitHub fails before': { kind: 'server-error', status: 502 },
  'GitHub fails after': { kind: 'server-error', status: 502, when: 'after' },
  'GitHub refuses': { kind: 'status', status: 403, message: 'Resource not accessible' },
};

/** What a trial found to be wrong; empty: nothing. */
export type Violations = string[];

export interface Tally {
  tried: number;
  readonly violations: Violations;
}

/**
 * Cuts one request after the other in every way, a few trials at a time.
 * @param requests how many requests the operation sends when nothing goes wrong
 */
export async function cutEverywhere(
  requests: number,
  trial: (at: number, fault: Fault) => Promise<Violations>,
  together = 4,
): Promise<Tally> {
  const all = Object.entries(cuts).flatMap(([name, fault]) =>
    Array.from({ length: requests }, (_, index) => ({ name, fault, at: index + 1 })),
  );
  const tally: Tally = { tried: 0, violations: [] };
  const work = async (): Promise<void> => {
    for (let next = all.shift(); next; next = all.shift()) {
      const { name, fault, at } = next;
      const found = await trial(at, fault).catch((error: unknown) => [`the trial itself failed: ${String(error)}`]);
      tally.tried += 1;
      tally.violations.push(...found.map((one) => `request ${at}, ${name}: ${one}`));
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return tally;
}
