import * as v from 'valibot';
import type { ActionsPolicy, WorkflowPermissions } from '../../core/delivery/actions-policy.js';
import { checksOf, rulesetName, type ChecksNow, type Ruleset } from '../../core/delivery/checks.js';
import type { DeliveryNow, DeliveryWish, Known, Package } from '../../core/delivery/items.js';
import { limitsOf } from '../../core/delivery/limits.js';
import type { RepositoryName } from '../api/fields.js';
import { allPages } from '../api/pages.js';
import type { RepositoryFacts } from '../api/repository.js';
import type { GitHub } from '../client.js';
import { readFile } from '../contents.js';
import { readEnvironment } from '../environments.js';
import { getImagePackage } from '../images.js';
import { GitHubError } from '../problem.js';

/** Reads everything that a delivery needs. What cannot be read says why; nothing rejects but an abort. */
export async function readDelivery(
  github: GitHub,
  repository: RepositoryFacts,
  wish: DeliveryWish,
  signal?: AbortSignal,
): Promise<DeliveryNow> {
  const named = { owner: repository.owner, repo: repository.name };
  const known = <T>(reading: Promise<T>): Promise<Known<T>> =>
    reading.then(
      (value) => ({ value }),
      (problem: unknown) => {
        if (signal?.aborted) throw problem;
        return { problem };
      },
    );
  const byEnvironment = async <T>(read: (name: string) => Promise<T>): Promise<Map<string, Known<T>>> =>
    new Map(await Promise.all(wish.environments.map(async ({ name }) => [name, await known(read(name))] as const)));
  const [plan, environments, environmentSecrets, secrets, checks, permissions, policy, dependabot, image] =
    await Promise.all([
      known(readPlan(github, repository, signal)),
      byEnvironment((name) => readEnvironment(github, named, name, signal)),
      byEnvironment((name) => environmentSecretNames(github, named, name, signal)),
      known(secretNames(github, repository, signal)),
      known(readChecks(github, named, repository.defaultBranch, signal)),
      known(readPermissions(github, named, signal)),
      known(readPolicy(github, named, signal)),
      known(readDependabot(github, named, signal)),
      known(readPackage(github, repository, signal)),
    ]);
  const limits = limitsOf({
    private: repository.private,
    ownedByOrganization: repository.ownedByOrganization,
    plan: 'value' in plan ? plan.value : null,
    enterprise: github.enterprise,
  });
  return {
    limits,
    private: repository.private,
    environments,
    environmentSecrets,
    secrets,
    checks,
    permissions,
    policy,
    dependabot,
    package: image,
  };
}

const missingAs = async <T>(reading: Promise<T>, value: T): Promise<T> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GitHubError && error.problem.kind === 'not-found') return value;
    throw error;
  }
};

const userSchema = v.object({
  login: v.string(),
  plan: v.fallback(v.nullish(v.object({ name: v.string() }), null), null),
});

/** The plan of the owner, if that is who is signed in and GitHub tells. */
async function readPlan(github: GitHub, repository: RepositoryFacts, signal?: AbortSignal): Promise<string | null> {
  if (!repository.private || repository.ownedByOrganization) return null;
  const me = await github.get(github.rest.users.getAuthenticated, {}, userSchema, { what: 'the account', signal });
  return me.login.toLowerCase() === repository.owner.toLowerCase() ? (me.plan?.name ?? null) : null;
}

const secretsSchema = v.pipe(
  v.object({ secrets: v.array(v.object({ name: v.string() })) }),
  v.transform(({ secrets }): readonly string[] => secrets.map(({ name }) => name)),
);

/** The names of the secrets of the repository, and of those that its organization gives to it. Their values nobody is told. */
async function secretNames(
  github: GitHub,
  { owner, name, ownedByOrganization }: RepositoryFacts,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const parameters = { owner, repo: name, per_page: 100 };
  const asking = { what: 'the names of the secrets', signal };
  const { listRepoSecrets, listRepoOrganizationSecrets } = github.rest.actions;
  const lists = [listRepoSecrets, ...(ownedByOrganization ? [listRepoOrganizationSecrets] : [])].map((endpoint) =>
    allPages((page) => github.page(endpoint, page === 1 ? parameters : { ...parameters, page }, secretsSchema, asking)),
  );
  return (await Promise.all(lists)).flat();
}

function environmentSecretNames(github: GitHub, named: RepositoryName, environment: string, signal?: AbortSignal) {
  const parameters = { ...named, environment_name: environment, per_page: 100 };
  const what = `the names of the secrets of ${environment}`;
  const names = allPages((page) =>
    github.page(
      github.rest.actions.listEnvironmentSecrets,
      page === 1 ? parameters : { ...parameters, page },
      secretsSchema,
      { what, signal },
    ),
  );
  return missingAs<readonly string[]>(names, []);
}

const ruleSchema = v.looseObject({
  type: v.string(),
  parameters: v.optional(v.record(v.string(), v.unknown())),
});
const briefSchema = v.array(v.object({ id: v.number(), name: v.string(), source_type: v.optional(v.string()) }));
const rulesetSchema = v.object({
  id: v.number(),
  name: v.string(),
  target: v.optional(v.string(), 'branch'),
  enforcement: v.string(),
  conditions: v.unknown(),
  rules: v.optional(v.array(ruleSchema), []),
  bypass_actors: v.optional(v.array(v.unknown())),
});
const protectionSchema = v.object({
  required_status_checks: v.optional(v.object({ contexts: v.optional(v.array(v.string()), []) })),
});

/** What the default branch asks for, by rulesets of the repository and its organization or by classic protection; and our ruleset. */
export async function readChecks(
  github: GitHub,
  named: RepositoryName,
  branch: string,
  signal?: AbortSignal,
): Promise<ChecksNow> {
  const { repos } = github.rest;
  const rules = await github.get(repos.getBranchRules, { ...named, branch, per_page: 100 }, v.array(ruleSchema), {
    what: `the rules of ${branch}`,
    signal,
  });
  const protection = await missingAs(
    github.get(repos.getBranchProtection, { ...named, branch }, v.nullable(protectionSchema), {
      what: `the protection of ${branch}`,
      signal,
    }),
    null,
  );
  const listed = await github.get(
    repos.getRepoRulesets,
    { ...named, includes_parents: false, per_page: 100 },
    briefSchema,
    { what: 'the rulesets', signal },
  );
  const ours = listed.find(({ name }) => name === rulesetName);
  const ruleset: Ruleset | null = ours
    ? await github.get(repos.getRepoRuleset, { ...named, ruleset_id: ours.id }, rulesetSchema, {
        what: `the ruleset ${rulesetName}`,
        signal,
      })
    : null;
  const required = [
    ...rules.flatMap((rule) => checksOf(rule)).map(({ context }) => context),
    ...(protection?.required_status_checks?.contexts ?? []),
  ];
  return { required: [...new Set(required)], ours: ruleset };
}

const permissionsSchema = v.object({
  default_workflow_permissions: v.picklist(['read', 'write']),
  can_approve_pull_request_reviews: v.boolean(),
});

export function readPermissions(
  github: GitHub,
  named: RepositoryName,
  signal?: AbortSignal,
): Promise<WorkflowPermissions> {
  const endpoint = github.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository;
  return github.get(endpoint, { ...named }, permissionsSchema, { what: 'the permissions of workflows', signal });
}

const policySchema = v.object({
  enabled: v.boolean(),
  allowed_actions: v.optional(v.picklist(['all', 'local_only', 'selected'])),
  sha_pinning_required: v.optional(v.boolean()),
});
const selectedSchema = v.object({
  github_owned_allowed: v.optional(v.boolean()),
  verified_allowed: v.optional(v.boolean()),
  patterns_allowed: v.optional(v.array(v.string())),
});

export async function readPolicy(github: GitHub, named: RepositoryName, signal?: AbortSignal): Promise<ActionsPolicy> {
  const { actions } = github.rest;
  const what = 'which actions are allowed';
  const answer = await github.get(actions.getGithubActionsPermissionsRepository, { ...named }, policySchema, {
    what,
    signal,
  });
  const selected =
    answer.allowed_actions === 'selected'
      ? await github.get(actions.getAllowedActionsRepository, { ...named }, selectedSchema, { what, signal })
      : null;
  return {
    enabled: answer.enabled,
    allowed: answer.allowed_actions,
    shaPinning: answer.sha_pinning_required ?? null,
    selected,
  };
}

const fixesSchema = v.object({ enabled: v.boolean() });

export interface DependabotNow {
  /** There is a dependabot.yml on the default branch. */
  readonly file: boolean;
  readonly alerts: boolean;
  readonly fixes: boolean;
}

export async function readDependabot(
  github: GitHub,
  named: RepositoryName,
  signal?: AbortSignal,
): Promise<DependabotNow> {
  const { repos } = github.rest;
  const isOn = missingAs(
    github
      .get(repos.checkVulnerabilityAlerts, { ...named }, v.unknown(), { what: 'whether Dependabot warns', signal })
      .then(() => true),
    false,
  );
  const fixes = missingAs(
    github
      .get(repos.checkAutomatedSecurityFixes, { ...named }, fixesSchema, {
        what: 'whether Dependabot repairs',
        signal,
      })
      .then(({ enabled }) => enabled),
    false,
  );
  const files = ['.github/dependabot.yml', '.github/dependabot.yaml'].map((path) =>
    readFile(github, named, path, undefined, signal),
  );
  const [alerts, repairs, ...texts] = await Promise.all([isOn, fixes, ...files]);
  return { file: texts.some((text) => text !== null), alerts, fixes: repairs };
}

async function readPackage(github: GitHub, repository: RepositoryFacts, signal?: AbortSignal): Promise<Package | null> {
  const found = await missingAs(getImagePackage(github, repository, signal), null);
  if (!found) return null;
  const fullName = `${repository.owner}/${repository.name}`.toLowerCase();
  return { visibility: found.visibility, linked: found.repository?.toLowerCase() === fullName, url: found.url };
}
