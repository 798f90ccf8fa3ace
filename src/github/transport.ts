import { abortError } from './abort.js';
import type { Clock } from './clock.js';

/** As much of `fetch` as is used; that of VS Code goes through proxies and trusts the system's certificates. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** No complete answer came: the body was cut, it took too long, or it was larger than anything that is expected. */
export class IncompleteAnswer extends Error {
  override readonly name = 'IncompleteAnswer';
}

/** What Octokit needs of a `Response`, with a body that has arrived whole. */
export interface WholeResponse {
  readonly status: number;
  readonly url: string;
  readonly type: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface Bounds {
  /** Milliseconds until the answer must have come whole. */
  readonly timeout: number;
  /** Bytes of body that are accepted. */
  readonly bytes: number;
}

/** GitHub ends what takes more than ten seconds; answers of a hundred runs have about a megabyte. */
export const apiBounds: Bounds = { timeout: 30_000, bytes: 32 * 1024 * 1024 };

/**
 * Fetches, and resolves only with a whole answer. Octokit alone hands out a body that was cut in the middle as an empty one, with
 * status 200; and it waits for ever.
 */
export async function fetchWhole(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  clock: Clock,
  { timeout, bytes }: Bounds,
): Promise<WholeResponse> {
  const outer = init.signal;
  const controller = new AbortController();
  const ended: { by: 'caller' | 'clock' | null } = { by: null };
  const stop = (): void => {
    ended.by = 'caller';
    controller.abort();
  };
  if (outer?.aborted) throw abortError();
  outer?.addEventListener('abort', stop, { once: true });
  const disarm = clock.after(timeout, () => {
    ended.by = 'clock';
    controller.abort();
  });
  try {
    const response = await fetch(url, { ...init, signal: controller.signal });
    const body = await readWhole(response, bytes);
    return {
      status: response.status,
      url: response.url,
      type: response.type,
      headers: response.headers,
      body,
      text: () => Promise.resolve(new TextDecoder().decode(body)),
      arrayBuffer: () => Promise.resolve(body.buffer),
    };
  } catch (error) {
    if (ended.by === 'caller') throw abortError();
    if (ended.by === 'clock') {
      throw new IncompleteAnswer(`No whole answer came within ${Math.round(timeout / 1000)} seconds.`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    disarm();
    outer?.removeEventListener('abort', stop);
    // What was not read to its end must not keep its connection.
    controller.abort();
  }
}

async function readWhole(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) throw new IncompleteAnswer(`The answer has more than ${Math.round(limit / 1e6)} MB.`);
      chunks.push(value);
    }
  } catch (error) {
    if (error instanceof IncompleteAnswer) throw error;
    throw new IncompleteAnswer('The connection ended in the middle of the answer.', { cause: error });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
