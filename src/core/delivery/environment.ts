import type { Change } from './change.js';

export interface Reviewer {
  readonly type: 'User' | 'Team';
  readonly id: number;
  readonly name: string;
}

/** A pattern of branches or tags that may deploy. */
export interface Policy {
  readonly name: string;
  readonly type: 'branch' | 'tag';
}

/** What is set of an environment. */
export interface EnvironmentNow {
  readonly name: string;
  readonly reviewers: readonly Reviewer[];
  readonly preventSelfReview: boolean;
  /** In minutes. */
  readonly waitTimer: number;
  /** What may deploy: anything, protected branches, or what `policies` name. */
  readonly branches: 'any' | 'protected' | 'custom';
  readonly policies: readonly Policy[];
}

/** What an environment should have. What is not named stays as it is. */
export interface EnvironmentWish {
  readonly name: string;
  /** Who should be among the reviewers. */
  readonly reviewers?: readonly Reviewer[];
  readonly waitTimer?: number;
  readonly policies: readonly Policy[];
}

/** As GitHub takes it: everything that is to stay must be in it, and what is not set must not. */
export interface EnvironmentPut {
  readonly wait_timer?: number;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly { readonly type: 'User' | 'Team'; readonly id: number }[];
  readonly deployment_branch_policy?: {
    readonly protected_branches: boolean;
    readonly custom_branch_policies: boolean;
  };
}

export interface EnvironmentPlan {
  readonly changes: readonly Change[];
  /** Null when nothing of it changes. */
  readonly put: EnvironmentPut | null;
  /** To be added one by one, after that. */
  readonly policies: readonly Policy[];
  /** What is set in a way that another person must have meant, and that does not fit. It stays. */
  readonly conflicts: readonly EnvironmentConflict[];
}

export type EnvironmentConflict =
  /** Only protected branches may deploy, so tags and other branches cannot. */
  | { readonly kind: 'protectedOnly'; readonly missing: readonly Policy[] }
  /** GitHub takes six reviewers at most. */
  | { readonly kind: 'manyReviewers'; readonly left: readonly Reviewer[] };

const mostReviewers = 6;

/** What must change for an environment to have what is wished for, with all that it has already. */
export function planEnvironment(now: EnvironmentNow | null, wish: EnvironmentWish): EnvironmentPlan {
  const changes: Change[] = [];
  const conflicts: EnvironmentConflict[] = [];
  if (!now) changes.push({ kind: 'create', what: wish.name });

  const reviewers = [...(now?.reviewers ?? [])];
  const left: Reviewer[] = [];
  for (const one of wish.reviewers ?? []) {
    if (reviewers.some((other) => other.type === one.type && other.id === one.id)) continue;
    if (reviewers.length === mostReviewers) left.push(one);
    else {
      reviewers.push(one);
      changes.push({ kind: 'add', what: 'reviewer', value: one.name });
    }
  }
  if (left.length > 0) conflicts.push({ kind: 'manyReviewers', left });

  const waitTimer = wish.waitTimer ?? now?.waitTimer ?? 0;
  if (waitTimer !== (now?.waitTimer ?? 0)) {
    changes.push({ kind: 'set', what: 'waitTimer', from: String(now?.waitTimer ?? 0), to: String(waitTimer) });
  }

  const missing = wish.policies.filter((policy) => !allows(now, policy));
  const blocked = now?.branches === 'protected' && missing.length > 0;
  if (blocked) conflicts.push({ kind: 'protectedOnly', missing });
  const policies = blocked ? [] : missing;
  const becomesCustom = policies.length > 0 && now?.branches !== 'custom';
  if (becomesCustom && now) changes.push({ kind: 'set', what: 'branches', from: 'any', to: 'custom' });
  for (const { name, type } of policies) changes.push({ kind: 'add', what: type, value: name });

  const putNeeded = changes.some(({ kind, what }) => kind === 'create' || what === 'reviewer' || kind === 'set');
  const put: EnvironmentPut = {
    ...(waitTimer > 0 || (now?.waitTimer ?? 0) > 0 ? { wait_timer: waitTimer } : {}),
    ...(now?.preventSelfReview ? { prevent_self_review: true } : {}),
    ...(reviewers.length > 0 ? { reviewers: reviewers.map(({ type, id }) => ({ type, id })) } : {}),
    ...branchPolicy(now, becomesCustom),
  };
  return { changes, put: putNeeded ? put : null, policies, conflicts };
}

function branchPolicy(now: EnvironmentNow | null, becomesCustom: boolean): EnvironmentPut {
  if (becomesCustom || now?.branches === 'custom') {
    return { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
  }
  if (now?.branches !== 'protected') return {};
  return { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } };
}

/** Whether what the policy names is listed. An environment that anything may deploy to does not protect. */
function allows(now: EnvironmentNow | null, { name, type }: Policy): boolean {
  return now?.branches === 'custom' && now.policies.some((one) => one.name === name && one.type === type);
}
