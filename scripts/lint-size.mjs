// @ts-check
// What keeps the linter's bundle small: editors load it while somebody waits for the first workflow to be checked.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ts from 'typescript';
import { root } from './root.mjs';

/** What only tests, SARIF and the rule reference need of a rule. */
const documentation = new Set(['bad', 'good', 'source', 'links']);

/**
 * Leaves the examples of lint rules out of a bundle.
 * @type {import('esbuild').Plugin}
 */
export const withoutExamples = {
  name: 'without-examples',
  setup(build) {
    build.onLoad({ filter: /[\\/]lint[\\/]rules[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: strip(path, await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** @param {string} path @param {string} text */
function strip(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  /** @type {ts.PropertyAssignment[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const isRule = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'rule';
    const definition = isRule ? node.arguments[0] : undefined;
    if (definition !== undefined && ts.isObjectLiteralExpression(definition))
      for (const property of definition.properties)
        if (
          ts.isPropertyAssignment(property) &&
          ts.isIdentifier(property.name) &&
          documentation.has(property.name.text)
        )
          found.push(property);
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = text;
  for (const property of found.reverse())
    result = result.slice(0, property.getStart(source)) + result.slice(property.end).replace(/^\s*,/, '');
  return result;
}

/**
 * Carries the catalogue and GitHub's schema compressed, a third of their size; they are unpacked once, in milliseconds.
 * @type {import('esbuild').Plugin}
 */
export const packedJson = {
  name: 'packed-json',
  setup(build) {
    build.onLoad({ filter: /[\\/]core[\\/]lint[\\/].*\.(?:json|txt)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const json = JSON.stringify(path.endsWith('.json') ? JSON.parse(text) : text);
      const packed = deflateRawSync(json, { level: 9 }).toString('base64');
      const unpack = JSON.stringify(join(root, 'scripts/unpack.js'));
      return {
        contents: `import { unpack } from ${unpack};\nexport default unpack("${packed}");`,
        loader: 'js',
        resolveDir: root,
      };
    });
  },
};
