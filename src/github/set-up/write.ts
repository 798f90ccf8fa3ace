import * as v from 'valibot';
import type { PermissionsPlan, PolicyPlan } from '../../core/delivery/actions-policy.js';
import type { ChecksPlan } from '../../core/delivery/checks.js';
import type { EnvironmentPlan } from '../../core/delivery/environment.js';
import type { RepositoryName } from '../api/fields.js';
import type { GitHub } from '../client.js';
import { addPolicy, putEnvironment } from '../environments.js';

const done = v.unknown();

/*
 * Each of these sends what a plan of core/delivery says, in an order in which a stop in the middle leaves less open than before,
 * and never more. None repeats anything; whoever calls reads again afterwards.
 */

export async function writeEnvironment(
  github: GitHub,
  named: RepositoryName,
  name: string,
  { put, policies }: EnvironmentPlan,
): Promise<void> {
  // Nothing can deploy between this and the first pattern: that is the safe side.
  if (put) await putEnvironment(github, named, name, put);
  for (const policy of policies) await addPolicy(github, named, name, policy);
}

export async function writeChecks(github: GitHub, named: RepositoryName, { write }: ChecksPlan): Promise<void> {
  if (!write) return;
  const { repos } = github.rest;
  const asking = { what: 'the ruleset' };
  // The shapes of rules are GitHub's own, as they were read.
  const body = write.body as unknown as { name: string; enforcement: 'active'; target: 'branch' };
  if (write.id === null) await github.change(repos.createRepoRuleset, { ...named, ...body }, done, asking);
  else await github.change(repos.updateRepoRuleset, { ...named, ruleset_id: write.id, ...body }, done, asking);
}

export async function writePermissions(
  github: GitHub,
  named: RepositoryName,
  { body }: PermissionsPlan,
): Promise<void> {
  if (!body) return;
  const endpoint = github.rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository;
  await github.change(endpoint, { ...named, ...body }, done, { what: 'the permissions of workflows' });
}

export async function writePolicy(
  github: GitHub,
  named: RepositoryName,
  { policy, selected }: PolicyPlan,
): Promise<void> {
  const { actions } = github.rest;
  const asking = { what: 'which actions are allowed' };
  // First what lets the pipeline's actions in, so that a stricter policy never stops it.
  if (selected) {
    const { patterns_allowed, ...rest } = selected;
    const body = { ...rest, ...(patterns_allowed && { patterns_allowed: [...patterns_allowed] }) };
    await github.change(actions.setAllowedActionsRepository, { ...named, ...withoutUndefined(body) }, done, asking);
  }
  if (policy) {
    const body = policy as { enabled: boolean };
    await github.change(actions.setGithubActionsPermissionsRepository, { ...named, ...body }, done, asking);
  }
}

export async function switchDependabotOn(
  github: GitHub,
  named: RepositoryName,
  now: { readonly alerts: boolean; readonly fixes: boolean },
): Promise<void> {
  const { repos } = github.rest;
  if (!now.alerts)
    await github.change(repos.enableVulnerabilityAlerts, { ...named }, done, { what: 'Dependabot alerts' });
  if (!now.fixes)
    await github.change(repos.enableAutomatedSecurityFixes, { ...named }, done, { what: 'Dependabot fixes' });
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
