import type { PipelineOptions } from '../pipeline/options.js';
import { planPermissions, planPolicy } from './actions-policy.js';
import type { ActionsPolicy, PolicyConflict, WorkflowPermissions } from './actions-policy.js';
import type { Change } from './change.js';
import { planChecks } from './checks.js';
import type { ChecksNow } from './checks.js';
import { planEnvironment } from './environment.js';
import type { EnvironmentConflict, EnvironmentNow, EnvironmentWish, Policy } from './environment.js';
import type { PlanLimits } from './limits.js';

/** Something that was read, or why it could not be: an error of src/github. */
export type Known<T> = { readonly value: T } | { readonly problem: unknown };

export interface Package {
  readonly visibility: string | null;
  /** Linked to this repository: then its workflows may push. */
  readonly linked: boolean;
  readonly url: string;
}

/** Everything that a delivery needs, as it is set on GitHub now. */
export interface DeliveryNow {
  readonly limits: PlanLimits;
  readonly private: boolean;
  readonly environments: ReadonlyMap<string, Known<EnvironmentNow | null>>;
  /** Names of the secrets that all jobs of the repository can read. */
  readonly secrets: Known<readonly string[]>;
  /** By environment. */
  readonly environmentSecrets: ReadonlyMap<string, Known<readonly string[]>>;
  readonly checks: Known<ChecksNow>;
  readonly permissions: Known<WorkflowPermissions>;
  readonly policy: Known<ActionsPolicy>;
  readonly dependabot: Known<{ readonly file: boolean; readonly alerts: boolean; readonly fixes: boolean }>;
  /** Null: no image was pushed yet. */
  readonly package: Known<Package | null>;
}

/** What the pipeline of a repository needs of GitHub. */
export interface DeliveryWish {
  readonly environments: readonly EnvironmentWish[];
  readonly secrets: readonly string[];
  /** What workflows read besides: tokens of private registries, and secrets of the user's own workflows. */
  readonly otherSecrets: readonly string[];
  readonly checks: readonly string[];
  readonly appId: number | null;
  /** Actions that the workflows use, `owner/name`. */
  readonly uses: readonly string[];
  readonly container: boolean;
}

/**
 * What a pipeline with these options needs.
 * @param read the secrets that the workflows of the repository read
 */
export function wishOf(
  options: PipelineOptions,
  uses: readonly string[],
  appId: number | null,
  read: readonly string[] = [],
): DeliveryWish {
  const has = (id: PipelineOptions['workflows'][number]) => options.workflows.includes(id);
  const staging: Policy = { name: 'release-*', type: 'branch' };
  const tags: Policy = { name: 'v*', type: 'tag' };
  // rollback.yml is started on the default branch.
  const main: Policy = { name: options.defaultBranch, type: 'branch' };
  const production = [...(has('release') ? [tags] : []), ...(has('rollback') ? [main] : [])];
  const delivers = has('release') || has('container') || has('rollback');
  const secrets = [
    ...(has('test') && options.coverage.codecov ? ['CODECOV_TOKEN'] : []),
    ...(delivers && options.slack ? ['SLACK_WEBHOOK_URL'] : []),
  ];
  return {
    environments: [
      ...(has('release') ? [{ name: 'staging', policies: [staging] }] : []),
      ...(production.length > 0 ? [{ name: 'production', policies: production }] : []),
    ],
    secrets,
    otherSecrets: read.filter((name) => !secrets.includes(name)),
    checks: [...(has('test') ? ['test-gate'] : []), ...(has('security') ? ['security-gate'] : [])],
    appId,
    uses,
    container: has('container'),
  };
}

/** Only `done` is good. `optional`: it may be left as it is. `impossible`: nothing here can change it. */
export type ItemState = 'done' | 'todo' | 'attention' | 'optional' | 'impossible' | 'unknown';

export type Why =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | { readonly kind: 'noReviewers' }
  | { readonly kind: 'environmentConflict'; readonly conflict: EnvironmentConflict }
  | { readonly kind: 'policyConflict'; readonly conflict: PolicyConflict }
  | { readonly kind: 'planLacks'; readonly what: 'environments' | 'reviewers' | 'rulesets' }
  | { readonly kind: 'planUnknown' }
  | { readonly kind: 'noSecret' }
  | { readonly kind: 'noOtherSecret' }
  | { readonly kind: 'secretElsewhere'; readonly environments: readonly string[] }
  | { readonly kind: 'noDependabotFile' }
  | { readonly kind: 'noImageYet' }
  | { readonly kind: 'notLinked' }
  | { readonly kind: 'privateImage' }
  | { readonly kind: 'problem'; readonly problem: unknown };

/** One line of the checklist. */
export interface Item {
  readonly id: string;
  readonly kind: 'plan' | 'environment' | 'secret' | 'checks' | 'permissions' | 'policy' | 'dependabot' | 'package';
  /** What it is about: the name of an environment or a secret; else empty. */
  readonly name: string;
  readonly state: ItemState;
  readonly why: readonly Why[];
}

/** The checklist: what is set, what is not, and what cannot be. */
export function itemsOf(now: DeliveryNow, wish: DeliveryWish): Item[] {
  return [
    planItem(now.limits),
    ...wish.environments.map((one) => environmentItem(now, one)),
    checksItem(now, wish),
    permissionsItem(now),
    policyItem(now, wish),
    ...wish.secrets.map((name) => secretItem(now, name)),
    ...wish.otherSecrets.map((name) => otherSecretItem(now, name)),
    dependabotItem(now),
    ...(wish.container ? [packageItem(now)] : []),
  ];
}

type Kind = Item['kind'];

function item(kind: Kind, name: string, state: ItemState, why: readonly Why[] = []): Item {
  return { id: name === '' ? kind : `${kind}:${name}`, kind, name, state, why };
}

const unknown = (kind: Kind, name: string, problem: unknown): Item =>
  item(kind, name, 'unknown', [{ kind: 'problem', problem }]);

function planItem(limits: PlanLimits): Item {
  const lacking = (['environments', 'reviewers', 'rulesets'] as const).filter((what) => limits[what] === false);
  if (lacking.length > 0) {
    return item(
      'plan',
      '',
      'attention',
      lacking.map((what) => ({ kind: 'planLacks', what })),
    );
  }
  const known = Object.values(limits).every((has) => has !== null);
  return known ? item('plan', '', 'done') : item('plan', '', 'optional', [{ kind: 'planUnknown' }]);
}

function environmentItem({ environments, limits }: DeliveryNow, wish: EnvironmentWish): Item {
  const known = environments.get(wish.name) ?? { value: null };
  if ('problem' in known) return unknown('environment', wish.name, known.problem);
  if (limits.environments === false) {
    return item('environment', wish.name, 'impossible', [{ kind: 'planLacks', what: 'environments' }]);
  }
  const { changes, conflicts } = planEnvironment(known.value, wish);
  const why: Why[] = [
    ...(changes.length > 0 ? [{ kind: 'changes', changes } as const] : []),
    ...conflicts.map((conflict) => ({ kind: 'environmentConflict', conflict }) as const),
  ];
  // Staging is for trying things out; production should have somebody who looks.
  const unguarded = wish.name === 'production' && (known.value?.reviewers ?? []).length === 0;
  if (unguarded) {
    why.push(limits.reviewers === false ? { kind: 'planLacks', what: 'reviewers' } : { kind: 'noReviewers' });
  }
  if (changes.length > 0 || (unguarded && limits.reviewers !== false))
    return item('environment', wish.name, 'todo', why);
  return item('environment', wish.name, conflicts.length > 0 || unguarded ? 'attention' : 'done', why);
}

function checksItem({ checks, limits }: DeliveryNow, wish: DeliveryWish): Item {
  if ('problem' in checks) {
    return limits.rulesets === false
      ? item('checks', '', 'impossible', [{ kind: 'planLacks', what: 'rulesets' }])
      : unknown('checks', '', checks.problem);
  }
  const { changes } = planChecks(checks.value, wish);
  if (changes.length === 0) return item('checks', '', 'done');
  if (limits.rulesets === false) return item('checks', '', 'impossible', [{ kind: 'planLacks', what: 'rulesets' }]);
  return item('checks', '', 'todo', [{ kind: 'changes', changes }]);
}

function permissionsItem({ permissions }: DeliveryNow): Item {
  if ('problem' in permissions) return unknown('permissions', '', permissions.problem);
  const { changes } = planPermissions(permissions.value);
  return changes.length === 0
    ? item('permissions', '', 'done')
    : item('permissions', '', 'todo', [{ kind: 'changes', changes }]);
}

function policyItem({ policy }: DeliveryNow, { uses }: DeliveryWish): Item {
  if ('problem' in policy) return unknown('policy', '', policy.problem);
  const { changes, conflicts } = planPolicy(policy.value, uses);
  const why: Why[] = [
    ...(changes.length > 0 ? [{ kind: 'changes', changes } as const] : []),
    ...conflicts.map((conflict) => ({ kind: 'policyConflict', conflict }) as const),
  ];
  if (changes.length > 0) return item('policy', '', 'todo', why);
  if (conflicts.length === 0) return item('policy', '', 'done');
  return item('policy', '', conflicts.some(({ kind }) => kind === 'localOnly') ? 'attention' : 'impossible', why);
}

function secretItem({ secrets, environmentSecrets }: DeliveryNow, name: string): Item {
  if ('problem' in secrets) return unknown('secret', name, secrets.problem);
  if (secrets.value.includes(name)) return item('secret', name, 'done');
  const elsewhere = environmentsWith(environmentSecrets, name);
  // The jobs that need it run outside environments.
  if (elsewhere.length > 0) {
    return item('secret', name, 'attention', [{ kind: 'secretElsewhere', environments: elsewhere }]);
  }
  return item('secret', name, 'optional', [{ kind: 'noSecret' }]);
}

/** Which jobs read it is not known here, so that it is somewhere is enough. */
function otherSecretItem({ secrets, environmentSecrets }: DeliveryNow, name: string): Item {
  if ('problem' in secrets) return unknown('secret', name, secrets.problem);
  const isSet = secrets.value.includes(name) || environmentsWith(environmentSecrets, name).length > 0;
  return isSet ? item('secret', name, 'done') : item('secret', name, 'optional', [{ kind: 'noOtherSecret' }]);
}

function environmentsWith(secrets: DeliveryNow['environmentSecrets'], name: string): string[] {
  return [...secrets].flatMap(([environment, known]) =>
    'value' in known && known.value.includes(name) ? [environment] : [],
  );
}

function dependabotItem({ dependabot }: DeliveryNow): Item {
  if ('problem' in dependabot) return unknown('dependabot', '', dependabot.problem);
  const { file, alerts, fixes } = dependabot.value;
  const changes: Change[] = [
    ...(alerts ? [] : [{ kind: 'set', what: 'alerts', from: 'off', to: 'on' } as const]),
    ...(fixes ? [] : [{ kind: 'set', what: 'fixes', from: 'off', to: 'on' } as const]),
  ];
  const why: Why[] = [
    ...(file ? [] : [{ kind: 'noDependabotFile' } as const]),
    ...(changes.length > 0 ? [{ kind: 'changes', changes } as const] : []),
  ];
  return item('dependabot', '', changes.length > 0 ? 'todo' : file ? 'done' : 'attention', why);
}

function packageItem(now: DeliveryNow): Item {
  const known = now.package;
  if ('problem' in known) return unknown('package', '', known.problem);
  if (!known.value) return item('package', '', 'optional', [{ kind: 'noImageYet' }]);
  const { linked, visibility } = known.value;
  if (!linked) return item('package', '', 'attention', [{ kind: 'notLinked' }]);
  // An image of a public repository that nobody can pull is mostly an oversight.
  return visibility === 'private' && !now.private
    ? item('package', '', 'attention', [{ kind: 'privateImage' }])
    : item('package', '', 'done');
}
