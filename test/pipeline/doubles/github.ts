import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Repository } from '../runner/run.js';

/** A release as the double of GitHub keeps it. */
export interface Release {
  tagName: string;
  isDraft: boolean;
  isPrerelease: boolean;
  isLatest: boolean;
  assets: { name: string; size: number; digest: string }[];
}

/** The releases of a repository, and the `gh` that workflows reach them with. */
export interface Releases {
  gh: string;
  list(): Release[];
}

export async function releasesOf(repository: Repository): Promise<Releases> {
  const folder = await mkdtemp(join(tmpdir(), 'rust-ci-releases-'));
  const script = resolve('test/pipeline/doubles/gh.mjs');
  return {
    gh: `#!/bin/sh\nexec '${process.execPath}' '${script}' '${folder}' '${repository.folder}' "$@"\n`,
    list: () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Release),
  };
}
