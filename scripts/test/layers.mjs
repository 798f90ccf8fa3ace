// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { execa } from 'execa';
import { root } from '../root.mjs';
import { copySample } from '../sample.mjs';
import { cacheFolder } from '../vscode/cache.mjs';
import { editions } from '../vscode/versions.mjs';

/**
 * What a layer found. `failures` has each failure in a line; `error` says why a layer ended badly although no test of it failed.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], error?: string }} Result
 * @typedef {{ grep: string | undefined }} Selection
 */

/**
 * Every layer of tests by name. A layer is undefined when the checkout has no tests for it.
 * @type {Record<string, (selection: Selection) => Promise<Result | undefined>>}
 */
export const layers = {
  check: () => check(),
  unit: (selection) => plain('unit', 'test/unit', '.test.ts', selection, ['--timeout=60000']),
  contract: (selection) => plain('contract', 'test/contract', '.test.ts', selection, ['--timeout=60000']),
  package: (selection) => plain('package', 'test/package', '.test.ts', selection, ['--timeout=60000']),
  'editor-current': (selection) => editor('current', 'served', selection),
  'editor-oldest': (selection) => editor('oldest', 'served', selection),
  'desktop-current': (selection) => editor('current', 'desktop', selection),
  'desktop-oldest': (selection) => editor('oldest', 'desktop', selection),
  // --exit: a browser that a failed check left open must not keep the run alive.
  ui: (selection) => plain('ui', 'test/editor/ui', '.ui.ts', selection, ['--timeout=300000', '--exit']),
  pipeline: async (selection) => {
    // What cannot be installed is named there, and fails the tests that need it.
    await node(['scripts/pipeline-tools.mjs'], {});
    return plain('pipeline', 'test/pipeline', '.test.ts', selection, ['--timeout=1200000']);
  },
};

/** Types, lint rules and format: one check each. @returns {Promise<Result>} */
async function check() {
  const commands = [
    ['typescript/bin/tsc', '--noEmit'],
    ['typescript/bin/tsc', '--noEmit', '--project', 'src/webview'],
    ['eslint/bin/eslint.js', '.'],
    ['prettier/bin/prettier.cjs', '--check', '.'],
  ];
  /** @type {Result} */
  const result = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const [program, ...args] of commands) {
    const { exitCode } = await node([join(root, 'node_modules', String(program)), ...args], {});
    if (exitCode === 0) result.passed++;
    else {
      result.failed++;
      result.failures.push([program, ...args].join(' '));
    }
  }
  return result;
}

/**
 * Mocha in plain Node.
 * @param {string} name @param {string} folder @param {string} ending @param {Selection} selection @param {string[]} flags
 * @returns {Promise<Result | undefined>}
 */
async function plain(name, folder, ending, { grep }, flags) {
  const sources = filesBelow(folder, ending);
  if (sources.length === 0) return undefined;
  const bundles = sources.map((path) => join(root, 'out', path.replace(/\.ts$/, '.mjs')));
  const reporter = join(root, 'scripts/test/results-reporter.mjs');
  const selected = grep === undefined ? [] : ['--grep', grep];
  return counted(name, async (env) => {
    const mocha = ['--enable-source-maps', join(root, 'node_modules/mocha/bin/mocha.js'), '--reporter', reporter];
    const { exitCode } = await node([...mocha, ...flags, ...selected, ...bundles], env);
    return exitCode === 0 ? undefined : `mocha ended with code ${exitCode}`;
  });
}

/**
 * Mocha inside the extension host of a real VS Code.
 * @param {import('../vscode/versions.mjs').Edition} edition @param {'served' | 'desktop'} host @param {Selection} selection
 * @returns {Promise<Result>}
 */
async function editor(edition, host, { grep }) {
  const sample = await copySample();
  // Short, because VS Code puts a socket with a limited path length into it.
  const profile = await mkdtemp(join(tmpdir(), 'vsc-'));
  await mkdir(join(profile, 'User'));
  await writeFile(join(profile, 'User/settings.json'), JSON.stringify(quietDesktop));
  try {
    return await counted(`${host}-${edition}`, async (env) => {
      try {
        await runTests({
          ...(host === 'served'
            ? { vscodeExecutablePath: join(root, 'scripts/vscode/served-vscode.mjs') }
            : { version: editions[edition].desktop, cachePath: cacheFolder }),
          extensionDevelopmentPath: root,
          extensionTestsPath: join(root, 'out/test/editor/index.cjs'),
          launchArgs: [sample.folder, '--disable-extensions', `--user-data-dir=${profile}`],
          extensionTestsEnv: {
            ...env,
            SERVED_EDITION: edition,
            TEST_VSCODE: editions[edition].version,
            ...(grep === undefined ? {} : { TEST_GREP: grep }),
          },
        });
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
  } finally {
    await sample.remove();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const quietDesktop = { 'chat.disableAIFeatures': true, 'workbench.startupEditor': 'none', 'update.mode': 'none' };

/**
 * Runs something that has mocha write its counts, and reads them. No counts, or no tests at all, is a failure.
 * @param {string} name
 * @param {(env: Record<string, string>) => Promise<string | undefined>} run resolves to what went wrong
 * @returns {Promise<Result>}
 */
async function counted(name, run) {
  const folder = await mkdtemp(join(tmpdir(), 'rust-ci-results-'));
  const file = join(folder, `${name}.json`);
  try {
    const problem = await run({ TEST_RESULTS: file });
    if (!existsSync(file)) return failure(problem ?? 'the tests ended without results');
    /** @type {Result} */
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    if (counts.passed + counts.failed === 0) return failure('no test ran');
    return problem !== undefined && counts.failed === 0 ? { ...counts, failed: 1, error: problem } : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} error @returns {Result} */
function failure(error) {
  return { passed: 0, failed: 1, skipped: 0, failures: [], error };
}

/** @param {string} folder @param {string} ending */
function filesBelow(folder, ending) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  const names = readdirSync(top, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** @param {string[]} args @param {Record<string, string>} env */
function node(args, env) {
  return execa(process.execPath, args, {
    cwd: root,
    env,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
}
