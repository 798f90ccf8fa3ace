import type { EnvironmentNow } from '../delivery/environment.js';
import { globExpression } from '../pipeline/glob.js';

/** Who lets a rollback into production. */
export type Approval =
  | {
      readonly kind: 'people';
      readonly names: readonly string[];
      /** Whoever starts it may not approve it. */
      readonly notOneself: boolean;
      /** In minutes. */
      readonly waitTimer: number;
    }
  | { readonly kind: 'nobody'; readonly waitTimer: number }
  | { readonly kind: 'unknown' };

/** @param environment null: it does not exist yet; undefined: GitHub does not show it */
export function approvalOf(environment: EnvironmentNow | null | undefined): Approval {
  if (environment === undefined) return { kind: 'unknown' };
  const { waitTimer = 0, reviewers = [], preventSelfReview: notOneself = false } = environment ?? {};
  const names = reviewers.map(({ name }) => name);
  return names.length > 0 ? { kind: 'people', names, notOneself, waitTimer } : { kind: 'nobody', waitTimer };
}

/** Whether the environment lets a branch in; null where that depends on what GitHub does not tell here. */
export function admits(environment: EnvironmentNow | null | undefined, branch: string): boolean | null {
  if (environment === undefined || environment?.branches === 'protected') return null;
  if (environment === null || environment.branches === 'any') return true;
  return environment.policies.some(({ type, name }) => type === 'branch' && globExpression(name).test(branch));
}
