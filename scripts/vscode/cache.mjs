// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '../root.mjs';

/** Where downloaded tools are kept between runs. */
export const cacheFolder = process.env['RUST_CI_CACHE'] || join(root, '.vscode-test');

/**
 * The folder `name` of the cache, installed on first use. An interrupted install leaves nothing behind that looks complete.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} install fills an empty folder; it is moved to its place afterwards
 * @returns {Promise<string>}
 */
export async function cached(name, install) {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(name);
  const unfinished = join(cacheFolder, `${name}.unfinished-${process.pid}`);
  await mkdir(unfinished);
  console.log(`Installing ${name} into ${cacheFolder}`);
  try {
    await install(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    // Another process may have finished first.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** @param {string} name */
async function removeLeftovers(name) {
  for (const entry of await readdir(cacheFolder)) {
    const owner = entry.startsWith(`${name}.unfinished-`) ? Number(entry.split('-').at(-1)) : undefined;
    if (owner !== undefined && !isRunning(owner)) await rm(join(cacheFolder, entry), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Installs packages without running their install scripts, so that nothing is compiled and nothing is downloaded elsewhere.
 * @param {string} folder gets a package.json if it has none
 * @param {string[]} packages none: what the folder's package.json asks for
 */
export async function npmInstall(folder, packages = []) {
  if (!existsSync(join(folder, 'package.json'))) await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const flags = [
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--engine-strict=false',
    '--loglevel=error',
  ];
  try {
    await execa('npm', ['install', ...flags, ...packages], { cwd: folder, stdin: 'ignore' });
  } catch (error) {
    const what = packages.length > 0 ? packages.join(' ') : folder;
    const why = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(
      `npm could not install ${what}. Check that the npm registry can be reached and run this again.\n${why}`,
    );
  }
}
