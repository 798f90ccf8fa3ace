// @ts-check
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from './root.mjs';

/**
 * A copy of the sample Rust project, as a git repository of its own with one commit on `main`.
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function copySample() {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'rust-ci-sample-')));
  const folder = join(parent, 'tally');
  await cp(join(root, 'test/sample'), folder, {
    recursive: true,
    filter: (path) => path !== join(root, 'test/sample/target'),
  });
  const author = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
  await execa('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  await execa('git', ['add', '--all'], { cwd: folder });
  await execa('git', [...author, 'commit', '--quiet', '--message=Count words'], { cwd: folder });
  return { folder, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
