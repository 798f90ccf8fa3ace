import actionDefinitions from './action.txt';
import dependabotDefinitions from './dependabot.txt';
import workflowDefinitions from './workflow.txt';

/** Which contexts and functions an expression may use at a place. Interned: equal places share one object. */
export interface Availability {
  /** Lower-case names of contexts. */
  readonly contexts: ReadonlySet<string>;
  /** Lower-case names of the functions that exist only at some places, with their numbers of arguments. */
  readonly functions: ReadonlyMap<string, { readonly name: string; readonly min: number; readonly max: number }>;
}

export interface StringForm {
  /** The only text that matches. */
  readonly constant?: string;
  readonly nonEmpty: boolean;
}

export interface MapForm {
  readonly properties: ReadonlyMap<string, Definition>;
  readonly required: readonly string[];
  /** For keys that are not properties. */
  readonly loose?: { readonly key: Definition; readonly value: Definition };
}

/** One definition of GitHub's schema, with alternatives merged into what each kind of node may be. */
export interface Definition {
  readonly name: string;
  readonly context: readonly string[];
  readonly null: boolean;
  readonly boolean: boolean;
  readonly number: boolean;
  readonly strings: readonly StringForm[];
  readonly item?: Definition;
  readonly maps: readonly MapForm[];
}

/** Definitions that every schema has. */
const builtIn = `null = ~
boolean = b
number = n
string = s
sequence = [any]
mapping = {*string:any}
any = null|boolean|number|string|sequence|mapping`;

/** What GitHub accepts and the published schema does not say. */
const corrections = `repository-dispatch-mapping = {types:event-names}
cache-mode = <read write write-only none>`;

/** Keys that are newer than the published schema. */
const additions: Readonly<Record<string, string>> = {
  'workflow-root-strict': 'cache-mode:cache-mode',
  'job-factory': 'cache-mode:cache-mode',
  'workflow-job': 'cache-mode:cache-mode',
};

/** Keys that GitHub asks for after it has checked the schema. */
const alsoRequired: Readonly<Record<string, readonly string[]>> = {
  'job-factory': ['steps'],
  'workflow-defaults': ['run'],
  'job-defaults': ['run'],
  'container-mapping': ['image'],
  'service-container-mapping': ['image'],
  'container-registry-credentials': ['username', 'password'],
};

interface MutableDefinition {
  name: string;
  context: readonly string[];
  null: boolean;
  boolean: boolean;
  number: boolean;
  strings: StringForm[];
  item?: Definition;
  maps: MapForm[];
}

/**
 * A schema in the form that `scripts/lint-schema.mjs` describes. Definitions are built when they are first reached, so
 * that loading costs next to nothing.
 */
export class Grammar {
  readonly #lines = new Map<string, string>();
  readonly #built = new Map<string, Definition>();

  constructor(text: string) {
    for (const line of `${builtIn}\n${text}\n${corrections}`.split('\n')) {
      const equals = line.indexOf(' = ');
      if (equals > 0) this.#lines.set(line.slice(0, equals), line.slice(equals + 3));
    }
  }

  /** @throws for a name that the schema does not have */
  definition(name: string): Definition {
    const definition = this.find(name);
    if (definition === undefined) throw new Error(`The schema has no definition "${name}".`);
    return definition;
  }

  /** The definition of a name, or undefined where there is none. */
  find(name: string): Definition | undefined {
    const known = this.#built.get(name);
    const line = this.#lines.get(name);
    if (known !== undefined || line === undefined) return known;
    const [, context = '', body = ''] = /^(?:@(\S+) )?(.*)$/.exec(line) ?? [];
    const definition: MutableDefinition = {
      name,
      // Commas also separate the bounds of a function's arguments.
      context: context === '' ? [] : context.split(/,(?![^(]*\))/),
      null: body === '~',
      boolean: body === 'b',
      number: body === 'n',
      strings: [],
      maps: [],
    };
    // Known before it is filled: definitions refer to themselves (parallel steps).
    this.#built.set(name, definition);
    this.#fill(definition, body);
    return definition;
  }

  #fill(into: MutableDefinition, body: string): void {
    const inner = body.slice(1, -1);
    if (body.startsWith('<')) into.strings = inner.split(' ').map((constant) => ({ nonEmpty: true, constant }));
    else if (body.startsWith('[')) into.item = this.definition(inner);
    else if (body.startsWith('{')) into.maps = [this.#map(into.name, inner)];
    else if (body === 's' || body === 's+') into.strings = [{ nonEmpty: body === 's+' }];
    else if (body.length > 1) for (const name of body.split('|')) this.#merge(into, this.definition(name));
  }

  #merge(into: MutableDefinition, alternative: Definition): void {
    into.null ||= alternative.null;
    into.boolean ||= alternative.boolean;
    into.number ||= alternative.number;
    into.strings.push(...alternative.strings);
    into.maps.push(...alternative.maps);
    if (alternative.item !== undefined) into.item ??= alternative.item;
  }

  #map(owner: string, inner: string): MapForm {
    const properties = new Map<string, Definition>();
    const required: string[] = [];
    let loose: MapForm['loose'];
    for (const part of `${inner} ${additions[owner] ?? ''}`.trim().split(' ')) {
      const [key = '', type = ''] = part.split(':');
      if (key.startsWith('*')) loose = { key: this.definition(key.slice(1)), value: this.definition(type) };
      else properties.set(key.replace('!', ''), this.definition(type));
      if (key.endsWith('!')) required.push(key.slice(0, -1));
    }
    required.push(...(alsoRequired[owner] ?? []));
    return loose === undefined ? { properties, required } : { properties, required, loose };
  }
}

export const workflowGrammar = new Grammar(workflowDefinitions);
export const actionGrammar = new Grammar(actionDefinitions);
/** Written by hand: GitHub's schema of Dependabot's configuration is not published in this form. */
export const dependabotGrammar = new Grammar(dependabotDefinitions);

export const nothingAvailable: Availability = { contexts: new Set(), functions: new Map() };

const merged = new Map<Availability, Map<Definition, Availability>>();

/** What is available inside `definition` when `outer` is available around it. */
export function availabilityIn(definition: Definition, outer: Availability): Availability {
  if (definition.context.length === 0) return outer;
  let byDefinition = merged.get(outer);
  if (byDefinition === undefined) merged.set(outer, (byDefinition = new Map<Definition, Availability>()));
  let result = byDefinition.get(definition);
  if (result === undefined) byDefinition.set(definition, (result = merge(definition.context, outer)));
  return result;
}

function merge(added: readonly string[], outer: Availability): Availability {
  const contexts = new Set(outer.contexts);
  const functions = new Map(outer.functions);
  for (const item of added) {
    const call = /^(\w+)\((\d+),(\d+|MAX)\)$/.exec(item);
    if (call === null) {
      contexts.add(item.toLowerCase());
      continue;
    }
    const [, name = '', min = '0', max = '0'] = call;
    functions.set(name.toLowerCase(), { name, min: Number(min), max: max === 'MAX' ? 255 : Number(max) });
  }
  return { contexts, functions };
}
