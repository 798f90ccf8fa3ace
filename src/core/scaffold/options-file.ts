import * as v from 'valibot';
import { optionsSchema, type PipelineOptions } from '../pipeline/options.js';
import { parseJson, validateJson } from './json.js';

const { coverage, ...entries } = optionsSchema.entries;
const changesSchema = v.strictObject({
  ...v.partial(v.strictObject(entries)).entries,
  coverage: v.optional(v.strictObject(v.partial(coverage).entries)),
});

/**
 * Reads options from JSON; keys that are missing stay as they are. Throws an InputError that names the place of what is
 * wrong.
 * @param file the name by which the user knows the file
 */
export function parseOptions(file: string, text: string, options: PipelineOptions): PipelineOptions {
  const changes = validateJson(
    parseJson(file, text),
    changesSchema,
    `The options are ${Object.keys(changesSchema.entries).join(', ')}.`,
  );
  const merged = { ...options, ...changes, coverage: { ...options.coverage, ...changes.coverage } };
  return v.parse(optionsSchema, merged);
}
