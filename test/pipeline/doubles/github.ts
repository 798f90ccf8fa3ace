import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Repository } from '../runner/run.js';
import { temporaryFolder } from '../temporary.js';

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
  /** Puts releases there that were made before. */
  add(...releases: (Partial<Release> & Pick<Release, 'tagName'>)[]): Promise<void>;
}

export async function releasesOf(repository: Repository): Promise<Releases> {
  const folder = await temporaryFolder('releases');
  const script = resolve('test/pipeline/doubles/gh.mjs');
  return {
    gh: `#!/bin/sh\nexec '${process.execPath}' '${script}' '${folder}' '${repository.folder}' "$@"\n`,
    async add(...releases) {
      const usual = { isDraft: false, isPrerelease: false, isLatest: false, url: 'https://github.com/', assets: [] };
      for (const release of releases) {
        await writeFile(join(folder, `${release.tagName}.json`), JSON.stringify({ ...usual, ...release }));
      }
    },
    list: () =>
      readdirSync(folder)
        .sort()
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Release),
  };
}
