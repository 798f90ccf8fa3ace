import { execa } from 'execa';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Repository } from '../runner/run.js';
import { temporaryFolder } from '../temporary.js';

/** Files of a project by their path in it; a script begins with `#!` and becomes executable. */
export type Files = Record<string, string>;

const author = ['-c', 'user.name=Maintainer', '-c', 'user.email=maintainer@example.com'];

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await execa('git', [...author, ...args], { cwd: folder });
  return stdout;
}

/** A git repository with one commit of these files. Pushes to it are taken, but for those to the branch it is on. */
export async function createRepository(files: Files, options: Partial<Repository> = {}): Promise<Repository> {
  const folder = await temporaryFolder('project');
  const repository = { folder, name: 'Example/Project', defaultBranch: 'main', private: false, ...options };
  await git(folder, 'init', '--quiet', `--initial-branch=${repository.defaultBranch}`);
  await git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  await commit(repository, files);
  return repository;
}

/** Writes the files and commits everything that lies in the repository; returns the commit. */
export async function commit(repository: Repository, files: Files = {}): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(repository.folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    if (text.startsWith('#!')) await chmod(file, 0o755);
  }
  await git(repository.folder, 'add', '--all');
  await git(repository.folder, 'commit', '--quiet', '--allow-empty', '--message', 'Work on the project');
  return git(repository.folder, 'rev-parse', 'HEAD');
}

export async function tag(repository: Repository, name: string): Promise<void> {
  await git(repository.folder, 'tag', name);
}

export async function branch(repository: Repository, name: string): Promise<void> {
  await git(repository.folder, 'branch', '--force', name);
}

/** A file as it lies on a branch of the repository. */
export async function readCommitted(repository: Repository, revision: string, file: string): Promise<string> {
  return git(repository.folder, 'show', `${revision}:${file}`);
}
