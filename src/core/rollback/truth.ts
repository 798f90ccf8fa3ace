import type { Conclusion } from '../actions/run.js';
import type { Wish } from './wish.js';

/** What a registry shows, at one moment. */
export interface Shown {
  readonly kind: 'shown';
  /** The digest that `latest` stands for; null when there is no such tag. */
  readonly latest: string | null;
  /** What it runs on; null where only the list of packages could be read, which does not tell. */
  readonly platforms: readonly string[] | null;
  /** Platforms that it names and whose image is not there. */
  readonly missing: readonly string[];
  /** The registry itself, or GitHub's list of packages. */
  readonly source: 'registry' | 'packages';
}

export type Truth = Shown | { readonly kind: 'unreadable'; readonly why: string };

/** How a rollback came out. Only `done` is success. */
export type Outcome =
  /** The person left before anything was sent. */
  | { readonly kind: 'left' }
  /** GitHub did not take the request: nothing was started. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The answer was lost and no such run appeared. */
  | { readonly kind: 'unseen'; readonly why: string; readonly truth: Truth }
  /** The run succeeded and the registry shows what was asked for. */
  | { readonly kind: 'done'; readonly truth: Shown }
  /** The run did not succeed; what is live is in the truth. */
  | { readonly kind: 'failed'; readonly conclusion: Conclusion; readonly truth: Truth }
  /** The run says it succeeded, the registry shows something else. */
  | { readonly kind: 'contradicted'; readonly truth: Shown; readonly lost: readonly string[] }
  /** The run says it succeeded; the registry could not be asked. */
  | { readonly kind: 'unverified'; readonly why: string };

/** What a run that has ended comes to, with what the registry shows after it. */
export function judge(wish: Pick<Wish, 'to' | 'platforms'>, conclusion: Conclusion, truth: Truth): Outcome {
  if (conclusion !== 'success') return { kind: 'failed', conclusion, truth };
  if (truth.kind === 'unreadable') return { kind: 'unverified', why: truth.why };
  const lost = lostPlatforms(wish, truth);
  if (truth.latest !== wish.to.digest || lost.length > 0) return { kind: 'contradicted', truth, lost };
  return { kind: 'done', truth };
}

/** Platforms that should be there and are not. A digest names its platforms, but not whether their images still exist. */
export function lostPlatforms({ platforms }: Pick<Wish, 'platforms'>, truth: Shown): readonly string[] {
  const { platforms: shown } = truth;
  const absent = shown === null ? [] : (platforms ?? []).filter((platform) => !shown.includes(platform));
  return [...new Set([...truth.missing, ...absent])];
}
