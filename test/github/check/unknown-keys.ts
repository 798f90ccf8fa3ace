import { isObject } from '../json.js';
import { resolved, type Description, type Schema } from './description.js';

/**
 * The keys of a value that its schemas do not name, as paths. The schemas of the description are open, so that validation alone
 * would not notice what was invented.
 */
export function unknownKeys(description: Description, schemas: readonly Schema[], value: unknown, at = ''): string[] {
  const all = schemas.flatMap((schema) => alternatives(description, schema));
  if (Array.isArray(value)) {
    const items = all.flatMap(({ items }) => items ?? []);
    if (items.length === 0) return [];
    return value.flatMap((item, index) => unknownKeys(description, items, item, `${at}/${index}`));
  }
  if (!isObject(value) || all.some(isFree)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const named = all.flatMap(({ properties }) => properties?.[key] ?? []);
    if (named.length > 0) return unknownKeys(description, named, inner, `${at}/${key}`);
    const rest = all
      .flatMap(({ additionalProperties }) => additionalProperties ?? false)
      .filter((more) => more !== false);
    if (rest.length === 0) return [`${at}/${key}`];
    const typed = rest.filter((more) => typeof more === 'object');
    return typed.length < rest.length ? [] : unknownKeys(description, typed, inner, `${at}/${key}`);
  });
}

/** The schemas that a schema consists of or chooses between. */
function alternatives(description: Description, schema: Schema): readonly Schema[] {
  let found = known.get(schema);
  if (found === undefined) known.set(schema, (found = unfolded(description, schema)));
  return found;
}

/** Lists have many items of the same schema. */
const known = new WeakMap<Schema, readonly Schema[]>();

function unfolded(description: Description, schema: Schema): readonly Schema[] {
  const { value } = resolved<Schema>(description, schema, '');
  const parts = [...(value.allOf ?? []), ...(value.anyOf ?? []), ...(value.oneOf ?? [])];
  const inner = parts.flatMap((part) => alternatives(description, part));
  return parts.length > 0 && value.properties === undefined ? inner : [value, ...inner];
}

/** An object of which nothing is said. */
function isFree(schema: Schema): boolean {
  return schema.type === 'object' && schema.properties === undefined && schema.additionalProperties === undefined;
}
