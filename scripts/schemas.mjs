// Writes schema/*.schema.json from the valibot schemas of everything that leaves this project.
// Run it after a change of one of them; a unit test compares.
// usage: node scripts/schemas.mjs
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { build } from 'esbuild';
import { format } from 'prettier';

/** Name of the published schema, module and export. */
const schemas = [
  ['rust-ci-report', 'src/core/gates/report.ts', 'reportSchema'],
  ['rust-ci-manifest', 'src/core/scaffold/manifest.ts', 'manifestSchema'],
  ['rust-ci-options', 'src/core/pipeline/options.ts', 'optionsSchema'],
  ['benchmark-history', 'src/core/history/line.ts', 'historyLineSchema'],
  ['benchmark-verdicts', 'src/core/history/verdict.ts', 'verdictsSchema'],
  ['rust-ci-baselines', 'src/core/history/baselines.ts', 'baselinesSchema'],
];

/** The modules are TypeScript: they are bundled in memory, all at once. */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents: schemas.map(([, module, name]) => `export { ${name} } from './${module}';`).join('\n'),
      resolveDir: resolve('.'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    loader: { '.yml': 'text', '.sh': 'text', '.toml': 'text', '.md': 'text' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/**
 * @returns {Promise<Map<string, string>>} the text of every published schema, by the path of its file
 */
export async function generateSchemas() {
  const modules = await load();
  const texts = schemas.map(async ([name, , key]) => {
    const path = `schema/${name}.schema.json`;
    // What is checked beyond JSON Schema (a parsed regular expression, say) is left to the program.
    const schema = toJsonSchema(modules[key], { typeMode: 'input', errorMode: 'ignore', target: 'draft-07' });
    return [path, await format(JSON.stringify(schema), { filepath: path, printWidth: 120 })];
  });
  return new Map(await Promise.all(texts));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const [path, text] of await generateSchemas()) writeFileSync(path, text);
