import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import { noContent, notFound, ok, type Call, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { RepositoryState } from '../state/repository.js';
import type { Ruleset, RulesetOptions } from '../state/rules.js';

export const rules: Handlers = {
  'repos/get-branch-rules': (call) => {
    const { repository, params } = call;
    const all = repository.rules.of(params['branch'] ?? '').flatMap((ruleset) =>
      ruleset.rules.map((rule) => ({
        ...rule,
        ruleset_source_type: 'Repository',
        ruleset_source: repository.fullName,
        ruleset_id: ruleset.id,
      })),
    );
    return paged(call, all, (rule) => rule);
  },
  'repos/get-repo-rulesets': (call) =>
    paged(call, call.repository.rules.rulesets, (ruleset) => brief(call.repository, ruleset)),
  'repos/get-repo-ruleset': (call) => ok(whole(call.repository, rulesetOf(call))),
  'repos/create-repo-ruleset': (call) => ({
    status: 201,
    body: whole(call.repository, call.repository.rules.add(optionsOf(call.body))),
  }),
  'repos/update-repo-ruleset': (call) => {
    const ruleset = rulesetOf(call);
    const given = Object.entries(optionsOf(call.body)).filter(([, value]) => value !== undefined);
    Object.assign(ruleset, Object.fromEntries(given), { updatedAt: call.world.clock.now });
    return ok(whole(call.repository, ruleset));
  },
  'repos/delete-repo-ruleset': (call) => {
    const { rulesets } = call.repository.rules;
    rulesets.splice(rulesets.indexOf(rulesetOf(call)), 1);
    return noContent;
  },
};

function rulesetOf({ repository, params }: Call): Ruleset {
  const ruleset = repository.rules.rulesets.find(({ id }) => String(id) === params['ruleset_id']);
  if (ruleset === undefined) throw notFound();
  return ruleset;
}

function optionsOf(body: JsonObject): RulesetOptions {
  const [name, target, enforcement] = ['name', 'target', 'enforcement'].map((key) => textOf(body[key]));
  return {
    ...(name === undefined ? {} : { name }),
    ...(target === undefined ? {} : { target }),
    ...(enforcement === undefined ? {} : { enforcement }),
    ...(isObject(body['conditions']) ? { conditions: body['conditions'] } : {}),
    ...(Array.isArray(body['rules']) ? { rules: objects(body['rules']) } : {}),
    ...(Array.isArray(body['bypass_actors']) ? { bypassActors: objects(body['bypass_actors']) } : {}),
  };
}

function objects(values: readonly Json[]): JsonObject[] {
  return values.filter(isObject);
}

function brief({ world, fullName }: RepositoryState, ruleset: Ruleset): JsonObject {
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: 'Repository',
    source: fullName,
    enforcement: ruleset.enforcement,
    node_id: nodeId('RRS', ruleset.id),
    _links: {
      self: { href: `${world.addresses.repository(fullName)}/rulesets/${ruleset.id}` },
      html: { href: `${world.addresses.page(fullName)}/rules/${ruleset.id}` },
    },
    created_at: timestamp(ruleset.createdAt),
    updated_at: timestamp(ruleset.updatedAt),
  };
}

function whole(repository: RepositoryState, ruleset: Ruleset): JsonObject {
  return {
    ...brief(repository, ruleset),
    bypass_actors: ruleset.bypassActors,
    current_user_can_bypass: 'never',
    conditions: ruleset.conditions,
    rules: ruleset.rules,
  };
}
