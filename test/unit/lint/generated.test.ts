import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compileCatalogue } from '../../../scripts/lint-catalogue.mjs';
import { ruleReference } from '../../../scripts/lint-reference.mjs';
import { extractSchema } from '../../../scripts/lint-schema.mjs';
import { knownActions, metadataOf, newestOf } from '../../../src/core/lint/catalogue/catalogue';
import { rules } from '../../../src/core/lint/rules/index';
import { readUses } from '../../../src/core/lint/model/uses';
import { ScalarNode } from '../../../src/core/lint/yaml/node';

describe('generated files of the linter', () => {
  it('hold the grammar of the installed @actions/workflow-parser', () => {
    for (const name of ['workflow', 'action'] as const)
      assert.equal(
        readFileSync(`src/core/lint/schema/${name}.txt`, 'utf8'),
        extractSchema(name),
        'run scripts/lint-schema.mjs',
      );
  });

  it('hold the catalogue of data/actions.json', () => {
    const committed = readFileSync('src/core/lint/catalogue/actions.json', 'utf8');
    assert.equal(committed, compileCatalogue(), 'run scripts/lint-catalogue.mjs');
  });
});

describe('the catalogue of actions', () => {
  const uses = (text: string) => readUses(new ScalarNode(0, text.length, text, text, 'plain'), text);
  const commented = (action: string, comment: string) =>
    readUses(new ScalarNode(0, action.length, action, action, 'plain'), `${action} ${comment}\n`);

  it('finds an action by tag, version, SHA and version comment', () => {
    const sha = newestOf(uses('actions/checkout@v4'))?.sha ?? '';
    assert.match(sha, /^[0-9a-f]{40}$/);
    assert.equal(metadataOf(uses('actions/checkout@v4'))?.ref, 'v4');
    assert.equal(metadataOf(uses('Actions/Checkout@v4.2.1'))?.ref, 'v4');
    assert.equal(metadataOf(uses(`actions/checkout@${sha}`))?.sha, sha);
    assert.equal(metadataOf(commented(`actions/checkout@${'0'.repeat(40)}`, '# v5.0.0'))?.ref, 'v5');
    assert.equal(metadataOf(commented(`actions/checkout@${'0'.repeat(40)}`, '# pin@v5'))?.ref, undefined);
    assert.equal(metadataOf(uses(`actions/checkout@${'0'.repeat(40)}`)), undefined);
    assert.equal(metadataOf(uses('actions/checkout@v99')), undefined);
    assert.equal(metadataOf(uses('some/action@v1')), undefined);
    assert.equal(metadataOf(uses('dtolnay/rust-toolchain@1.88.0'))?.ref, 'stable');
  });

  it('knows inputs and outputs', () => {
    const cache = metadataOf(uses('actions/cache@v4'));
    assert.ok(cache !== undefined);
    assert.equal(cache.inputs.get('path')?.required, true);
    assert.equal(cache.inputs.get('key')?.required, true);
    assert.ok(cache.outputs.has('cache-hit'));
    assert.equal(metadataOf(uses('actions/cache/restore@v4'))?.inputs.has('fail-on-cache-miss'), true);
    assert.equal(metadataOf(uses('dorny/paths-filter@v3'))?.anyOutput, true);
  });

  it('can be read as a whole', () => {
    assert.ok(knownActions().length > 100);
    for (const name of knownActions()) {
      const newest = newestOf(uses(`${name}@main`));
      if (newest === undefined) continue;
      assert.match(newest.sha ?? '', /^[0-9a-f]{40}$/, name);
      for (const input of newest.inputs.values()) assert.match(input.name, /^[\w.-]+$/, name);
    }
  });
});

describe('docs/lint-rules.md', () => {
  it('is what the rules say', () => {
    const committed = readFileSync('docs/lint-rules.md', 'utf8');
    assert.equal(committed, ruleReference(rules), 'run scripts/lint-docs.mjs');
  });
});
