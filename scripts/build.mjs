// Bundles the product into dist/ and, with --tests, the tests into out/.
// usage: node scripts/build.mjs [--production] [--tests] [--watch]
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { context } from 'esbuild';
import { packedJson, withoutExamples } from './lint-size.mjs';
import { thirdPartyNotices } from './notices.mjs';

const production = process.argv.includes('--production');
const tests = process.argv.includes('--tests');
const watch = process.argv.includes('--watch');

/** Files that the product carries as text: the pipeline's templates. */
const text = { '.yml': 'text', '.sh': 'text', '.toml': 'text', '.md': 'text', '.txt': 'text' };

const common = {
  bundle: true,
  loader: text,
  sourcesContent: false,
  external: ['vscode'],
  logLevel: 'info',
  target: 'es2022',
};

/** What is kept out of the bundle that VS Code loads at start and required when it is needed: module to bundle, by its loader. */
const apart = {
  'load-engine.ts': { module: './engine.js', bundle: './lint.js' },
  'load-client.ts': { module: './client.js', bundle: './github.js' },
  'load-planner.ts': { module: './planner.js', bundle: './local-gates.js' },
  'load-desk.ts': { module: './desk.js', bundle: './scaffold.js' },
  'load-operate.ts': { module: './operate.js', bundle: './operate.js' },
  'load-session.ts': { module: './session.js', bundle: './history.js' },
  'load-sodium.ts': { module: './sodium.js', bundle: './sodium.js' },
};

const keptApart = {
  name: 'kept-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path, importer, kind }) => {
      const { module, bundle } = apart[basename(importer)] ?? {};
      return kind === 'dynamic-import' && path === module ? { path: bundle, external: true } : undefined;
    });
  },
};

const productBundles = [
  {
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    plugins: [keptApart],
    // So that what is apart is required and not imported, which extension hosts cannot all do.
    supported: { 'dynamic-import': false },
  },
  {
    entryPoints: { lint: 'src/editor/lint/engine.ts' },
    outdir: 'dist',
    // It needs nothing of Node, and the libraries' builds for browsers are smaller.
    platform: 'browser',
    format: 'cjs',
    plugins: [withoutExamples, packedJson],
  },
  {
    entryPoints: { history: 'src/editor/history/session.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
  },
  {
    entryPoints: { scaffold: 'src/editor/scaffold/desk.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
  },
  {
    entryPoints: { 'local-gates': 'src/editor/local-gates/planner.ts' },
    outdir: 'dist',
    platform: 'browser',
    format: 'cjs',
  },
  {
    entryPoints: { github: 'src/editor/github/client.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
  },
  {
    entryPoints: { operate: 'src/editor/operate/operate.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    plugins: [keptApart],
    supported: { 'dynamic-import': false },
  },
  {
    entryPoints: { sodium: 'src/editor/set-up/sodium.ts' },
    outdir: 'dist',
    // The build for browsers needs nothing of Node.
    platform: 'browser',
    format: 'cjs',
  },
  {
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist/web',
    platform: 'browser',
    format: 'cjs',
    plugins: [withoutExamples, packedJson],
  },
  {
    // What runs inside the webview, a page of its own.
    entryPoints: { history: 'src/webview/history/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
  },
  {
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
];

const product = productBundles.map((bundle) => ({
  ...bundle,
  sourcemap: production ? 'external' : 'linked',
  minify: production,
  metafile: true,
}));

/** Tests that run in plain Node, those that drive an editor from outside among them: ES modules that share chunks. */
const plainTests = {
  entryPoints: [
    ...['unit', 'contract', 'pipeline', 'package'].flatMap((layer) => files(join('test', layer), '.test.ts')),
    ...files('test/editor/ui', '.ui.ts'),
  ],
  external: ['vscode', 'playwright-core', '@vscode/vsce', 'esbuild'],
  sourcemap: 'linked',
  outdir: 'out/test',
  outbase: 'test',
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  format: 'esm',
  splitting: true,
  // Some dependencies are CommonJS inside and ask for require.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
};

/** Tests that run inside the extension host, each a module of its own that the entry finds at run time. */
const editorTests = {
  entryPoints: ['test/editor/index.ts', ...files('test/editor', '.test.ts')],
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  outdir: 'out/test/editor',
  outbase: 'test/editor',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'cjs',
};

function files(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

rmSync('dist', { recursive: true, force: true });
if (tests) rmSync('out/test', { recursive: true, force: true });
const builds = tests ? [...product, plainTests, editorTests] : product;
const contexts = await Promise.all(builds.map((build) => context({ ...common, ...build })));
if (watch) {
  await Promise.all(contexts.map((bundle) => bundle.watch()));
} else {
  const results = await Promise.all(contexts.map((bundle) => bundle.rebuild()));
  const outputs = results.flatMap(({ metafile }) => Object.entries(metafile?.outputs ?? {}));
  writeFileSync('dist/third-party-notices.txt', thirdPartyNotices(outputs));
  await Promise.all(contexts.map((bundle) => bundle.dispose()));
}
