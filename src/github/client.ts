import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { EndpointInterface, RequestParameters } from '@octokit/types';
import * as v from 'valibot';
import { abortable } from './abort.js';
import { createAnswerCache, fingerprint, type AnswerCache } from './cache.js';
import { systemClock, type Clock } from './clock.js';
import { asGitHubError, unexpected, webPage, type Question } from './errors.js';
import { rateLimitOf, type RateLimit } from './limits.js';
import { silentLog, type Log } from './log.js';
import { GitHubError } from './problem.js';
import { redact } from './redact.js';
import { apiBounds, fetchWhole, type Bounds, type Fetch } from './transport.js';

const ResilientOctokit = Octokit.plugin(throttling, retry);

/** The version whose shapes are read here; newer ones change what a dispatch answers. */
const apiVersion = '2022-11-28';

export interface GitHubOptions {
  /** For example `https://api.github.com`, without a slash at its end. */
  readonly apiUrl: string;
  /** For example `https://github.com`. */
  readonly webUrl: string;
  /** The token as it is now; null while nobody is signed in. It is asked before every request. */
  readonly token: () => string | null;
  readonly fetch?: Fetch;
  readonly log?: Log;
  readonly clock?: Clock;
  readonly cache?: AnswerCache;
  /** Milliseconds before a read that failed is asked once more. */
  readonly retryAfter?: number;
}

/** One of Octokit's endpoint methods, such as `rest.actions.listRepoWorkflows`. */
interface Endpoint<P> {
  (parameters?: P): Promise<unknown>;
  readonly endpoint: EndpointInterface<{ url: string }>;
}

export interface Asking {
  /** What is asked for, as messages say it: "the runs of main". */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
  /** Older Enterprise Servers lack it: there, "not found" means that. */
  readonly recent?: boolean;
}

export interface Page<T> {
  readonly value: T;
  /** There is a further page. */
  readonly more: boolean;
  /** GitHub said that nothing changed; `value` is the same object as last time. */
  readonly unchanged: boolean;
}

/** An answer that is not JSON: where it redirects to, or its bytes. */
export interface RawAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The one way to GitHub. Everything rejects with GitHubError, or with an AbortError when the signal says so. */
export interface GitHub {
  readonly apiUrl: string;
  readonly webUrl: string;
  /** GitHub Enterprise Server: not github.com, nor a host of ghe.com. */
  readonly enterprise: boolean;
  readonly rest: Octokit['rest'];
  readonly clock: Clock;
  readonly log: Log;
  signedIn(): boolean;
  /** What the newest answer said of the hour's limit; null where nothing is known. */
  limit(): RateLimit | null;
  /** Requests that were sent, and those of them that count against the limit. */
  readonly sent: { readonly requests: number; readonly counted: number };
  /** Reads, with the ETag of the last answer; a schema belongs to an address, so that an unchanged answer is not read again. */
  get<P, T>(
    endpoint: Endpoint<P>,
    parameters: NoInfer<P>,
    schema: v.GenericSchema<unknown, T>,
    asking: Asking,
  ): Promise<T>;
  page<P, T>(
    endpoint: Endpoint<P>,
    parameters: NoInfer<P>,
    schema: v.GenericSchema<unknown, T>,
    asking: Asking,
  ): Promise<Page<T>>;
  /** Changes something; sent once, whatever happens. */
  change<P, T>(
    endpoint: Endpoint<P>,
    parameters: NoInfer<P>,
    schema: v.GenericSchema<unknown, T>,
    asking: Asking,
  ): Promise<T>;
  /** Reads what is not JSON, and follows no redirect: the token must not go elsewhere. */
  raw<P>(endpoint: Endpoint<P>, parameters: NoInfer<P>, asking: Asking): Promise<RawAnswer>;
  /** Fetches from where GitHub redirected to, without the token. */
  blob(url: string, bounds: Bounds, asking: Asking): Promise<RawAnswer>;
}

/** Nothing is sent before the first question. */
export function createGitHub(options: GitHubOptions): GitHub {
  const { apiUrl, webUrl, token, clock = systemClock, log = silentLog } = options;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const cache = options.cache ?? createAnswerCache();
  const enterprise = apiUrl.endsWith('/api/v3');
  const sent = { requests: 0, counted: 0 };
  let limit: { readonly of: string; readonly is: RateLimit } | null = null;
  /** Asking again before this time could get everybody banned who uses the same sign-in. */
  let blocked: { readonly of: string; readonly until: number; readonly error: GitHubError } | null = null;
  let current = 'signed-out';

  const octokit = new ResilientOctokit({
    baseUrl: apiUrl,
    userAgent: 'rust-ci-pipeline',
    log: { debug: () => undefined, info: () => undefined, warn: log.warn.bind(log), error: log.error.bind(log) },
    request: {
      parseSuccessResponseBody: false,
      fetch: async (url: string, init: RequestInit) => {
        sent.requests += 1;
        const started = clock.now();
        const response = await fetchWhole(fetch, url, init, clock, apiBounds);
        if (response.status !== 304) sent.counted += 1;
        log.debug(`${init.method ?? 'GET'} ${redact(url)} ${response.status} ${clock.now() - started} ms`);
        return response;
      },
    },
    // The poller waits; a request that waits for an hour would only look as if it hung.
    throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false, id: apiUrl },
    retry: {
      retries: 1,
      retryAfterBaseValue: options.retryAfter ?? 1000,
      doNotRetry: [400, 401, 403, 404, 407, 409, 410, 422, 429, 451],
    },
  });

  interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly data: Uint8Array<ArrayBuffer>;
  }

  async function send<P>(
    endpoint: Endpoint<P>,
    parameters: P,
    asking: Asking,
    extra: { readonly etag?: string; readonly request?: Readonly<Record<string, unknown>> },
    bearer: string | null,
    of: string,
  ): Promise<Answer> {
    const question = questionOf(asking, bearer);
    if (blocked?.of === of && clock.now() < blocked.until) throw blocked.error;
    const headers = {
      'x-github-api-version': apiVersion,
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(extra.etag === undefined ? {} : { 'if-none-match': extra.etag }),
    };
    const request = { ...extra.request, ...(asking.signal ? { signal: asking.signal } : {}) };
    try {
      const answer = (await abortable(endpoint({ ...parameters, headers, request }), asking.signal)) as Answer;
      remember(answer.headers, of);
      return answer;
    } catch (error) {
      const response = responseOf(error);
      if (response) remember(response.headers, of);
      if (response?.status === 304) return { ...response, data: new Uint8Array() };
      const known = asGitHubError(error, question);
      if (known instanceof GitHubError && known.problem.kind === 'rate-limited') {
        blocked = { of, until: known.problem.resetAt, error: known };
      }
      if (known instanceof GitHubError) log.warn(known.message);
      throw known;
    }
  }

  function remember(headers: Answer['headers'], of: string): void {
    const is = rateLimitOf(headers);
    if (is && (headers['x-ratelimit-resource'] ?? 'core') === 'core') limit = { of, is };
  }

  const questionOf = ({ what, recent = false }: Asking, bearer: string | null): Question => ({
    what,
    token: bearer,
    enterprise,
    recent,
    now: clock.now(),
  });

  /** The token and what stands for it, read at the same moment. */
  async function identity(): Promise<{ bearer: string | null; of: string }> {
    const bearer = token();
    const of = await fingerprint(bearer);
    current = of;
    return { bearer, of };
  }

  async function page<P, T>(
    endpoint: Endpoint<P>,
    parameters: P,
    schema: v.GenericSchema<unknown, T>,
    asking: Asking,
  ): Promise<Page<T>> {
    const { bearer, of } = await identity();
    const { url } = endpoint.endpoint(parameters as RequestParameters);
    const key = `${of} ${url}`;
    const cached = cache.get(key);
    const answer = await send(endpoint, parameters, asking, cached ? { etag: cached.etag } : {}, bearer, of);
    if (answer.status === 304 && cached) return { value: cached.value as T, more: cached.more, unchanged: true };
    const value = read(answer, schema, questionOf(asking, bearer));
    const more = /;\s*rel="next"/.test(answer.headers['link'] ?? '');
    const { etag } = answer.headers;
    if (etag !== undefined) cache.set(key, { etag, value, more, size: answer.data.byteLength });
    return { value, more, unchanged: false };
  }

  return {
    apiUrl,
    webUrl,
    enterprise,
    rest: octokit.rest,
    clock,
    log,
    sent,
    signedIn: () => token() !== null,
    limit: () => (limit?.of === current ? limit.is : null),
    page,
    get: async (endpoint, parameters, schema, asking) => (await page(endpoint, parameters, schema, asking)).value,
    change: async (endpoint, parameters, schema, asking) => {
      const { bearer, of } = await identity();
      const answer = await send(endpoint, parameters, asking, { request: { retries: 0 } }, bearer, of);
      return read(answer, schema, questionOf(asking, bearer));
    },
    raw: async (endpoint, parameters, asking) => {
      const { bearer, of } = await identity();
      const first = await send(endpoint, parameters, asking, { request: { redirect: 'manual' } }, bearer, of);
      // Browsers hide where a redirect leads; they follow it themselves, and leave the token out at another origin.
      const answer = first.status === 0 ? await send(endpoint, parameters, asking, {}, bearer, of) : first;
      return {
        status: answer.status,
        location: answer.headers['location'] ?? null,
        type: answer.headers['content-type'] ?? '',
        bytes: answer.data,
      };
    },
    blob: async (url, bounds, asking) => {
      const question = questionOf(asking, null);
      try {
        const response = await abortable(
          fetchWhole(fetch, url, asking.signal ? { signal: asking.signal } : {}, clock, bounds),
          asking.signal,
        );
        log.debug(`GET ${redact(url)} ${response.status}`);
        return {
          status: response.status,
          location: null,
          type: response.headers.get('content-type') ?? '',
          bytes: response.body,
        };
      } catch (error) {
        throw asGitHubError(error, question);
      }
    },
  };
}

function responseOf(error: unknown): { status: number; headers: Readonly<Record<string, string | undefined>> } | null {
  if (!(error instanceof Error) || !('response' in error) || error.response === undefined) return null;
  return error.response as { status: number; headers: Readonly<Record<string, string | undefined>> };
}

/** Reads JSON and checks that it is what was asked for. */
function read<T>(
  { status, headers, data }: { status: number; headers: Readonly<Record<string, string | undefined>>; data: unknown },
  schema: v.GenericSchema<unknown, T>,
  question: Question,
): T {
  let json: unknown = null;
  if (status !== 204 && status !== 205) {
    const text = data instanceof Uint8Array ? new TextDecoder().decode(data) : '';
    try {
      json = text === '' ? null : JSON.parse(text);
    } catch {
      if (headers['content-type']?.startsWith('text/html')) throw webPage(question);
      throw unexpected(question, 'it is no valid JSON');
    }
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw unexpected(question, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}
