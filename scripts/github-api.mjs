// @ts-check
// Writes what the stand-in for GitHub checks against: an extract of GitHub's official OpenAPI description, for github.com and for
// GitHub Enterprise Server. Upstream is the npm package @octokit/openapi, fetched once into the cache of tools.
// usage: node scripts/github-api.mjs
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { operations } from './github-operations.mjs';
import { root } from './root.mjs';
import { cached } from './vscode/cache.mjs';

/** @typedef {{ [key: string]: any }} JsonObject */

const version = '23.0.2';

/** The extracts by the name of their profile, and the file of the package that each is made from. */
export const descriptions = { 'github.com': 'api.github.com.json', 'ghes-3.19': 'ghes-3.19.json' };

/** @returns {Promise<string>} the folder with the descriptions of the package, which is all that is kept of it */
export function upstream() {
  return cached(`octokit-openapi-${version}`, async (folder) => {
    const { stdout } = await execa('npm', ['pack', '--silent', `@octokit/openapi@${version}`], { cwd: folder });
    const tarball = /** @type {string} */ (stdout.trim().split('\n').at(-1));
    const files = Object.values(descriptions).map((name) => `package/generated/${name}`);
    await execa('tar', ['-xzf', tarball, '--strip-components=2', ...files], { cwd: folder });
    await rm(join(folder, tarball));
  });
}

/**
 * The extract for a profile as it is committed: one line for each operation and component.
 * @param {keyof typeof descriptions} profile @param {string} folder of the descriptions
 */
export async function extracted(profile, folder) {
  /** @type {JsonObject} */
  const full = JSON.parse(await readFile(join(folder, descriptions[profile]), 'utf8'));
  return printed(extract(full));
}

/** @param {JsonObject} full @returns {JsonObject} */
function extract(full) {
  const wanted = new Set(operations);
  /** @type {JsonObject} */
  const paths = {};
  for (const [path, methods] of Object.entries(full['paths'])) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!wanted.has(operation.operationId)) continue;
      (paths[path] ??= {})[method] = operationOnly(operation);
    }
  }
  /** @type {JsonObject} */
  const components = { schemas: {}, parameters: {}, responses: {} };
  const pending = references(paths);
  for (const reference of pending) {
    const [, , kind = '', name = ''] = reference.split('/');
    const component = full['components'][kind][name];
    components[kind][name] =
      kind === 'schemas'
        ? schemaOnly(component)
        : kind === 'parameters'
          ? parameterOnly(component)
          : responseOnly(component);
    for (const inner of references(components[kind][name])) pending.add(inner);
  }
  for (const kind of Object.keys(components)) components[kind] = sorted(components[kind]);
  return {
    openapi: full['openapi'],
    info: { title: full['info'].title, version: full['info'].version, 'x-from': `@octokit/openapi ${version}` },
    paths: sorted(paths),
    components,
  };
}

/** @param {JsonObject} operation */
function operationOnly({ operationId, parameters, requestBody, responses }) {
  return {
    operationId,
    ...(parameters === undefined ? {} : { parameters: parameters.map(parameterOnly) }),
    ...(requestBody === undefined
      ? {}
      : { requestBody: { ...pick(requestBody, ['required']), content: contentOnly(requestBody.content) } }),
    responses: mapped(responses, responseOnly),
  };
}

/** @param {JsonObject} parameter */
function parameterOnly(parameter) {
  if ('$ref' in parameter) return parameter;
  return {
    ...pick(parameter, ['name', 'in', 'required', 'x-multi-segment']),
    ...(parameter['schema'] === undefined ? {} : { schema: schemaOnly(parameter['schema']) }),
  };
}

/** @param {JsonObject} response */
function responseOnly(response) {
  if ('$ref' in response) return response;
  // OpenAPI asks for a description.
  return {
    description: '',
    ...(response['content'] === undefined ? {} : { content: contentOnly(response['content']) }),
  };
}

/** @param {JsonObject} content by media type */
function contentOnly(content) {
  return mapped(content, ({ schema }) => (schema === undefined ? {} : { schema: schemaOnly(schema) }));
}

const prose = new Set([
  'description',
  'title',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'default',
]);
const byName = new Set(['properties', 'patternProperties', 'definitions']);

/**
 * A schema without its prose, and with `null` allowed wherever the description means it but a JSON Schema validator would not see it.
 * @param {any} schema @returns {any}
 */
function schemaOnly(schema) {
  if (Array.isArray(schema)) return schema.map(schemaOnly);
  if (typeof schema !== 'object' || schema === null) return schema;
  /** @type {JsonObject} */
  const kept = {};
  for (const [key, value] of Object.entries(schema)) {
    if (prose.has(key) || key.startsWith('x-')) continue;
    if (byName.has(key)) kept[key] = mapped(value, schemaOnly);
    else if (key === 'enum' || key === 'required' || key === 'const') kept[key] = value;
    else kept[key] = schemaOnly(value);
  }
  if (kept['nullable'] !== true) return kept;
  if (Array.isArray(kept['enum']) && !kept['enum'].includes(null)) kept['enum'] = [...kept['enum'], null];
  if (kept['type'] !== undefined) return kept;
  delete kept['nullable'];
  return { anyOf: [kept, { enum: [null] }] };
}

/** @param {JsonObject} object @param {(value: any) => any} change @returns {JsonObject} */
function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** @param {JsonObject} object @param {string[]} keys */
function pick(object, keys) {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));
}

/** @param {JsonObject} object @returns {JsonObject} */
function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {unknown} value @returns {Set<string>} what it refers to */
function references(value) {
  return new Set(Array.from(JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g), ([, reference = '']) => reference));
}

/** @param {JsonObject} description */
function printed({ openapi, info, paths, components }) {
  /** @param {JsonObject} object @param {string} indent */
  const lines = (object, indent) =>
    Object.entries(object)
      .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const kinds = Object.entries(components).map(([kind, all]) => `    "${kind}": {\n${lines(all, '      ')}\n    }`);
  return [
    '{',
    `  "openapi": ${JSON.stringify(openapi)},`,
    `  "info": ${JSON.stringify(info)},`,
    `  "paths": {\n${lines(paths, '    ')}\n  },`,
    `  "components": {\n${kinds.join(',\n')}\n  }`,
    '}\n',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const folder = await upstream();
  const target = join(root, 'test/github/description');
  await mkdir(target, { recursive: true });
  for (const profile of /** @type {(keyof typeof descriptions)[]} */ (Object.keys(descriptions))) {
    await writeFile(join(target, `${profile}.json`), await extracted(profile, folder));
  }
}
