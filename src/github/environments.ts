import * as v from 'valibot';
import type { EnvironmentNow, EnvironmentPut, Policy, Reviewer } from '../core/delivery/environment.js';
import type { RepositoryName } from './api/fields.js';
import { allPages } from './api/pages.js';
import type { GitHub } from './client.js';
import { GitHubError } from './problem.js';

const person = v.object({ id: v.number(), login: v.string() });
const team = v.object({ id: v.number(), slug: v.string() });

const ruleSchema = v.looseObject({
  type: v.string(),
  wait_timer: v.optional(v.number()),
  prevent_self_review: v.optional(v.boolean()),
  reviewers: v.optional(
    v.array(
      v.object({
        type: v.picklist(['User', 'Team']),
        reviewer: v.union([person, team]),
      }),
    ),
  ),
});

const environmentSchema = v.object({
  name: v.string(),
  protection_rules: v.optional(v.array(ruleSchema), []),
  deployment_branch_policy: v.nullish(
    v.object({ protected_branches: v.boolean(), custom_branch_policies: v.boolean() }),
    null,
  ),
});

const policiesSchema = v.pipe(
  v.object({
    branch_policies: v.array(
      v.object({ id: v.number(), name: v.string(), type: v.optional(v.picklist(['branch', 'tag']), 'branch') }),
    ),
  }),
  v.transform(({ branch_policies }): readonly Policy[] => branch_policies.map(({ name, type }) => ({ name, type }))),
);

/** What is set of an environment now; null where there is no such environment. */
export async function readEnvironment(
  github: GitHub,
  repository: RepositoryName,
  name: string,
  signal?: AbortSignal,
): Promise<EnvironmentNow | null> {
  const parameters = { ...repository, environment_name: name };
  const asking = { what: `the environment ${name}`, signal };
  try {
    const answer = await github.get(github.rest.repos.getEnvironment, parameters, environmentSchema, asking);
    const custom = answer.deployment_branch_policy?.custom_branch_policies === true;
    return {
      ...fromRules(answer.protection_rules),
      name: answer.name,
      branches: custom ? 'custom' : answer.deployment_branch_policy ? 'protected' : 'any',
      policies: custom ? await readPolicies(github, repository, name, signal) : [],
    };
  } catch (error) {
    if (error instanceof GitHubError && error.problem.kind === 'not-found') return null;
    throw error;
  }
}

type Rule = v.InferOutput<typeof ruleSchema>;

function fromRules(rules: readonly Rule[]): Pick<EnvironmentNow, 'reviewers' | 'preventSelfReview' | 'waitTimer'> {
  const required = rules.find(({ type }) => type === 'required_reviewers');
  return {
    reviewers: (required?.reviewers ?? []).map(({ type, reviewer }): Reviewer => ({
      type,
      id: reviewer.id,
      name: 'login' in reviewer ? reviewer.login : reviewer.slug,
    })),
    preventSelfReview: required?.prevent_self_review ?? false,
    waitTimer: rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0,
  };
}

function readPolicies(github: GitHub, repository: RepositoryName, name: string, signal?: AbortSignal) {
  const parameters = { ...repository, environment_name: name, per_page: 100 };
  return allPages((page) =>
    github.page(
      github.rest.repos.listDeploymentBranchPolicies,
      page === 1 ? parameters : { ...parameters, page },
      policiesSchema,
      { what: `the branches and tags of the environment ${name}`, signal },
    ),
  );
}

/** Creates an environment, or replaces what is set of it: the body must name everything that is to stay. */
export async function putEnvironment(
  github: GitHub,
  repository: RepositoryName,
  name: string,
  body: EnvironmentPut,
): Promise<void> {
  const { reviewers, ...rest } = body;
  const parameters = {
    ...repository,
    environment_name: name,
    ...rest,
    ...(reviewers && { reviewers: reviewers.map((one) => ({ ...one })) }),
  };
  const endpoint = github.rest.repos.createOrUpdateEnvironment;
  await github.change(endpoint, parameters, v.unknown(), { what: `the environment ${name}` });
}

/** Lets one more pattern of branches or tags deploy. GitHub takes one that is there already. */
export async function addPolicy(
  github: GitHub,
  repository: RepositoryName,
  environment: string,
  { name, type }: Policy,
): Promise<void> {
  const parameters = { ...repository, environment_name: environment, name, type };
  const asking = { what: `the pattern ${name} of the environment ${environment}` };
  await github.change(github.rest.repos.createDeploymentBranchPolicy, parameters, v.unknown(), asking);
}
