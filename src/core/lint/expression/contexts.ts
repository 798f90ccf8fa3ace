import type { Place } from '../analysis';
import { metadataOf } from '../catalogue/catalogue';
import type { Config } from '../config/config';
import type { LintDocument } from '../document';
import type { Job, Step, Trigger, Workflow } from '../model/workflow';
import type { Uses } from '../model/uses';
import type { Repository } from '../repository';
import { scalars } from '../yaml/node';
import type { MapNode, Node } from '../yaml/node';
import { matrixType } from './matrix';
import { any, anyObject, boolean, mapOf, merge, number, object, string, stringMap } from './types';
import type { ObjectType, Type } from './types';

/** Types of contexts that are the same everywhere. */
const fixed: Readonly<Record<string, Type>> = {
  env: stringMap,
  job: object({
    check_run_id: number,
    container: object({ id: string, network: string }),
    services: mapOf(object({ id: string, network: string, ports: stringMap })),
    status: string,
    workflow_ref: string,
    workflow_sha: string,
    workflow_repository: string,
    workflow_file_path: string,
  }),
  runner: object({
    name: string,
    os: string,
    arch: string,
    temp: string,
    tool_cache: string,
    debug: string,
    environment: string,
    workspace: string,
  }),
  strategy: object({ 'fail-fast': boolean, 'job-index': number, 'job-total': number, 'max-parallel': number }),
};

const githubProperties: Readonly<Record<string, Type>> = {
  ...Object.fromEntries(
    (
      'action action_path action_ref action_repository action_status actor actor_id api_url base_ref env event_name ' +
      'event_path graphql_url head_ref job output path ref ref_name ref_type repository repository_id repository_owner ' +
      'repository_owner_id repository_visibility repositoryurl retention_days run_attempt run_id run_number ' +
      'secret_source server_url sha state step_summary token triggering_actor workflow workflow_ref workflow_sha workspace'
    )
      .split(' ')
      .map((name) => [name, string]),
  ),
  artifact_cache_size_limit: number,
  ref_protected: boolean,
};

/** The contexts that exist anywhere, for telling an unknown name from one that is not available at a place. */
export const contextNames: ReadonlySet<string> = new Set(
  'github env vars job jobs steps runner secrets strategy matrix needs inputs'.split(' '),
);

const emptyObject = object({});

/** Computes what expressions see of a document's contexts: each once, or once for a job or step. */
export class Contexts {
  readonly #document: LintDocument;
  readonly #repository: Repository | undefined;
  readonly #config: Config;
  readonly #shared = new Map<string, Type>();
  readonly #matrices = new Map<Job, Type>();
  readonly #needs = new Map<Job, Type>();
  readonly #steps = new Map<Step, { readonly id: string; readonly type: Type }>();
  readonly #visible = new Map<string, ObjectType>();

  constructor(document: LintDocument, repository: Repository | undefined, config: Config) {
    this.#document = document;
    this.#repository = repository;
    this.#config = config;
  }

  /** The type of a context, by its lower-case name, as seen from a place. */
  typeOf(name: string, place: Place): Type {
    switch (name) {
      case 'matrix':
        return place.job === undefined ? anyObject : this.#matrix(place.job);
      case 'needs':
        return place.job === undefined ? anyObject : this.#needsOf(place.job);
      case 'steps':
        return this.#stepsAt(place);
      case 'github':
      case 'inputs':
      case 'secrets':
      case 'vars':
      case 'jobs':
        return this.#once(name);
      default:
        return fixed[name] ?? any;
    }
  }

  #once(name: 'github' | 'inputs' | 'secrets' | 'vars' | 'jobs'): Type {
    let type = this.#shared.get(name);
    if (type === undefined) {
      type = this.#make(name);
      this.#shared.set(name, type);
    }
    return type;
  }

  #make(name: 'github' | 'inputs' | 'secrets' | 'vars' | 'jobs'): Type {
    switch (name) {
      case 'github':
        return object({ ...githubProperties, event: this.#event() });
      case 'inputs':
        return this.#inputs();
      case 'secrets':
        return this.#secrets();
      case 'vars':
        return this.#vars();
      case 'jobs':
        return this.#jobs();
    }
  }

  #event(): Type {
    const { workflow } = this.#document;
    const dispatch = workflow?.trigger('workflow_dispatch');
    if (dispatch === undefined) return anyObject;
    // In the payload of the event, unlike in the context, every input is a string.
    const inputs = new Map([...declaredInputs(dispatch).keys()].map((name): [string, Type] => [name, string]));
    return { kind: 'object', properties: new Map([['inputs', { kind: 'object', properties: inputs }]]), rest: any };
  }

  #inputs(): Type {
    const { workflow, action } = this.#document;
    if (action !== undefined)
      return { kind: 'object', properties: new Map([...action.inputs.keys()].map((name) => [name, string])) };
    if (workflow === undefined) return anyObject;
    const types = ['workflow_dispatch', 'workflow_call'].flatMap((event) => {
      const trigger = workflow.trigger(event);
      return trigger === undefined
        ? []
        : [{ kind: 'object', properties: declaredInputs(trigger) } satisfies ObjectType];
    });
    return types.reduce<Type>((all, type) => merge(all, type), emptyObject);
  }

  /** A reusable workflow that lists its secrets is given those only, unless its caller passes on everything. */
  #secrets(): Type {
    const config = this.#document.workflow?.trigger('workflow_call')?.config;
    const declared = config?.kind === 'map' ? config.get('secrets') : undefined;
    if (declared === undefined) return stringMap;
    const secrets = declared.kind === 'map' ? declared : { entries: [] };
    const names = [
      'github_token',
      'actions_step_debug',
      'actions_runner_debug',
      ...secrets.entries.map(({ key }) => key.text),
    ];
    return { kind: 'object', properties: new Map(names.map((name) => [name.toLowerCase(), string])) };
  }

  #vars(): Type {
    const { variables } = this.#config.actionlint;
    if (variables === undefined) return stringMap;
    return { kind: 'object', properties: new Map(variables.map((name) => [name.toLowerCase(), string])) };
  }

  #jobs(): Type {
    const { workflow } = this.#document;
    const properties = new Map<string, Type>();
    for (const job of workflow?.jobs ?? [])
      properties.set(job.id.toLowerCase(), object({ outputs: this.#outputs(job), result: string }));
    return { kind: 'object', properties };
  }

  #matrix(job: Job): Type {
    let type = this.#matrices.get(job);
    if (type === undefined) this.#matrices.set(job, (type = matrixType(job.matrix, job.node)));
    return type;
  }

  #needsOf(job: Job): Type {
    let type = this.#needs.get(job);
    if (type !== undefined) return type;
    const properties = new Map<string, Type>();
    const computed = job.needs.some((need) => need.text.includes('${{'));
    for (const need of job.needs) {
      const needed = this.#document.workflow?.jobsById.get(need.text.toLowerCase());
      if (needed === undefined) continue;
      properties.set(need.text.toLowerCase(), object({ outputs: this.#outputs(needed), result: string }));
    }
    type = computed ? anyObject : { kind: 'object', properties };
    this.#needs.set(job, type);
    return type;
  }

  #outputs(job: Job): Type {
    if (job.uses !== undefined) return this.#calledOutputs(job.uses);
    const outputs = job.node.get('outputs');
    if (outputs === undefined || (outputs.kind === 'scalar' && !outputs.text.includes('${{'))) return emptyObject;
    return outputs.kind === 'map' ? declared(outputs) : anyObject;
  }

  #calledOutputs(uses: Uses): Type {
    const called: Workflow | undefined =
      uses.kind === 'local' || uses.kind === 'self' ? this.#repository?.workflow(uses.path) : undefined;
    const config = called?.trigger('workflow_call')?.config;
    if (called?.trigger('workflow_call') === undefined) return anyObject;
    const outputs = config?.kind === 'map' ? config.get('outputs') : undefined;
    if (outputs === undefined) return emptyObject;
    return outputs.kind === 'map' ? declared(outputs) : anyObject;
  }

  /** The steps that have begun before a place: all of the job for what is evaluated at its end. */
  #stepsAt(place: Place): Type {
    const { job, step } = place;
    const all = job?.steps ?? this.#document.action?.steps;
    if (all === undefined) return anyObject;
    const count = step === undefined ? all.length : step.index;
    const key = `${job?.index ?? -1}:${count}`;
    let type = this.#visible.get(key);
    if (type !== undefined) return type;
    const properties = new Map<string, Type>();
    let computed = false;
    for (const earlier of all) {
      if (earlier.index >= count) break;
      if (earlier.id === undefined) continue;
      computed ||= earlier.id.text.includes('${{');
      properties.set(earlier.id.text.toLowerCase(), this.#stepType(earlier));
    }
    type = computed ? anyObject : { kind: 'object', properties };
    this.#visible.set(key, type);
    return type;
  }

  #stepType(step: Step): Type {
    const known = this.#steps.get(step);
    if (known !== undefined) return known.type;
    const type = object({ outputs: this.#stepOutputs(step), conclusion: string, outcome: string });
    this.#steps.set(step, { id: step.id?.text ?? '', type });
    return type;
  }

  #stepOutputs(step: Step): Type {
    const { uses } = step;
    if (uses === undefined) return stringMap;
    if (uses.kind === 'local' || uses.kind === 'self') {
      const action = this.#repository?.action(uses.path);
      if (action?.using === undefined) return stringMap;
      return { kind: 'object', properties: new Map([...action.outputs.keys()].map((name) => [name, string])) };
    }
    const metadata = metadataOf(uses);
    if (metadata === undefined || metadata.anyOutput) return stringMap;
    return { kind: 'object', properties: new Map([...metadata.outputs].map((name) => [name, string])) };
  }
}

/** Names of a mapping as properties that are strings. */
function declared(map: MapNode): ObjectType {
  const properties = new Map<string, Type>();
  for (const { key } of map.entries) {
    if (key.text.includes('${{')) return stringMap;
    properties.set(key.text.toLowerCase(), string);
  }
  return { kind: 'object', properties };
}

/** Inputs of `workflow_dispatch` or `workflow_call`, by lower-case name. */
function declaredInputs(trigger: Trigger): Map<string, Type> {
  const inputs = trigger.config?.kind === 'map' ? trigger.config.map('inputs') : undefined;
  return new Map((inputs?.entries ?? []).map(({ key, value }) => [key.text.toLowerCase(), inputType(value)]));
}

function inputType(input: Node): Type {
  const type = input.kind === 'map' ? scalars(input.get('type'))[0]?.text : undefined;
  switch (type) {
    case 'boolean':
      return boolean;
    case 'number':
      return number;
    case 'string':
    case 'choice':
    case 'environment':
    case undefined:
      return string;
    default:
      return any;
  }
}
