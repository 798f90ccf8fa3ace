import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Extraction {
  readonly descriptions: Readonly<Record<string, string>>;
  readonly upstream: () => Promise<string>;
  readonly extracted: (profile: string, folder: string) => Promise<string>;
}

describe('the extract of GitHub’s description', function () {
  // The first time it fetches a package of 29 MB.
  this.timeout(300_000);

  it('is what the script makes of the published one', async () => {
    // Not bundled, because it looks for the project from where it is.
    const script = pathToFileURL(join(process.cwd(), 'scripts/github-api.mjs')).href;
    const { descriptions, upstream, extracted } = (await import(script)) as Extraction;
    const folder = await upstream();
    for (const profile of Object.keys(descriptions)) {
      const committed = await readFile(join('test/github/description', `${profile}.json`), 'utf8');
      const again = await extracted(profile, folder);
      assert.ok(committed === again, `${profile}.json differs. Run: node scripts/github-api.mjs`);
    }
  });
});
