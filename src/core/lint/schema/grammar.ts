import actionDefinitions from './action.json';
import workflowDefinitions from './workflow.json';

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

interface RawMapping {
  readonly properties?: Readonly<Record<string, string | { readonly type: string; readonly required?: boolean }>>;
  readonly 'loose-key-type'?: string;
  readonly 'loose-value-type'?: string;
}

interface RawDefinition {
  readonly context?: readonly string[];
  readonly null?: object;
  readonly boolean?: object;
  readonly number?: object;
  readonly string?: { readonly constant?: string; readonly 'require-non-empty'?: boolean };
  readonly sequence?: { readonly 'item-type': string };
  readonly mapping?: RawMapping;
  readonly 'one-of'?: readonly string[];
  readonly 'allowed-values'?: readonly string[];
}

type RawDefinitions = Readonly<Record<string, RawDefinition>>;

const builtIn: RawDefinitions = {
  null: { null: {} },
  boolean: { boolean: {} },
  number: { number: {} },
  string: { string: {} },
  sequence: { sequence: { 'item-type': 'any' } },
  mapping: { mapping: { 'loose-key-type': 'string', 'loose-value-type': 'any' } },
  any: { 'one-of': ['null', 'boolean', 'number', 'string', 'sequence', 'mapping'] },
};

/** What GitHub accepts and the published schema does not say. */
const corrections: RawDefinitions = {
  // The published constant is a copy of another event's.
  'repository-dispatch-string': { string: { constant: 'repository_dispatch' } },
  // `types` may be a single name, as with every other event.
  'repository-dispatch-mapping': { mapping: { properties: { types: 'event-names' } } },
  'cache-mode': { 'allowed-values': ['read', 'write', 'write-only', 'none'] },
};

/** Keys that are newer than the published schema. */
const additions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'workflow-root-strict': { 'cache-mode': 'cache-mode' },
  'job-factory': { 'cache-mode': 'cache-mode' },
  'workflow-job': { 'cache-mode': 'cache-mode' },
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

/** Definitions are built when they are first reached, so that loading costs nothing. */
export class Grammar {
  readonly #raw: RawDefinitions;
  readonly #built = new Map<string, Definition>();

  constructor(raw: RawDefinitions) {
    this.#raw = raw;
  }

  definition(name: string): Definition {
    const known = this.#built.get(name);
    if (known !== undefined) return known;
    const raw = this.#lookup(name);
    const definition: MutableDefinition = {
      name,
      context: raw.context ?? [],
      null: false,
      boolean: false,
      number: false,
      strings: [],
      maps: [],
    };
    // Known before it is filled: definitions refer to themselves (parallel steps).
    this.#built.set(name, definition);
    this.#fill(definition, raw);
    return definition;
  }

  /** The definition of a name, or undefined where there is none. */
  find(name: string): Definition | undefined {
    return corrections[name] === undefined && this.#raw[name] === undefined && builtIn[name] === undefined
      ? undefined
      : this.definition(name);
  }

  #lookup(name: string): RawDefinition {
    const raw = corrections[name] ?? this.#raw[name] ?? builtIn[name];
    if (raw === undefined) throw new Error(`The schema has no definition "${name}".`);
    return raw;
  }

  #fill(into: MutableDefinition, raw: RawDefinition): void {
    if (raw.null !== undefined) into.null = true;
    if (raw.boolean !== undefined) into.boolean = true;
    if (raw.number !== undefined) into.number = true;
    if (raw.string !== undefined) {
      const nonEmpty = raw.string['require-non-empty'] === true;
      into.strings.push(raw.string.constant === undefined ? { nonEmpty } : { nonEmpty, constant: raw.string.constant });
    }
    for (const constant of raw['allowed-values'] ?? []) into.strings.push({ nonEmpty: true, constant });
    if (raw.sequence !== undefined) into.item ??= this.definition(raw.sequence['item-type']);
    if (raw.mapping !== undefined) into.maps.push(this.#map(into.name, raw.mapping));
    for (const name of raw['one-of'] ?? []) {
      const alternative = this.definition(name);
      into.null ||= alternative.null;
      into.boolean ||= alternative.boolean;
      into.number ||= alternative.number;
      into.strings.push(...alternative.strings);
      if (alternative.item !== undefined) into.item ??= alternative.item;
      into.maps.push(...alternative.maps);
    }
  }

  #map(owner: string, raw: RawMapping): MapForm {
    const properties = new Map<string, Definition>();
    const required: string[] = [];
    for (const [key, property] of Object.entries({ ...raw.properties, ...additions[owner] })) {
      const { type, required: needed } = typeof property === 'string' ? { type: property, required: false } : property;
      properties.set(key, this.definition(type));
      if (needed === true) required.push(key);
    }
    required.push(...(alsoRequired[owner] ?? []));
    const looseKey = raw['loose-key-type'];
    const looseValue = raw['loose-value-type'];
    if (looseKey === undefined || looseValue === undefined) return { properties, required };
    return { properties, required, loose: { key: this.definition(looseKey), value: this.definition(looseValue) } };
  }
}

export const workflowGrammar = new Grammar(workflowDefinitions);
export const actionGrammar = new Grammar(actionDefinitions);

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
