import type { Uri } from 'vscode';
import type { LintOptions, LintResult } from '../../core/lint/lint.js';
import { loadEngine, type Engine } from './load-engine.js';
import { lintPath, Repositories, type EditorRepository } from './repositories.js';
import { readText, type Seen } from './repository-files.js';
import { fileSettings } from './settings.js';

/** A file may name others that name others; a chain longer than this is not followed. */
const maxRounds = 10;

export interface Linted {
  readonly result: LintResult;
  /** What was looked at besides the file; undefined outside a repository. */
  readonly seen: Seen | undefined;
}

/** Lints a text with all that it refers to in its repository. Undefined when told to stop. */
export async function lintText(
  engine: Engine,
  repository: EditorRepository | undefined,
  path: string,
  text: string,
  options: LintOptions,
  isStale: () => boolean = () => false,
): Promise<Linted | undefined> {
  const lint = () => engine.lint(path, text, options);
  if (repository === undefined) return { result: lint(), seen: undefined };
  await repository.files.loadList();
  let linted: Linted | undefined;
  for (let round = 0; round < maxRounds && !isStale(); round++) {
    const { value, seen } = repository.files.observe(lint);
    linted = { result: value, seen };
    if (seen.missing.size === 0) break;
    await repository.files.load(seen.missing);
  }
  return isStale() ? undefined : linted;
}

/** Lints a file as it is now, with the settings and the repository that it belongs to. Undefined where there is no such file. */
export async function lintFile(uri: Uri, open: string | undefined): Promise<LintResult | undefined> {
  const engine = await loadEngine();
  const text = open ?? (await readText(uri))?.text;
  if (text === undefined) return undefined;
  const repository = new Repositories().of(uri, engine);
  const { severity } = fileSettings(uri);
  const options = { settings: { severity }, repository: repository?.repository };
  return (await lintText(engine, repository, lintPath(repository?.files.root, uri), text, options))?.result;
}
