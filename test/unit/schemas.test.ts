import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';

interface Generator {
  generateSchemas: () => Promise<Map<string, string>>;
}

describe('published schemas', () => {
  it('are what `node scripts/schemas.mjs` writes', async function () {
    this.timeout(20_000);
    // By its address, because it builds with esbuild, which cannot be bundled.
    const { generateSchemas } = (await import(pathToFileURL(resolve('scripts/schemas.mjs')).href)) as Generator;
    const schemas = await generateSchemas();
    for (const [path, text] of schemas)
      assert.equal(readFileSync(path, 'utf8'), text, `${path}: run node scripts/schemas.mjs`);
    const published = [...schemas.keys()].map((path) => path.replace('schema/', ''));
    assert.deepEqual(readdirSync('schema').sort(), published.sort());
  });

  it('accept what is valid and refuse what is not', () => {
    const schema = JSON.parse(readFileSync('schema/rust-ci-report.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: false }).addFormat('date-time', true).compile(schema);
    const gate = { id: 'fmt', state: 'pass', value: null, threshold: null, unit: null, reason: null };
    const report = {
      ...{ schema: 1, workflow: 'test', repository: 'o/r', commit: 'c', ref: 'r', event: 'push' },
      ...{ run: { id: 1, number: 1, attempt: 1 }, created: '2026-08-22T10:00:00Z', gates: [gate] },
    };
    assert.equal(validate(report), true, JSON.stringify(validate.errors));
    assert.equal(validate({ ...report, gates: [{ ...gate, state: 'green' }] }), false);
    assert.equal(validate({ ...report, schema: 2 }), false);
  });
});
