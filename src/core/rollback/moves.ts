import type { Milliseconds } from '../actions/run.js';
import { liveTag } from './facts.js';
import type { Delivered } from './facts.js';

/** One time that what is live changed, as a run reported it. */
export interface Move {
  readonly digest: string;
  readonly version: string | null;
  /** What was live before; null where the report does not tell. */
  readonly from: { readonly digest: string; readonly version: string | null } | null;
  readonly kind: 'release' | 'rollback';
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: Milliseconds;
  readonly runId: number;
}

/** Newest first. Rollbacks that did not come to an end are none. */
export function movesOf(delivered: readonly Delivered[]): Move[] {
  return delivered.flatMap((one) => moveOf(one) ?? []).sort((a, b) => b.at - a.at || b.runId - a.runId);
}

function moveOf({ run, report }: Delivered): Move | null {
  const at = Date.parse(report.created);
  const { rollback, image } = report;
  if (rollback?.done) {
    const { from, to, reason, actor } = rollback;
    const before = from && { digest: from.digest, version: from.version };
    return {
      digest: to.digest,
      version: to.version,
      from: before,
      kind: 'rollback',
      reason,
      by: actor,
      at,
      runId: run.id,
    };
  }
  if (image?.tags.includes(liveTag)) {
    const { digest, version } = image;
    return { digest, version, from: null, kind: 'release', reason: null, by: run.actor, at, runId: run.id };
  }
  return null;
}
