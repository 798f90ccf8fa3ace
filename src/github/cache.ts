/** An answer that can be asked for again with its ETag. */
export interface Cached {
  readonly etag: string;
  readonly value: unknown;
  /** Whether there was a further page. */
  readonly more: boolean;
  /** Bytes of the answer that `value` was read from. */
  readonly size: number;
}

/** Answers by key, of which the ones that were not used for longest are forgotten. */
export interface AnswerCache {
  get(key: string): Cached | undefined;
  set(key: string, answer: Cached): void;
  clear(): void;
}

/** @param limits how many answers, and how many bytes they may have had when they came. */
export function createAnswerCache({ entries = 400, bytes = 64 * 1024 * 1024 } = {}): AnswerCache {
  // A Map keeps the order of insertion: the first is the oldest.
  const answers = new Map<string, Cached>();
  let size = 0;
  const remove = (key: string): void => {
    size -= answers.get(key)?.size ?? 0;
    answers.delete(key);
  };
  return {
    get: (key) => {
      const answer = answers.get(key);
      if (answer) {
        answers.delete(key);
        answers.set(key, answer);
      }
      return answer;
    },
    set: (key, answer) => {
      remove(key);
      if (answer.size > bytes) return;
      answers.set(key, answer);
      size += answer.size;
      for (const oldest of answers.keys()) {
        if (answers.size <= entries && size <= bytes) break;
        remove(oldest);
      }
    },
    clear: () => {
      answers.clear();
      size = 0;
    },
  };
}

/**
 * A short hash of a token, from which it can't be had back. Answers are kept under it: GitHub's ETags differ from token to
 * token, and one account must never see what another one was told.
 */
export async function fingerprint(token: string | null): Promise<string> {
  if (token === null) return 'signed-out';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`rust-ci ${token}`));
  return [...new Uint8Array(digest, 0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
