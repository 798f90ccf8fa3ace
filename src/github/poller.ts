import type { Clock } from './clock.js';
import type { Problem } from './problem.js';

/** What a round found out, as far as it says when the next one is worth its requests. */
export interface Round {
  /** Something goes on that one wants to see end. */
  readonly running: boolean;
  /** Something is different from last time. */
  readonly changed: boolean;
  readonly problem: Problem | null;
  /** Requests are scarce until then, in milliseconds since 1970; null if they are not. */
  readonly scarceUntil: number | null;
}

export type WakeReason = 'push' | 'fetch' | 'focus' | 'head' | 'session' | 'operation' | 'looked';

export interface Poller {
  /** Whether somebody looks: else nothing is asked. */
  setWatched(watched: boolean): void;
  /** Whether the window has the focus: else it is asked less often. */
  setFocused(focused: boolean): void;
  /** Something happened that makes a look worthwhile. */
  wake(reason: WakeReason): void;
  /** Runs a round now, after the one that may be going on. Resolves when it has ended. */
  refresh(): Promise<void>;
  readonly busy: boolean;
  /** When the next round begins; null when none is planned. */
  readonly nextAt: number | null;
  dispose(): void;
}

const second = 1000;
const minute = 60 * second;

export const pace = {
  /** While something runs: at first, and at most after nothing changed for a while. */
  quick: { first: 10 * second, most: 30 * second, growth: 1.2 },
  /** While nothing runs. */
  slow: { first: minute, most: 5 * minute, growth: 1.5 },
  /** After something went wrong that may pass by itself. */
  failed: { first: 15 * second, most: 10 * minute, growth: 2 },
  /** Without a network a try reaches nobody and costs nothing, and one wants to know when it is back. */
  offline: minute,
  /** After something went wrong that a person must put right. */
  refused: 10 * minute,
  /** After a push it takes a moment until there are runs. */
  expecting: 2 * minute,
  /** A look back at the window is worth a round after so long. */
  stale: 15 * second,
  /** Without the focus it goes so many times slower. */
  unfocused: 3,
} as const;

/** Problems that waiting does not solve. */
const forPeople: ReadonlySet<Problem['kind']> = new Set<Problem['kind']>([
  'signed-out',
  'unauthorized',
  'saml',
  'missing-scope',
  'not-found',
  'forbidden',
  'unsupported',
]);

export interface PollerOptions {
  readonly clock: Clock;
  /** One round; it never rejects. */
  readonly round: () => Promise<Round>;
  /** From 0 to 1: how much of the spread between several windows a wait gets. */
  readonly random?: () => number;
  /** Told when `busy` or `nextAt` changed. */
  readonly onDidChange?: () => void;
}

/** Decides when to ask: never while nobody looks, often while something runs, seldom else, later after failures. */
export function createPoller({ clock, round, random = Math.random, onDidChange }: PollerOptions): Poller {
  let watched = false;
  let focused = true;
  let disposed = false;
  /** Rounds one after the other without news, or without success. */
  let steps = 0;
  /** The next round is the first of its kind, whatever the last one found. */
  let anew = true;
  let pacing: 'quick' | 'slow' | 'failed' = 'slow';
  let last: { readonly at: number; readonly result: Round } | null = null;
  let expectingUntil = 0;
  let forbiddenUntil = 0;
  let current: Promise<void> | null = null;
  let following: Promise<void> | null = null;
  let nextAt: number | null = null;
  let disarm: (() => void) | null = null;

  const plan = (at: number | null): void => {
    disarm?.();
    disarm = null;
    const now = clock.now();
    nextAt = at === null ? null : Math.max(at, forbiddenUntil, now);
    if (nextAt !== null) {
      disarm = clock.after(nextAt - now, () => {
        disarm = null;
        nextAt = null;
        void refresh();
      });
    }
    onDidChange?.();
  };

  const active = (): boolean => watched && !disposed;

  /** Plans the next round by what is known. */
  const replan = (): void => {
    if (current) return;
    if (!active()) plan(null);
    else if (!last) plan(clock.now());
    else plan(last.at + wait(last));
  };

  const soon = (): void => {
    if (!current && active()) plan(clock.now());
  };

  /** How long after the last round the next one is due. */
  function wait({ at, result: { problem, scarceUntil } }: NonNullable<typeof last>): number {
    // A tenth more or less, so that windows that were opened together don't ask together.
    const spread = 0.9 + 0.2 * random();
    if (problem?.kind === 'rate-limited') return Math.max(problem.resetAt - at, second) + random() * 5 * second;
    if (problem && forPeople.has(problem.kind)) return pace.refused * spread;
    const { first, most, growth } = pace[pacing];
    const longest = problem?.kind === 'offline' ? pace.offline : most;
    const calm =
      Math.min(first * growth ** steps, longest) * spread * (focused || pacing === 'failed' ? 1 : pace.unfocused);
    return scarceUntil !== null && scarceUntil > at ? Math.max(calm, pace.slow.most) : calm;
  }

  function learn(result: Round): void {
    const now = clock.now();
    const quick = result.running || now < expectingUntil;
    const next = result.problem ? 'failed' : quick ? 'quick' : 'slow';
    steps = next === pacing && !anew && !result.changed ? Math.min(steps + 1, 30) : 0;
    anew = false;
    pacing = next;
    forbiddenUntil = result.problem?.kind === 'rate-limited' ? result.problem.resetAt : 0;
    last = { at: now, result };
  }

  async function run(): Promise<void> {
    plan(null);
    const result = await round();
    current = null;
    learn(result);
    replan();
  }

  function start(): Promise<void> {
    current = run();
    onDidChange?.();
    return current;
  }

  function refresh(): Promise<void> {
    if (disposed) return Promise.resolve();
    if (!current) return start();
    following ??= current.then(() => {
      following = null;
      return disposed ? undefined : start();
    });
    return following;
  }

  return {
    setWatched: (value) => {
      if (watched === value) return;
      watched = value;
      replan();
    },
    setFocused: (value) => {
      if (focused === value) return;
      focused = value;
      replan();
    },
    wake: (reason) => {
      if (disposed) return;
      if (reason === 'push' || reason === 'operation') {
        expectingUntil = clock.now() + pace.expecting;
        anew = true;
      }
      // With another sign-in, what was forbidden may be allowed.
      if (reason === 'session') forbiddenUntil = 0;
      if (reason === 'focus' && last && clock.now() - last.at < pace.stale) return;
      if (current) {
        if (active() && reason !== 'focus') void refresh();
      } else soon();
    },
    refresh,
    get busy() {
      return current !== null;
    },
    get nextAt() {
      return nextAt;
    },
    dispose: () => {
      disposed = true;
      plan(null);
    },
  };
}
