import { execa } from 'execa';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { rustupHome } from '../tools/cache.js';
import { temporaryFolder } from '../temporary.js';

/** What a script left behind. */
export interface ScriptResult {
  succeeded: boolean;
  /** Standard output and standard error. */
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

/** A git repository with these files, nothing of it committed. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder('script');
  await execa('git', ['init', '--quiet', folder]);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Runs a script of the pipeline as a workflow would, in a folder; `programs` are bash scripts that stand in for others. */
export async function runScript(
  script: string,
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
  programs: Record<string, string> = {},
): Promise<ScriptResult> {
  const temp = await temporaryFolder('runner');
  const doubles = join(temp, 'doubles');
  await mkdir(doubles);
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(doubles, name), `#!/usr/bin/env bash\n${text}\n`);
    await chmod(join(doubles, name), 0o755);
  }
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const result = await execa('bash', [resolve('workflows-template/.github/rust-ci', script), ...args], {
    cwd: folder,
    env: {
      RUSTUP_HOME: rustupHome(),
      RUNNER_TEMP: temp,
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: 'Owner/Name',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_RUN_ID: '11',
      GITHUB_RUN_NUMBER: '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_ACTOR: 'maria',
      ...files,
      ...env,
      PATH: `${doubles}:${process.env['PATH'] ?? ''}`,
    },
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  return {
    succeeded: result.exitCode === 0,
    log: result.all,
    outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** `name=value`, or several lines between `name<<END` and `END`. */
function readOutputs(text: string): Record<string, string> {
  const matches = text.matchAll(/^(?<name>[\w-]+)(?:=(?<line>.*)|<<(?<end>\w+)\n(?<lines>[\s\S]*?)\n?\k<end>)$/gm);
  return Object.fromEntries(
    [...matches].map(({ groups = {} }) => [groups['name'] ?? '', groups['line'] ?? groups['lines'] ?? '']),
  );
}
