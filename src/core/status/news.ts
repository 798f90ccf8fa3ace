import { ofPullRequest, type Progress, type Run } from '../actions/run.js';
import type { Snapshot } from '../actions/snapshot.js';
import { approvalsOf, type Approval } from '../delivery/live.js';

/** Something that has just happened and that a person may want to be told. */
export type News =
  | { readonly kind: 'failed'; readonly key: string; readonly run: Run }
  | { readonly kind: 'approval'; readonly key: string; readonly approval: Approval };

const failed = ({ conclusion }: Progress) =>
  conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'startup_failure';

/**
 * Tells from one snapshot of a repository to the next what is new. What was there when one began to look, or when another branch
 * was checked out, is no news; nor are older runs that somebody asked to see.
 */
export class NewsReader {
  #branch: string | null | undefined;
  /** When the snapshot was complete that one began with; undefined until there was one. */
  #since: number | undefined;
  /** Of every run that was seen, its attempt and whether it had ended. */
  readonly #runs = new Map<number, { readonly attempt: number; readonly ended: boolean }>();
  readonly #approvals = new Set<string>();
  /** When the newest run was made that was there at the beginning. */
  #newest = 0;
  #movedAt: number | null = null;
  /** Whether the runs that wait anywhere were asked for, which happens only when somebody looks at deliveries. */
  #waitingKnown = false;

  /** What is new in this snapshot. */
  read(snapshot: Snapshot): News[] {
    const { head, updatedAt } = snapshot;
    if (this.#branch !== head.branch) {
      this.#movedAt = this.#branch === undefined ? null : updatedAt;
      this.#branch = head.branch;
      this.#since = undefined;
    }
    if (this.#since === undefined) {
      this.#learn(snapshot);
      this.#waitingKnown ||= (snapshot.delivery.waiting ?? null) !== null;
      // Only a round that began on this branch tells what is there.
      if (updatedAt !== null && updatedAt !== this.#movedAt) this.#since = updatedAt;
      return [];
    }
    const runs = this.#runsOf(snapshot).filter((run) => this.#isNews(run));
    const asked = (snapshot.delivery.waiting ?? null) !== null;
    const firstLook = asked && !this.#waitingKnown;
    this.#waitingKnown ||= asked;
    const approvals = approvalsOf(
      firstLook ? { ...snapshot, delivery: { ...snapshot.delivery, waiting: null } } : snapshot,
    ).filter((approval) => approval.pending.canApprove && !this.#approvals.has(keyOf(approval)));
    this.#learn(snapshot, false);
    return [
      ...runs.map((run): News => ({ kind: 'failed', key: `failed/${run.id}/${run.attempt}`, run })),
      ...approvals.map((approval): News => ({ kind: 'approval', key: keyOf(approval), approval })),
    ];
  }

  /** A pull request from "main" is one of a fork, whose author is told by GitHub. */
  #runsOf({ runs, head, defaultBranch }: Snapshot): readonly Run[] {
    return runs.filter((run) => run.branch === head.branch && !(run.branch === defaultBranch && ofPullRequest(run)));
  }

  #isNews(run: Run): boolean {
    if (run.status !== 'completed' || !failed(run)) return false;
    const known = this.#runs.get(run.id);
    return known ? !known.ended || known.attempt < run.attempt : run.createdAt > this.#newest;
  }

  #learn(snapshot: Snapshot, first = true): void {
    for (const run of this.#runsOf(snapshot)) {
      this.#runs.set(run.id, { attempt: run.attempt, ended: run.status === 'completed' });
      if (first) this.#newest = Math.max(this.#newest, run.createdAt);
    }
    for (const approval of approvalsOf(snapshot)) this.#approvals.add(keyOf(approval));
  }
}

const keyOf = ({ run, pending }: Approval) => `approval/${run.id}/${run.attempt}/${pending.environmentId}`;
