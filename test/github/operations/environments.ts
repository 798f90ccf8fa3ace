import { timestamp } from '../duration.js';
import { ApiError, noContent, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { counted, paged } from '../http/paging.js';
import { nodeId } from '../addresses.js';
import { isObject, textOf, type JsonObject } from '../json.js';
import { shownDeployment, shownDeploymentStatus, shownEnvironment } from '../shapes/delivery.js';
import type { BranchPolicy, Deployment, Environment, Reviewer } from '../state/delivery.js';

export const environments: Handlers = {
  'repos/get-all-environments': (call) =>
    counted(call, 'environments', call.repository.deliveries.environments, (environment) =>
      shownEnvironment(call.repository, environment),
    ),
  'repos/get-environment': (call) => ok(shownEnvironment(call.repository, environmentOf(call))),
  'repos/create-or-update-environment': setEnvironment,
  'repos/delete-an-environment': (call) => {
    const environment = environmentOf(call);
    const all = call.repository.deliveries.environments;
    all.splice(all.indexOf(environment), 1);
    call.repository.environmentSettings.delete(environment.name);
    return noContent;
  },
  'repos/list-deployment-branch-policies': (call) =>
    counted(call, 'branch_policies', environmentOf(call).policies, shownPolicy),
  'repos/create-deployment-branch-policy': (call) => {
    const environment = environmentOf(call);
    if (environment.branchPolicy?.custom_branch_policies !== true) throw notFound();
    const name = textOf(call.body['name']) ?? '';
    if (environment.policies.some((policy) => policy.name === name)) return { status: 303 };
    const type = call.body['type'] === 'tag' ? 'tag' : 'branch';
    const policy: BranchPolicy = { id: call.world.id(), name, type };
    environment.policies.push(policy);
    return ok(shownPolicy(policy));
  },
  'repos/get-deployment-branch-policy': (call) => ok(shownPolicy(policyOf(call))),
  'repos/update-deployment-branch-policy': (call) => {
    const policy = policyOf(call);
    policy.name = textOf(call.body['name']) ?? policy.name;
    return ok(shownPolicy(policy));
  },
  'repos/delete-deployment-branch-policy': (call) => {
    const { policies } = environmentOf(call);
    policies.splice(policies.indexOf(policyOf(call)), 1);
    return noContent;
  },
  'repos/get-all-deployment-protection-rules': (call) => {
    environmentOf(call);
    return ok({ total_count: 0, custom_deployment_protection_rules: [] });
  },
};

export const deployments: Handlers = {
  'repos/list-deployments': (call) => {
    const { query, repository } = call;
    const holds = (name: string, value: string) => (query.get(name) ?? value) === value;
    const found = repository.deliveries.deployments
      .filter(
        ({ sha, ref, environment }) => holds('sha', sha) && holds('ref', ref) && holds('environment', environment),
      )
      .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
    return paged(call, found, (deployment) => shownDeployment(repository, deployment));
  },
  'repos/get-deployment': (call) => ok(shownDeployment(call.repository, deploymentOf(call))),
  'repos/list-deployment-statuses': (call) => {
    const deployment = deploymentOf(call);
    return paged(call, [...deployment.statuses].reverse(), (status) =>
      shownDeploymentStatus(call.repository, deployment, status),
    );
  },
};

function environmentOf({ repository, params }: Call): Environment {
  const environment = repository.deliveries.environment(params['environment_name'] ?? '');
  if (environment === undefined) throw notFound();
  return environment;
}

function policyOf(call: Call): BranchPolicy {
  const policy = environmentOf(call).policies.find(({ id }) => String(id) === call.params['branch_policy_id']);
  if (policy === undefined) throw notFound();
  return policy;
}

function shownPolicy({ id, name, type }: BranchPolicy): JsonObject {
  return { id, node_id: nodeId('EBP', id), name, type };
}

function deploymentOf({ repository, params }: Call): Deployment {
  const deployment = repository.deliveries.deployments.find(({ id }) => String(id) === params['deployment_id']);
  if (deployment === undefined) throw notFound();
  return deployment;
}

/** Creates an environment, or replaces what protects it: what the request does not mention is gone afterwards. */
function setEnvironment({ repository, params, body, world }: Call): Answer {
  const protects = ['wait_timer', 'prevent_self_review', 'reviewers'].some((key) => key in body);
  if (protects && !repository.protectionRules) {
    throw new ApiError(
      422,
      'Failed to create the environment protection rule. Please ensure the billing plan supports it.',
    );
  }
  const policy = isObject(body['deployment_branch_policy']) ? body['deployment_branch_policy'] : null;
  if (policy !== null && policy['protected_branches'] === policy['custom_branch_policies']) {
    throw new ApiError(422, 'protected_branches and custom_branch_policies cannot have the same value');
  }
  const name = params['environment_name'] ?? '';
  const given = Array.isArray(body['reviewers']) ? (body['reviewers'] as readonly JsonObject[]) : [];
  if (given.length > 6) throw new ApiError(422, 'An environment has at most six reviewers.');
  const reviewers = given.map(({ type, id }): Reviewer => {
    const user = [...world.users.values()].find((candidate) => candidate.id === id && candidate.type === 'User');
    const team = world.teams.find((candidate) => candidate.id === id);
    if (type === 'User' && user !== undefined) return { type, reviewer: user };
    if (type === 'Team' && team !== undefined) return { type, reviewer: team };
    throw new ApiError(422, 'Failed to find a reviewer.');
  });
  const environment = repository.deliveries.environment(name) ?? repository.deliveries.addEnvironment(name);
  environment.reviewers = reviewers;
  environment.waitTimer = typeof body['wait_timer'] === 'number' ? body['wait_timer'] : 0;
  environment.preventSelfReview = body['prevent_self_review'] === true;
  environment.branchPolicy =
    policy === null
      ? null
      : {
          protected_branches: policy['protected_branches'] === true,
          custom_branch_policies: policy['custom_branch_policies'] === true,
        };
  environment.updatedAt = world.clock.now;
  return ok({ ...shownEnvironment(repository, environment), updated_at: timestamp(environment.updatedAt) });
}
