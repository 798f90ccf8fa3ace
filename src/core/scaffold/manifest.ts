import * as v from 'valibot';
import { optionsSchema } from '../pipeline/options.js';
import { InputError, positionAt } from './input-error.js';
import { parseJson, validateJson } from './json.js';
import { isNewerVersion, templateVersion } from './templates.js';
import type { Workspace } from './workspace.js';

/** Where the manifest lies in the user's repository (**contract**). */
export const manifestPath = '.github/rust-ci.json';

/** A path that cannot lead out of the repository. */
const path = v.pipe(
  v.string(),
  v.regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:\0]+$/, 'must be a relative path inside the repository'),
);

export const workflow = v.pipe(
  v.string(),
  v.regex(/^\.github\/workflows\/[\w.-]+\.ya?ml$/, 'must be the path of a workflow'),
);

/** Its shape, published as schema/rust-ci-manifest.schema.json. */
export const manifestSchema = v.object({
  schema: v.literal(1),
  /** Version of the templates that were rendered. */
  template: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'must be a version such as "1.0.0"')),
  options: optionsSchema,
  /** Of every generated file, by path, the SHA-256 of its rendered text (LF, no byte order mark), in hex. */
  files: v.record(path, v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'))),
  /** Files that lie under another name than their template, template path to path. */
  renamed: v.optional(v.record(workflow, workflow), {}),
  /** Files of the same name that were the user's own and that the user chose to keep. */
  kept: v.optional(v.array(path), []),
});

/** What was generated into a repository (**contract**: keys and values only change with a migration). */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/**
 * The manifest of a repository; undefined when there is none. Throws an InputError when it is broken or was written by
 * a newer version.
 */
export async function readManifest(workspace: Workspace): Promise<Manifest | undefined> {
  const text = await workspace.read(manifestPath);
  return text === undefined ? undefined : parseManifest(text);
}

/** The manifest in a text. Throws like `readManifest`. */
export function parseManifest(text: string): Manifest {
  const json = parseJson(manifestPath, text);
  const { schema, template } = (json.value ?? {}) as { schema?: unknown; template?: unknown };
  const newer =
    (typeof schema === 'number' && schema > 1) || (typeof template === 'string' && isNewerVersion(template));
  if (newer) {
    const key = typeof schema === 'number' && schema > 1 ? '"schema"' : '"template"';
    throw new InputError({
      file: manifestPath,
      position: positionAt(json.text, json.text.indexOf(key)),
      what: `The pipeline was written by a newer version (template ${String(template)}; this one knows ${templateVersion}).`,
      advice: 'Update Rust CI Pipeline, then try again.',
    });
  }
  return validateJson(json, manifestSchema, 'Restore the file from git, or delete it and scaffold again.');
}

/** The text of a manifest. Keys of the files are sorted, so that an update changes few lines. */
export function formatManifest({ files, renamed, kept, ...manifest }: Manifest): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const optional = {
    ...(Object.keys(renamed).length > 0 && { renamed }),
    ...(kept.length > 0 && { kept: [...kept].sort() }),
  };
  return `${JSON.stringify({ ...manifest, files: sorted, ...optional }, null, 2)}\n`;
}
