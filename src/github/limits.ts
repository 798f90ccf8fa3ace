/** How much of an hour's requests is left. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly resetAt: number;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Reads what an answer says of the primary limit; null where the host has none (Enterprise Server by default). */
export function rateLimitOf(headers: Headers): RateLimit | null {
  const limit = numberOf(headers['x-ratelimit-limit']);
  const remaining = numberOf(headers['x-ratelimit-remaining']);
  const reset = numberOf(headers['x-ratelimit-reset']);
  if (limit === null || remaining === null || reset === null) return null;
  return { limit, remaining, resetAt: reset * 1000 };
}

const aMinute = 60_000;

/**
 * When a refused request may be asked again, or null if it was not refused for its number. In the order that GitHub
 * documents: what the answer says; else the reset of the hour's limit; else a minute.
 */
export function retryAt(status: number, headers: Headers, message: string, now: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const after = numberOf(headers['retry-after']);
  if (after !== null) return now + Math.max(after, 1) * 1000;
  const limit = rateLimitOf(headers);
  if (limit?.remaining === 0) return limit.resetAt > now ? limit.resetAt : now + aMinute;
  return status === 429 || /secondary rate limit|abuse detection|rate limit exceeded/i.test(message)
    ? now + aMinute
    : null;
}

function numberOf(value: string | number | undefined): number | null {
  if (value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
