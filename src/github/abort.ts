/** What everything in src/github rejects with when it was told to stop. */
export const abortError = (): DOMException => new DOMException('It was stopped.', 'AbortError');

export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Rejects as soon as the signal says so, whatever the promise still waits for. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      reject(abortError());
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    // Signals may live as long as a window does; what waits on them must not.
    if (stop) signal.removeEventListener('abort', stop);
  }
}
