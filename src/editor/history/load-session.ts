import type * as sessionModule from './session.js';

let session: Promise<typeof sessionModule> | undefined;

/** The panel and what it needs, which is not loaded before somebody looks at benchmarks or releases. */
export function loadSession(): Promise<typeof sessionModule> {
  return (session ??= import('./session.js'));
}
