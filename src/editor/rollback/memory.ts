import * as v from 'valibot';
import type { Memento } from 'vscode';
import type { Wish } from '../../core/rollback/wish.js';

const named = v.object({ digest: v.string(), version: v.nullable(v.string()) });

const pendingSchema = v.object({
  repository: v.string(),
  wish: v.object({
    from: v.nullable(named),
    to: named,
    platforms: v.nullable(v.array(v.string())),
    reason: v.string(),
    request: v.string(),
  }),
  runId: v.nullable(v.number()),
  /** Milliseconds since 1970. */
  at: v.number(),
});

/** A rollback that was sent and whose end nobody has seen yet. */
export interface Pending {
  readonly repository: string;
  readonly wish: Wish;
  readonly runId: number | null;
  readonly at: number;
}

const keyOf = (repository: string): string => `rustCi.rollback/${repository}`;

/** Remembers the rollbacks that are under way, so that a window that was closed in between does not send them again. */
export class Memory {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  of(repository: string): Pending | undefined {
    const result = v.safeParse(pendingSchema, this.#state.get(keyOf(repository)));
    return result.success ? result.output : undefined;
  }

  async keep(pending: Pending): Promise<void> {
    await this.#state.update(keyOf(pending.repository), pending);
  }

  async forget({ repository }: Pending): Promise<void> {
    await this.#state.update(keyOf(repository), undefined);
  }
}
