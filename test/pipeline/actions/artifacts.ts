import { cp, mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { minimatch } from 'minimatch';
import { chooseFiles, listFiles } from '../runner/hash-files.js';
import { type ActionStep, input, type StandIn } from './stand-in.js';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A path of the input from `/` on, so that the workspace and the temporary folder are alike. */
function absolutePattern(step: ActionStep, pattern: string): string {
  const bare = pattern.replace(/^!/, '').replace(/\/$/, '');
  return (pattern.startsWith('!') ? '!' : '') + resolve(step.machine.workspace, bare);
}

/** The part of a pattern before its first wildcard: where GitHub starts to search. */
function searchPath(pattern: string): string {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  return wild < 0 ? pattern : parts.slice(0, wild).join('/');
}

/** The lowest folder above all of the paths. */
function commonFolder(paths: readonly string[]): string {
  return paths.reduce((common, path) => {
    let shared = common;
    while (relative(shared, path).startsWith('..')) shared = dirname(shared);
    return shared;
  });
}

/** What is uploaded, and the folder that is cut off the names: the one that the search began in. */
function findFiles(step: ActionStep): { root: string; names: string[] } {
  const patterns = lines(input(step, 'path', '')).map((pattern) => absolutePattern(step, pattern));
  const hidden = input(step, 'include-hidden-files', 'false') === 'true';
  const all = [step.machine.workspace, step.machine.temp].flatMap((folder) =>
    listFiles(folder)
      .filter((name) => hidden || !name.split('/').some((part) => part.startsWith('.')))
      .map((name) => join(folder, name)),
  );
  const files = chooseFiles(
    all,
    patterns.flatMap((pattern) => [pattern, `${pattern}/**`]),
  );
  const searched = patterns.filter((pattern) => !pattern.startsWith('!')).map(searchPath);
  const common = commonFolder(searched);
  const root = files.length === 1 && files[0] === common ? dirname(common) : common;
  return { root, names: files.map((file) => relative(root, file)) };
}

export const uploadArtifact: StandIn = {
  inputs: [
    'name',
    'path',
    'if-no-files-found',
    'retention-days',
    'overwrite',
    'include-hidden-files',
    'compression-level',
  ],
  async perform(step) {
    const name = input(step, 'name', 'artifact');
    const { root, names } = findFiles(step);
    const whenNone = input(step, 'if-no-files-found', 'warn');
    if (names.length === 0) {
      const message = `No files were found with the provided path: ${input(step, 'path', '')}`;
      if (whenNone === 'error') throw new Error(message);
      return { log: whenNone === 'warn' ? `::warning::${message}` : message };
    }
    const { artifacts, folder } = step.run;
    if (artifacts.has(name) && input(step, 'overwrite', 'false') !== 'true') {
      throw new Error(`Conflict: an artifact with this name already exists on the workflow run: ${name}`);
    }
    const target = join(folder, 'artifacts', name);
    for (const file of names) {
      await mkdir(dirname(join(target, file)), { recursive: true });
      await cp(join(root, file), join(target, file));
    }
    artifacts.set(name, target);
    return { log: names.join('\n') };
  },
};

export const downloadArtifact: StandIn = {
  inputs: ['name', 'path', 'pattern', 'merge-multiple'],
  async perform(step) {
    const { artifacts } = step.run;
    const target = resolve(step.machine.workspace, input(step, 'path', '.'));
    await mkdir(target, { recursive: true });
    const name = input(step, 'name', '');
    if (name !== '') {
      const source = artifacts.get(name);
      if (source === undefined) throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
      await cp(source, target, { recursive: true });
      return {};
    }
    const pattern = input(step, 'pattern', '*');
    const merged = input(step, 'merge-multiple', 'false') === 'true';
    const chosen = [...artifacts].filter(([artifact]) => minimatch(artifact, pattern));
    for (const [artifact, source] of chosen) {
      await cp(source, merged ? target : join(target, artifact), { recursive: true });
    }
    return { log: chosen.map(([artifact]) => artifact).join('\n') };
  },
};
