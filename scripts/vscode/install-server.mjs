// @ts-check
import { copyFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, npmInstall } from './cache.mjs';
import { editions, serverNode } from './versions.mjs';

/**
 * A VS Code server from the package registry: the package `code-server` carries the upstream one.
 * @param {import('./versions.mjs').Edition} edition
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with and its main script
 */
export async function installServer(edition) {
  const { served, ripgrep, node } = editions[edition];
  const folder = await cached(`code-server-${served}`, async (target) => {
    const packages = ripgrep === undefined ? [] : [`${ripgrepPackage}@${ripgrep}`];
    await npmInstall(target, [`code-server@${served}`, ...packages]);
    const vscode = join(target, server);
    await npmInstall(vscode);
    await npmInstall(join(vscode, 'extensions'));
    if (ripgrep !== undefined) await placeRipgrep(target);
    await replaceNatives(vscode, edition);
  });
  return { node: await installNode(node), main: join(folder, server, 'out/server-main.js') };
}

const server = 'node_modules/code-server/lib/vscode';
const ripgrepPackage = `@vscode/ripgrep-${process.platform}-${process.arch}`;

/** @param {string} target */
async function placeRipgrep(target) {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const bin = join(target, server, 'node_modules/@vscode/ripgrep/bin');
  await mkdir(bin, { recursive: true });
  await copyFile(join(target, 'node_modules', ripgrepPackage, 'bin', name), join(bin, name));
  await chmod(join(bin, name), 0o755);
}

/**
 * Two native modules would have to be compiled. The server needs little of them: a log file, and an extension host that ends
 * with its server.
 * @param {string} vscode
 * @param {import('./versions.mjs').Edition} edition
 */
async function replaceNatives(vscode, edition) {
  const watchdog = edition === 'oldest' ? 'native-watchdog' : '@vscode/native-watchdog';
  await writeFile(join(vscode, 'node_modules', watchdog, 'index.js'), watchdogSource);
  await writeFile(join(vscode, 'node_modules/@vscode/spdlog/index.js'), logSource);
}

const watchdogSource = `'use strict';
exports.start = (pid) => {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000);
  timer.unref();
};
exports.exit = (code) => process.exit(code ?? 0);
`;

const logSource = `'use strict';
const { appendFileSync, mkdirSync } = require('fs');
const { dirname } = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(type, name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    mkdirSync(dirname(file), { recursive: true });
    names.forEach((label, level) => {
      this[label === 'warning' ? 'warn' : label] = (message) => this.write(label, level, message);
    });
  }
  write(label, level, message) {
    if (level < this.level) return;
    const line = this.plain ? message : new Date().toISOString() + ' [' + label + '] ' + message + '\\n';
    try {
      appendFileSync(this.file, line);
    } catch {}
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}
const create = async (name, file) => new Logger('', name, file);
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** @param {number} major @returns {Promise<string>} the path of a Node of at least this major version */
async function installNode(major) {
  if (Number(process.versions.node.split('.')[0]) >= major) return process.execPath;
  if (process.platform === 'darwin') {
    throw new Error(
      `This VS Code server needs Node ${major}, and this is Node ${process.version}. Run it with Node ${major}.`,
    );
  }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = await cached(`node-${serverNode}`, (target) => npmInstall(target, [`${name}@${serverNode}`]));
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
