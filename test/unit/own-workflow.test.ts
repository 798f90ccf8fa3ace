import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lint } from '../../src/core/lint/lint.js';

const folder = '.github/workflows';

describe("this project's own workflows", () => {
  it('are clean under its own linter', async () => {
    const names = await readdir(folder);
    assert.ok(names.includes('ci.yml'));
    for (const name of names) {
      const { findings, crashes } = lint(`${folder}/${name}`, await readFile(join(folder, name), 'utf8'));
      assert.deepEqual([findings, crashes], [[], []]);
    }
  });
});
