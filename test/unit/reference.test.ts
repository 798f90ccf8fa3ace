import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { withReference } from '../../scripts/reference.mjs';

describe('README.md', () => {
  it('lists the commands and settings of package.json; `node scripts/reference.mjs` writes them', async () => {
    const readme = await readFile('README.md', 'utf8');
    assert.equal(readme, await withReference(readme));
  });
});
