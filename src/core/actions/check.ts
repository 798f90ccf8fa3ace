import type { Milliseconds, Progress } from './run.js';

/** A check of a commit: a check run (of GitHub Actions or another app) or a commit status. */
export interface Check extends Progress {
  /** Of a check run its id; of a commit status null. */
  readonly id: number | null;
  /** Of a commit status its context, for example `codecov/project`. */
  readonly name: string;
  /** Slug of the app, for example `github-actions` or `codecov`; null for a commit status. */
  readonly app: string | null;
  /** What it says in a line, for example "81.90% (+0.20%) compared to 1a2b3c4". */
  readonly summary: string | null;
  readonly url: string | null;
  readonly completedAt: Milliseconds | null;
}

/** A check that must be green before a branch may change. */
export interface RequiredCheck {
  readonly name: string;
  /** The app that must report it; null for any. */
  readonly appId: number | null;
}
