import { createGitHub, type GitHub, type GitHubOptions } from '../../../src/github/client.js';
import { ManualClock } from './manual-clock.js';

export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: string | undefined;
  readonly body: unknown;
}

/** An answer, or what fetch rejects with, or neither until the request is given up. */
export type Answer = Response | Error | 'silence';

/** A client whose requests are answered by a test, one after the other; the last answer is given again and again. */
export function answering(
  answers: readonly (Answer | ((asked: Asked) => Answer))[],
  options: Partial<GitHubOptions> = {},
): { github: GitHub; asked: Asked[]; logged: string[]; clock: ManualClock; token: { value: string | null } } {
  const asked: Asked[] = [];
  const logged: string[] = [];
  const clock = new ManualClock();
  const token = { value: 'secret-token-of-maria' as string | null };
  const log = (message: string): void => {
    logged.push(message);
  };
  const github = createGitHub({
    apiUrl: 'https://api.github.com',
    webUrl: 'https://github.com',
    token: () => token.value,
    clock,
    log: { debug: log, info: log, warn: log, error: log },
    retryAfter: 1,
    fetch: (url, init) => {
      const request: Asked = {
        url,
        method: init.method ?? 'GET',
        headers: new Headers(init.headers),
        redirect: init.redirect,
        body: init.body,
      };
      asked.push(request);
      const given = answers[Math.min(asked.length, answers.length) - 1];
      const answer = typeof given === 'function' ? given(request) : (given ?? 'silence');
      return answer === 'silence' ? untilAborted(init.signal) : settle(answer);
    },
    ...options,
  });
  return { github, asked, logged, clock, token };
}

function settle(answer: Response | Error): Promise<Response> {
  // The same answer may be given several times, and a body can be read once.
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone());
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new DOMException('This operation was aborted', 'AbortError'));
    });
  });
}

export function json(value: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return text(JSON.stringify(value), { 'content-type': 'application/json; charset=utf-8', ...headers }, status);
}

export function text(body: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
}

/** A body that ends with an error after its beginning, as when the connection is lost. */
export function cut(beginning: string, headers: Record<string, string> = {}): () => Response {
  return () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(beginning));
      },
      pull: (controller) => {
        controller.error(new TypeError('terminated', { cause: new Error('other side closed') }));
      },
    });
    return new Response(body, { status: 200, headers: { 'content-type': 'application/json', ...headers } });
  };
}
