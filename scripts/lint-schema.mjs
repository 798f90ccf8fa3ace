// @ts-check
// Extracts what the linter needs of GitHub's own workflow and action schemas (npm @actions/workflow-parser) into
// src/core/lint/schema/*.txt: the grammar, one definition a line, without descriptions. Run it after an update of that
// package; a unit test compares the committed files with the installed package.
// usage: node scripts/lint-schema.mjs
//
// A line is `NAME = BODY`, with `@context,function(0,1) ` before the body where the definition adds what expressions may
// use. Bodies: `~` null, `b` boolean, `n` number, `s` string, `s+` non-empty string, `<a b>` one of these texts, `[NAME]` a
// list, `{key:NAME key!:NAME *NAME:NAME}` a mapping (`!` required, `*` the types of other keys and their values), and
// `NAME|NAME` alternatives.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const roots = { workflow: 'workflow-root-strict', action: 'action-root-strict' };

/**
 * @typedef {{
 *   context?: string[], null?: object, boolean?: object, number?: object,
 *   string?: { constant?: string, 'require-non-empty'?: boolean }, sequence?: { 'item-type': string },
 *   mapping?: { properties?: Record<string, string | { type: string, required?: boolean }>, 'loose-key-type'?: string, 'loose-value-type'?: string },
 *   'one-of'?: string[], 'allowed-values'?: string[],
 * }} Definition
 */

/**
 * @param {keyof typeof roots} name
 * @returns {string} the text of src/core/lint/schema/NAME.txt
 */
export function extractSchema(name) {
  const index = fileURLToPath(import.meta.resolve('@actions/workflow-parser'));
  /** @type {Record<string, Definition>} */
  const definitions = JSON.parse(
    readFileSync(index.replace(/index\.js$/, `${name}-v1.0.min.json`), 'utf8'),
  ).definitions;
  // The list of events by name has one of them twice and lacks another; as keys they are complete.
  const events = definitions['on-mapping-strict']?.mapping?.properties;
  if (events) definitions['on-string-strict'] = { 'allowed-values': Object.keys(events) };
  const lines = new Map();
  const pending = [roots[name]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const definition = definitions[next];
    if (definition === undefined || lines.has(next)) continue;
    const { body, uses } = bodyOf(definition, definitions);
    lines.set(next, `${next} = ${definition.context ? `@${definition.context.join(',')} ` : ''}${body}`);
    pending.push(...uses);
  }
  const order = Object.keys(definitions).filter((each) => lines.has(each));
  return `${order.map((each) => lines.get(each)).join('\n')}\n`;
}

/** @param {Definition} definition @param {Record<string, Definition>} all @returns {{ body: string, uses: string[] }} */
function bodyOf(definition, all) {
  if (definition.null) return { body: '~', uses: [] };
  if (definition.boolean) return { body: 'b', uses: [] };
  if (definition.number) return { body: 'n', uses: [] };
  if (definition['allowed-values']) return { body: `<${definition['allowed-values'].join(' ')}>`, uses: [] };
  if (definition.sequence) {
    const item = definition.sequence['item-type'];
    return { body: `[${item}]`, uses: [item] };
  }
  if (definition.mapping) return mappingOf(definition.mapping);
  const alternatives = definition['one-of'];
  if (alternatives) {
    // Events that need no configuration are written as dozens of definitions of one text each.
    const texts = alternatives.map((each) => all[each]?.string?.constant);
    if (texts.every((text) => text !== undefined)) return { body: `<${texts.join(' ')}>`, uses: [] };
    return { body: alternatives.join('|'), uses: alternatives };
  }
  const { constant, 'require-non-empty': nonEmpty } = definition.string ?? {};
  return { body: constant === undefined ? (nonEmpty ? 's+' : 's') : `<${constant}>`, uses: [] };
}

/** @param {NonNullable<Definition['mapping']>} mapping */
function mappingOf(mapping) {
  const uses = [];
  const parts = [];
  for (const [key, property] of Object.entries(mapping.properties ?? {})) {
    const { type, required } = typeof property === 'string' ? { type: property } : property;
    uses.push(type);
    parts.push(`${key}${required ? '!' : ''}:${type}`);
  }
  const { 'loose-key-type': key, 'loose-value-type': value } = mapping;
  if (key !== undefined && value !== undefined) {
    uses.push(key, value);
    parts.push(`*${key}:${value}`);
  }
  return { body: `{${parts.join(' ')}}`, uses };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const name of /** @type {const} */ (['workflow', 'action']))
    writeFileSync(`src/core/lint/schema/${name}.txt`, extractSchema(name));
