import type { Clock } from '../clock.js';

const hour = 3_600_000;

interface Count {
  used: number;
  resetAt: number;
}

export interface Limit {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

/** Counts requests per token: 5,000 an hour, and 60 for those without one. */
export class RateLimits {
  readonly #counts = new Map<string, Count>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param token undefined: none */
  of(token: string | undefined): Limit {
    const { used, resetAt } = this.#count(token);
    const limit = token === undefined ? 60 : 5000;
    return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(resetAt / 1000) };
  }

  use(token: string | undefined): void {
    this.#count(token).used++;
  }

  /** Leaves only so many requests. */
  leave(token: string | undefined, remaining: number): void {
    this.#count(token).used = (token === undefined ? 60 : 5000) - remaining;
  }

  #count(token: string | undefined): Count {
    const key = token ?? '';
    const count = this.#counts.get(key);
    if (count !== undefined && count.resetAt > this.#clock.now) return count;
    const fresh = { used: 0, resetAt: this.#clock.now + hour };
    this.#counts.set(key, fresh);
    return fresh;
  }
}
