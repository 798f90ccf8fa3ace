// Bundles the product into dist/ and, with --tests, the tests into out/.
// usage: node scripts/build.mjs [--production] [--tests] [--watch]
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const tests = process.argv.includes('--tests');
const watch = process.argv.includes('--watch');

/** Files that the product carries as text: the pipeline's templates. */
const text = { '.yml': 'text', '.sh': 'text', '.toml': 'text', '.md': 'text', '.txt': 'text' };

const common = {
  bundle: true,
  loader: text,
  sourcemap: production ? 'external' : 'linked',
  sourcesContent: false,
  minify: production,
  external: ['vscode'],
  logLevel: 'info',
  target: 'es2022',
};

const product = [
  { entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', platform: 'node', format: 'cjs' },
  { entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist/web', platform: 'browser', format: 'cjs' },
  {
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
];

/** Tests that need no editor: ES modules that share chunks, run by mocha in plain Node. */
const plainTests = {
  entryPoints: ['unit', 'contract', 'pipeline'].flatMap((layer) => testFiles(join('test', layer))),
  outdir: 'out/test',
  outbase: 'test',
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  format: 'esm',
  splitting: true,
  // Some dependencies are CommonJS inside and ask for require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

function testFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}

rmSync('dist', { recursive: true, force: true });
if (tests) rmSync('out/test', { recursive: true, force: true });
const builds = tests ? [...product, plainTests] : product;
const contexts = await Promise.all(builds.map((build) => context({ ...common, ...build })));
await Promise.all(contexts.map((bundle) => (watch ? bundle.watch() : bundle.rebuild())));
if (!watch) await Promise.all(contexts.map((bundle) => bundle.dispose()));
