import type { Change } from './change.js';

/** What a repository lets GitHub Actions do. */
export interface ActionsPolicy {
  readonly enabled: boolean;
  /** Undefined while Actions are switched off. */
  readonly allowed: 'all' | 'local_only' | 'selected' | undefined;
  /** Whether actions must be pinned to a commit; null where this GitHub does not know that rule. */
  readonly shaPinning: boolean | null;
  /** Only where `allowed` is `selected`. */
  readonly selected: SelectedActions | null;
}

export interface SelectedActions {
  readonly github_owned_allowed?: boolean | undefined;
  readonly verified_allowed?: boolean | undefined;
  readonly patterns_allowed?: readonly string[] | undefined;
}

export interface PolicyPlan {
  readonly changes: readonly Change[];
  /** Bodies to send; null when nothing of it changes. */
  readonly policy: {
    readonly enabled: true;
    readonly allowed_actions?: string;
    readonly sha_pinning_required?: boolean;
  } | null;
  readonly selected: SelectedActions | null;
  readonly conflicts: readonly PolicyConflict[];
}

export type PolicyConflict =
  /** Only actions of the own organization are allowed: somebody must decide that others are, too. */
  { readonly kind: 'localOnly'; readonly needed: readonly string[] } | { readonly kind: 'noPinning' };

/** @param uses the actions that the pipeline uses, `owner/name` each */
export function planPolicy(now: ActionsPolicy, uses: readonly string[]): PolicyPlan {
  const changes: Change[] = [];
  const conflicts: PolicyConflict[] = [];
  if (!now.enabled) changes.push({ kind: 'set', what: 'actions', from: 'off', to: 'on' });
  if (now.shaPinning === false) changes.push({ kind: 'set', what: 'shaPinning', from: 'off', to: 'on' });
  if (now.shaPinning === null) conflicts.push({ kind: 'noPinning' });
  const policy =
    changes.length > 0
      ? {
          enabled: true as const,
          ...(now.allowed !== undefined && { allowed_actions: now.allowed }),
          ...(now.shaPinning !== null && { sha_pinning_required: true }),
        }
      : null;
  const foreign = uses.filter((action) => !/^(?:actions|github)\//.test(action));
  if (now.allowed === 'local_only') conflicts.push({ kind: 'localOnly', needed: uses });
  if (now.allowed !== 'selected' || !now.selected) return { changes, policy, selected: null, conflicts };
  const patterns = now.selected.patterns_allowed ?? [];
  const missing = foreign.filter((action) => !patterns.some((pattern) => matches(pattern, action)));
  const needsGithub = now.selected.github_owned_allowed !== true && uses.length > foreign.length;
  if (needsGithub) changes.push({ kind: 'set', what: 'githubOwned', from: 'off', to: 'on' });
  for (const action of missing) changes.push({ kind: 'add', what: 'action', value: `${action}@*` });
  const selected =
    needsGithub || missing.length > 0
      ? {
          ...now.selected,
          ...(needsGithub && { github_owned_allowed: true }),
          patterns_allowed: [...patterns, ...missing.map((action) => `${action}@*`)],
        }
      : null;
  return { changes, policy, selected, conflicts };
}

/** Whether a pattern such as `owner/*` or `owner/name@*` allows every version of an action. */
function matches(pattern: string, action: string): boolean {
  const [name = '', version = '*'] = pattern.split('@');
  const escaped = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return version === '*' && new RegExp(`^${escaped}$`, 'i').test(action);
}

/** What the tokens of workflows may do unless a workflow says it. */
export interface WorkflowPermissions {
  readonly default_workflow_permissions: 'read' | 'write';
  readonly can_approve_pull_request_reviews: boolean;
}

export interface PermissionsPlan {
  readonly changes: readonly Change[];
  readonly body: WorkflowPermissions | null;
}

export function planPermissions(now: WorkflowPermissions): PermissionsPlan {
  if (now.default_workflow_permissions === 'read') return { changes: [], body: null };
  return {
    changes: [{ kind: 'set', what: 'workflowPermissions', from: 'write', to: 'read' }],
    body: { ...now, default_workflow_permissions: 'read' },
  };
}
