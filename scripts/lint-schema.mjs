// Extracts what the linter needs of GitHub's own workflow and action schemas (npm @actions/workflow-parser) into
// src/core/lint/schema/*.json: the grammar without its descriptions. Run it after an update of that package; a unit
// test compares the committed files with the installed package.
// usage: node scripts/lint-schema.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A definition without the texts for people; a property called `description` is a key of the format and stays. */
function grammar(definition) {
  const kept = Object.fromEntries(Object.entries(definition).filter(([key]) => key !== 'description'));
  const properties = kept.mapping?.properties;
  if (properties === undefined) return kept;
  const slim = Object.entries(properties).map(([key, property]) => [
    key,
    typeof property === 'string' || property.required !== true
      ? (property.type ?? property)
      : { type: property.type, required: true },
  ]);
  return { ...kept, mapping: { ...kept.mapping, properties: Object.fromEntries(slim) } };
}

/**
 * @param {'workflow' | 'action'} name
 * @returns {string} the text of src/core/lint/schema/NAME.json
 */
export function extractSchema(name) {
  const file = fileURLToPath(import.meta.resolve('@actions/workflow-parser')).replace(
    /index\.js$/,
    `${name}-v1.0.min.json`,
  );
  const { definitions } = JSON.parse(readFileSync(file, 'utf8'));
  const rows = Object.entries(definitions).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(grammar(value))}`,
  );
  return `{\n${rows.join(',\n')}\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const name of ['workflow', 'action']) writeFileSync(`src/core/lint/schema/${name}.json`, extractSchema(name));
