// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from './install-browser.mjs';
import { installServer } from './install-server.mjs';

/** Settings that keep pictures and tests free of what is not ours. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'git.openRepositoryInParentFolders': 'never',
  'editor.fontFamily': 'DejaVu Sans Mono, monospace',
};

/** A module for the server: it ends when the program that started it has ended, however that came about. */
const endsWithParent =
  'data:text/javascript,const parent = process.ppid; setInterval(() => process.ppid === parent || process.exit(), 1000).unref();';

/**
 * Starts a VS Code server on loopback.
 * @param {object} options
 * @param {import('./versions.mjs').Edition} options.edition
 * @param {Record<string, unknown>} [options.settings] user-like settings
 * @param {boolean} [options.restricted] Restricted Mode: workspaces are not trusted
 * @param {Record<string, string>} [options.env] what the extension host's environment gets
 * @param {number} [options.port] 0: any free one
 * @param {readonly object[]} [options.extensions] the manifests of other extensions that are installed
 */
export async function startServer({ edition, settings = {}, restricted = false, env = {}, port = 0, extensions = [] }) {
  const { node, main } = await installServer(edition);
  const data = await mkdtemp(join(tmpdir(), 'served-vscode-'));
  /** @param {Record<string, unknown>} more */
  const writeSettings = async (more) => {
    await mkdir(join(data, 'data/Machine'), { recursive: true });
    const all = { ...quietSettings, ...settings, ...more };
    const file = join(data, 'data/Machine/settings.json');
    // Renamed into place, so that the server never reads half of it.
    await writeFile(`${file}.new`, JSON.stringify(all, undefined, 2));
    await rename(`${file}.new`, file);
  };
  await writeSettings({});
  for (const [index, manifest] of extensions.entries()) {
    const folder = join(data, `extensions/other.extension-${index}-1.0.0`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  }
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  flags.push('--accept-server-license-terms', '--server-data-dir', data, '--telemetry-level', 'off');
  // Without the test driver a built VS Code ignores the extension under development.
  flags.push('--enable-smoke-test-driver');
  if (!restricted) flags.push('--disable-workspace-trust');
  const temporary = join(data, 'tmp');
  mkdirSync(temporary);
  const child = spawn(node, ['--import', endsWithParent, main, ...flags], {
    // Sockets and temporary files of the server go with its folder. Elsewhere than on Linux their paths would be too long.
    env: {
      ...process.env,
      ...(process.platform === 'linux' ? { TMPDIR: temporary, XDG_RUNTIME_DIR: temporary } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that its extension hosts and watchers end with it.
    detached: process.platform !== 'win32',
  });
  const abandoned = () => {
    killGroup(child, 'SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  // Whoever ends without stopping the server leaves nothing behind.
  process.once('exit', abandoned);
  const stop = async () => {
    await stopGroup(child);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', abandoned);
  };
  try {
    const address = await listening(child);
    return {
      /** `http://127.0.0.1:PORT` */
      address,
      /** Changes user-like settings while the server runs. */
      writeSettings,
      stop,
      /** @param {Opening} opening */
      url: ({ extension, ...opening }) =>
        windowUrl(address, { ...opening, extension: extension === undefined ? undefined : linked(extension, data) }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A link to the extension's folder. VS Code 1.100 takes every theme below the folder of an extension under development for one of
 * its own, and its server, themes included, may well be installed below ours.
 * @param {string} extension @param {string} data
 */
function linked(extension, data) {
  const link = join(data, 'extension');
  if (!existsSync(link)) symlinkSync(extension, link, 'junction');
  return link;
}

/**
 * What a window opens.
 * @typedef {object} Opening
 * @property {string | undefined} [workspace] a folder or a .code-workspace file; without it the window is empty
 * @property {string | undefined} [extension] the folder of the extension under development
 * @property {string | undefined} [tests] the module whose `run` runs the tests
 */

/** @param {string} address @param {Opening} opening */
function windowUrl(address, { workspace, extension, tests }) {
  const url = new URL(address);
  if (workspace === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', pathname(workspace));
  const payload = [];
  if (extension !== undefined) payload.push(['extensionDevelopmentPath', remote(address, extension)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(address, tests)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** @param {string} address @param {string} path */
function remote(address, path) {
  return `vscode-remote://${new URL(address).host}${pathname(path)}`;
}

/** @param {string} path */
function pathname(path) {
  return decodeURIComponent(pathToFileURL(path).pathname);
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<string>} the address once the server listens
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      reject(new Error(`The VS Code server did not start within a minute.\n${output}`));
    }, 60_000);
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      if (output.length < 100_000) output += chunk.toString();
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ended with code ${code}.\n${output}`));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
async function stopGroup(child) {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    killGroup(child, 'SIGTERM');
    const forced = setTimeout(() => {
      killGroup(child, 'SIGKILL');
    }, 5000);
    await ended;
    clearTimeout(forced);
  }
  killGroup(child, 'SIGKILL');
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/** @returns {Promise<import('playwright-core').Browser>} a headless browser */
export async function startBrowser() {
  const { executablePath, env } = await findBrowser();
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-sync', ...quiet],
    // The program that starts the browser decides when it ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
