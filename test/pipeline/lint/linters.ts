import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toolFile } from '../tools/cache.js';

/** Runs a linter in a folder; returns what it reports, nothing where it is content. */
async function lint(folder: string, tool: string, args: readonly string[]): Promise<string> {
  const { all, exitCode } = await execa(toolFile(tool), args, { cwd: folder, all: true, reject: false });
  return exitCode === 0 ? '' : `${tool} says of ${folder}:\n${all}\n`;
}

/** The scripts that workflows call, which actionlint does not look into. */
async function scriptsOf(folder: string): Promise<string[]> {
  const scripts = join('.github', 'rust-ci');
  if (!existsSync(join(folder, scripts))) return [];
  return (await readdir(join(folder, scripts)))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => join(scripts, name));
}

/**
 * What actionlint (with shellcheck on every `run:`), shellcheck and zizmor report of a repository's workflows. zizmor
 * looks with the eyes of an auditor, its strictest persona: what it would let pass is explained in the workflow itself.
 *
 * @param parts what zizmor looks at below the folder
 */
export async function lintRepository(folder: string, parts: readonly string[] = ['.']): Promise<string> {
  const scripts = await scriptsOf(folder);
  const reports = [
    await lint(folder, 'actionlint', ['-no-color', '-shellcheck', toolFile('shellcheck')]),
    scripts.length === 0
      ? ''
      : await lint(folder, 'shellcheck', ['--external-sources', '--source-path=SCRIPTDIR', ...scripts]),
    await lint(folder, 'zizmor', ['--offline', '--no-progress', '--color=never', '--persona=auditor', ...parts]),
  ];
  return reports.join('');
}
