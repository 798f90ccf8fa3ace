import type { Duration } from './duration.js';

interface Timing {
  /** `after`: the request still had its effect, and only the answer got lost. Default: `before`. */
  readonly when?: 'before' | 'after';
}

/** What can go wrong with one request. */
export type Fault = Timing &
  (
    | { readonly kind: 'primary-limit'; readonly status?: 403 | 429; readonly resetIn?: Duration }
    /** Without `retryAfter` (seconds) there is no such header. */
    | { readonly kind: 'secondary-limit'; readonly status?: 403 | 429; readonly retryAfter?: number }
    /** With a page in HTML instead of JSON. */
    | { readonly kind: 'server-error'; readonly status?: 500 | 502 | 503 | 504 }
    /** 502 "Server Error" in JSON, after what GitHub takes before it gives up: 10 s, or `wait`. Real time. */
    | { readonly kind: 'timeout'; readonly wait?: Duration }
    /** The answer starts late. Real time. */
    | { readonly kind: 'slow-headers'; readonly wait: Duration }
    /** The answer starts at once and ends late. Real time. */
    | { readonly kind: 'slow-body'; readonly wait: Duration }
    /** Neither answer nor end, until the client gives up or the stand-in stops. */
    | { readonly kind: 'silence' }
    /** The connection is reset. */
    | { readonly kind: 'reset' }
    /** The body ends in the middle, with a content-length that promises more. */
    | { readonly kind: 'truncated' }
    | { readonly kind: 'invalid-json' }
    /** JSON that says to be something else. */
    | { readonly kind: 'content-type'; readonly value?: string }
    /** A list without items whose total_count is above 0. */
    | { readonly kind: 'empty-page' }
    /** A list of runs that does not know the newest one yet. */
    | { readonly kind: 'stale-list' }
    /** 304, whether asked for or not. */
    | { readonly kind: 'not-modified' }
    /** 301 to the address by id, as for a renamed repository. */
    | { readonly kind: 'moved' }
    /** 410, as for what expired. */
    | { readonly kind: 'gone' }
    /** The download is no zip, and its digest is another one. */
    | { readonly kind: 'not-a-zip' }
    /** The download ends in the middle. */
    | { readonly kind: 'cut-download' }
    /** Single sign-on of an organisation stands before it. */
    | { readonly kind: 'sso'; readonly organization?: string }
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly message?: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
  );

interface Queued {
  readonly operationId: string;
  readonly fault: Fault;
  left: number;
}

/** Faults that wait for their request. */
export class Faults {
  readonly #queue: Queued[] = [];

  /** @param operationId of which operation; `*`: of any. @param times how many requests it hits */
  add(operationId: string, fault: Fault, times: number): void {
    this.#queue.push({ operationId, fault, left: times });
  }

  clear(): void {
    this.#queue.length = 0;
  }

  take(operationId: string): Fault | undefined {
    const index = this.#queue.findIndex((queued) => queued.operationId === operationId || queued.operationId === '*');
    const queued = this.#queue[index];
    if (queued === undefined) return undefined;
    queued.left--;
    if (queued.left <= 0) this.#queue.splice(index, 1);
    return queued.fault;
  }
}
