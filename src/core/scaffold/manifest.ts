import type { PipelineOptions } from '../pipeline/options.js';

/** Where the manifest lies in the user's repository (**contract**). */
export const manifestPath = '.github/rust-ci.json';

/** What was generated into a repository (**contract**: keys and values only change with a migration). */
export interface Manifest {
  schema: 1;
  /** Version of the templates that were rendered. */
  template: string;
  options: PipelineOptions;
  /** Of every generated file, by path, the SHA-256 of its rendered text (LF, no byte order mark), in hex. */
  files: Record<string, string>;
  /** Files that lie under another name than their template, template path to path. */
  renamed: Record<string, string>;
  /** Files of the same name that were the user's own and that the user chose to keep. */
  kept: string[];
}
