import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { listFiles, PackageManager } from '@vscode/vsce';

const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/extension.js',
  'dist/github.js',
  'dist/history.js',
  'dist/lint.js',
  'dist/local-gates.js',
  'dist/operate.js',
  'dist/scaffold.js',
  'dist/sodium.js',
  'dist/third-party-notices.txt',
  'dist/web/extension.js',
  'dist/webview/history.js',
  'media/history.css',
  'media/icon.png',
  'media/rust-ci.svg',
  'media/walkthrough/push.svg',
  'media/walkthrough/release.svg',
  'media/walkthrough/roll-back.svg',
  'media/walkthrough/scaffold.svg',
  'media/walkthrough/set-up.svg',
  'media/walkthrough/sidebar.svg',
  'package.json',
  'package.nls.json',
  'snippets/rust-ci.code-snippets',
];

/** Bytes, minified. */
const budget = {
  'dist/extension.js': 300_000,
  'dist/lint.js': 450_000,
  'dist/web/extension.js': 1_700_000,
  'dist/webview/history.js': 150_000,
};

describe('the VSIX', () => {
  it('contains what users need and nothing else', async () => {
    const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
    assert.deepEqual(files.sort(), expected);
  });

  for (const [file, limit] of Object.entries(budget)) {
    it(`keeps ${file} below ${limit} bytes`, async () => {
      const { size } = await stat(file);
      assert.ok(size < limit, `${file} has ${size} bytes, the budget is ${limit}`);
    });
  }

  it('carries the licences of the bundled libraries', async () => {
    const notices = await readFile('dist/third-party-notices.txt', 'utf8');
    assert.ok(/^valibot \d/m.test(notices), 'valibot, which every bundle contains, is in the notices');
  });

  it('contains every file that the manifest names', async () => {
    const manifest = await readFile('package.json', 'utf8');
    const named = [...manifest.matchAll(/"\.?\/?((?:dist|media|schema|snippets)\/[^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    assert.ok(named.length > 2);
    const packaged = new Set([...expected, 'dist/cli.js']);
    assert.deepEqual(
      named.filter((path) => !packaged.has(path)),
      [],
    );
  });
});
