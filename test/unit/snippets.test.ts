import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { categories } from '../../src/core/lint/finding';
import { rules } from '../../src/core/lint/rules/index';
import { actionPins, toolPins } from '../../src/core/pipeline/pins';
import { findingsOf } from './lint/linting';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = JSON.parse(readFileSync('snippets/rust-ci.code-snippets', 'utf8')) as Record<string, Snippet>;

/** A snippet as it stands when every placeholder keeps its text; `$0` is where the cursor ends. */
function filledIn({ body }: Snippet): string {
  const text = body
    .join('\n')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$0/g, '')
    .replace(/\\([$}\\])/g, '$1');
  return text.trimEnd();
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

/** A workflow with the snippet where a person would type it. */
function workflowWith({ prefix, ...snippet }: Snippet): string {
  const text = filledIn({ prefix, ...snippet });
  const head = 'name: ci\non:\n  push:\n    branches: [main]\n  pull_request:\npermissions: {}\nconcurrency:\n';
  const concurrency = '  group: ci-${{ github.ref }}\n  cancel-in-progress: true\njobs:\n';
  const test = '  test:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 10\n    steps:\n';
  const start = `${head}${concurrency}`;
  if (prefix.startsWith('rust-step-')) return `${start}${test}${indented(text, 6)}\n      - run: cargo --version\n`;
  const other = prefix === 'rust-job-test' ? '' : `${test}      - run: cargo --version\n`;
  return `${start}${other}${indented(text, 2)}\n`;
}

describe('snippets', () => {
  it('are there for jobs and steps', () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
    for (const prefix of prefixes) assert.match(prefix, /^rust-(job|step)-[a-z]+$/);
    assert.ok(prefixes.length >= 13);
  });

  for (const [title, snippet] of Object.entries(snippets)) {
    it(`"${title}", filled in, is clean`, () => {
      const text = workflowWith(snippet);
      assert.ok(!/\$\{?\d/.test(text), text);
      assert.deepEqual(
        findingsOf(text).map(({ code, message, start }) => `${code}: ${message} at ${text.slice(start, start + 40)}`),
        [],
      );
    });
  }

  it('pin what the templates pin', () => {
    const text = JSON.stringify(snippets);
    const used = [...text.matchAll(/uses: ([\w./-]+)@([0-9a-f]{40}) # (v[\d.]+)/g)];
    assert.equal(used.length, [...text.matchAll(/uses: /g)].length);
    for (const [, name = '', sha, version] of used) assert.deepEqual(actionPins[name], { version, sha });
    for (const [, tool = '', version] of text.matchAll(/((?:cargo-)[a-z-]+)@([\d.]+)/g))
      assert.equal(toolPins[tool], version);
  });
});

describe('the setting rustCi.lint.severity', () => {
  it('offers every category and rule (node scripts/lint-settings.mjs)', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { propertyNames?: { enum: string[] } }> }[] };
    };
    const groups = manifest.contributes.configuration.map(({ properties }) => properties['rustCi.lint.severity']);
    const offered = groups.find((group) => group !== undefined)?.propertyNames?.enum;
    assert.deepEqual(offered, [...categories, ...rules.map(({ code }) => code).sort()]);
  });
});
