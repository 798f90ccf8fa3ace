import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PipelineOptions } from '../../../src/core/pipeline/options.js';
import type { Repository } from '../runner/run.js';
import { commit, createRepository, type Files } from './repository.js';
import { temporaryFolder } from '../temporary.js';

/** Options that a test sets; the rest is what Scaffold recommends for the project. */
export type OptionChanges = Partial<Omit<PipelineOptions, 'coverage'>> & {
  coverage?: Partial<PipelineOptions['coverage']>;
};

/** The command line as it is shipped; RUST_CI_CLI names another build of it. */
const cli = resolve(process.env['RUST_CI_CLI'] ?? 'dist/cli.js');

/** Scaffolds the pipeline into a repository as a user would, and commits what was written. */
export async function scaffold(repository: Repository, options: OptionChanges = {}): Promise<void> {
  const file = join(await temporaryFolder('options'), 'options.json');
  await writeFile(file, JSON.stringify(options));
  await execa(process.execPath, [cli, 'scaffold', repository.folder, '--options', file]);
  await commit(repository);
}

/** A repository with these files and the pipeline that is scaffolded for it. */
export async function scaffolded(
  files: Files,
  options: OptionChanges = {},
  settings: Partial<Repository> = {},
): Promise<Repository> {
  const repository = await createRepository(files, settings);
  await scaffold(repository, options);
  return repository;
}
