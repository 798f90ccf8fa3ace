/** What is known of a value before the workflow runs. `any` is a value nothing is known of: it passes every check. */
export type Type = AnyType | NullType | BooleanType | NumberType | StringType | ObjectType | ArrayType;

export interface AnyType {
  readonly kind: 'any';
}
export interface NullType {
  readonly kind: 'null';
}
export interface BooleanType {
  readonly kind: 'boolean';
}
export interface NumberType {
  readonly kind: 'number';
}
export interface StringType {
  readonly kind: 'string';
}

export interface ObjectType {
  readonly kind: 'object';
  /** By lower-case name. */
  readonly properties: ReadonlyMap<string, Type>;
  /** Of properties that are not listed; absent where there are no others. */
  readonly rest?: Type;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly item: Type;
  /** Made by `.*`: a property of it is the list of the items' properties. */
  readonly filtered: boolean;
}

export const any: AnyType = { kind: 'any' };
export const nullType: NullType = { kind: 'null' };
export const boolean: BooleanType = { kind: 'boolean' };
export const number: NumberType = { kind: 'number' };
export const string: StringType = { kind: 'string' };

/** An object with exactly these properties. */
export function object(properties: Readonly<Record<string, Type>>): ObjectType {
  return { kind: 'object', properties: new Map(Object.entries(properties)) };
}

/** An object with any properties, all of one type. */
export function mapOf(rest: Type): ObjectType {
  return { kind: 'object', properties: new Map(), rest };
}

export const anyObject = mapOf(any);
export const stringMap = mapOf(string);

export function arrayOf(item: Type, filtered = false): ArrayType {
  return { kind: 'array', item, filtered };
}

/** The type of a property; undefined where there can be none of that name. */
export function propertyOf(type: ObjectType, name: string): Type | undefined {
  return type.properties.get(name.toLowerCase()) ?? type.rest;
}

/** What a value is that is of one type or of the other. */
export function merge(a: Type, b: Type): Type {
  if (a === b) return a;
  if (a.kind === 'any' || b.kind === 'any') return any;
  // A missing value does not make the other ones unknown.
  if (a.kind === 'null') return b.kind === 'null' ? a : any;
  if (b.kind === 'null') return any;
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b);
  if (a.kind === 'array' && b.kind === 'array') return arrayOf(merge(a.item, b.item), a.filtered && b.filtered);
  if (a.kind === b.kind) return a;
  const scalar = (type: Type) => type.kind === 'string' || type.kind === 'number' || type.kind === 'boolean';
  return scalar(a) && scalar(b) ? string : any;
}

function mergeObjects(a: ObjectType, b: ObjectType): ObjectType {
  const properties = new Map(a.properties);
  for (const [name, type] of b.properties) {
    const other = properties.get(name);
    properties.set(name, other === undefined ? type : merge(other, type));
  }
  if (a.rest === undefined && b.rest === undefined) return { kind: 'object', properties };
  return { kind: 'object', properties, rest: merge(a.rest ?? b.rest ?? any, b.rest ?? a.rest ?? any) };
}

/** The type of data, as of `fromJSON` with a literal. */
export function typeOfJson(value: unknown): Type {
  if (value === null) return nullType;
  if (typeof value === 'string') return string;
  if (typeof value === 'number') return number;
  if (typeof value === 'boolean') return boolean;
  if (Array.isArray(value)) {
    const items: Type[] = value.map(typeOfJson);
    const [first, ...rest] = items;
    return arrayOf(first === undefined ? any : rest.reduce(merge, first));
  }
  if (typeof value !== 'object') return any;
  const properties = new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), typeOfJson(item)]));
  return { kind: 'object', properties };
}

/** Whether a function that wants `wanted` can do with `given`. */
export function accepts(wanted: Type, given: Type): boolean {
  if (given.kind === 'any' || wanted.kind === 'any') return true;
  switch (wanted.kind) {
    case 'boolean':
      return true;
    case 'string':
      // Booleans and null become strings as well, but where that happens it is hardly meant.
      return given.kind === 'string' || given.kind === 'number';
    case 'array':
      return given.kind === 'array' && accepts(wanted.item, given.item);
    case 'object':
      return given.kind === 'object';
    case 'number':
    case 'null':
      return given.kind === wanted.kind;
  }
}

/** For messages: `an object`, `a list`, … */
export function described(type: Type): string {
  switch (type.kind) {
    case 'any':
      return 'a value';
    case 'null':
      return 'null';
    case 'boolean':
      return 'a boolean';
    case 'number':
      return 'a number';
    case 'string':
      return 'a string';
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
  }
}
