import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files through which a step speaks to the runner. A step gets fresh ones. */
export interface CommandFiles {
  env: string;
  output: string;
  path: string;
  summary: string;
  state: string;
}

export async function createCommandFiles(folder: string, step: number): Promise<CommandFiles> {
  const file = (name: string): string => join(folder, `${step}-${name}`);
  const files = {
    env: file('env'),
    output: file('output'),
    path: file('path'),
    summary: file('summary'),
    state: file('state'),
  };
  await Promise.all(Object.values(files).map((path) => writeFile(path, '')));
  return files;
}

export function commandFileVariables(files: CommandFiles): Record<string, string> {
  return {
    GITHUB_ENV: files.env,
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_STATE: files.state,
  };
}

/** Reads `name=value` lines and `name<<END … END` blocks; throws on anything else, as GitHub does. */
export async function readPairs(file: string): Promise<Record<string, string>> {
  const pairs: Record<string, string> = {};
  const lines = (await readFile(file, 'utf8')).split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    const [, name = '', end = ''] = block ?? [];
    if (block) {
      const last = lines.indexOf(end, index + 1);
      if (last < 0) throw new Error(`Matching delimiter not found '${end}'`);
      pairs[name] = lines.slice(index + 1, last).join('\n');
      index = last;
    } else {
      const equals = line.indexOf('=');
      if (equals <= 0) throw new Error(`Invalid format '${line}'`);
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
    }
  }
  return pairs;
}

export async function readLines(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
}
