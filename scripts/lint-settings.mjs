// Writes the codes and categories of the linter into package.json, where settings.json gets its completion from.
// Run it after adding a rule; a unit test compares.
// usage: node scripts/lint-settings.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

async function loadCodes() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { rules } from './src/core/lint/rules/index'; export { categories } from './src/core/lint/finding';`,
      resolveDir: resolve('.'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  const { rules, categories } = await import(url);
  return [...categories, ...rules.map(({ code }) => code).sort()];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const group = manifest.contributes.configuration.find(({ properties }) => 'rustCi.lint.severity' in properties);
group.properties['rustCi.lint.severity'].propertyNames = { enum: await loadCodes() };
writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
