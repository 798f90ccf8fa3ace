#!/usr/bin/env node
// @ts-check
// Stands in for the VS Code executable: takes the arguments that @vscode/test-electron passes, runs the tests in a served
// VS Code with a headless browser, and ends with the tests' exit code.
// Environment: SERVED_EDITION=current|oldest, SERVED_TIMEOUT=seconds (1500).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { startBrowser, startServer } from './served.mjs';
import { toEdition } from './versions.mjs';

const { values, positionals } = parseArgs({
  // Flags for a desktop VS Code are accepted and ignored.
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'restricted-mode': { type: 'boolean' },
  },
});

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : undefined);
const extension = text(values.extensionDevelopmentPath);
const tests = text(values.extensionTestsPath);
const userSettings = join(text(values['user-data-dir']) ?? '', 'User/settings.json');
const seconds = Number(process.env['SERVED_TIMEOUT'] ?? 1500);

/** The workbench logs to where the tests print. This is what every start says. */
const workbenchChatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[(reconnection-grace-time|AgentHost|AccountPolicyGate|Service Worker)|Updating additional builtin|Creation of workbench contribution|ChatSessionStore|getaddrinfo \w+ open-vsx)/;

/** @type {(() => Promise<void>)[]} */
const ending = [];
/** @param {number} code */
async function end(code) {
  for (const stop of ending.splice(0).reverse()) await stop();
  process.exit(code);
}

process.on('SIGINT', () => end(130));
process.on('SIGTERM', () => end(143));
setTimeout(() => {
  console.error(`The tests did not end within ${seconds} seconds. They were stopped.`);
  void end(1);
}, seconds * 1000).unref();

try {
  const server = await startServer({
    edition: toEdition(process.env['SERVED_EDITION']),
    settings: existsSync(userSettings) ? JSON.parse(readFileSync(userSettings, 'utf8')) : {},
    restricted: values['restricted-mode'] === true,
  });
  ending.push(server.stop);
  const browser = await startBrowser();
  ending.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('crash', () => {
    console.error('The browser page crashed.');
    void end(1);
  });
  // Both are called by VS Code: the console of the extension host, and the end of the tests.
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    const line = format(...args);
    if (workbenchChatter.test(line)) return;
    const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
    stream.write(`${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => void end(code));
  await page.goto(server.url({ workspace: positionals[0], extension, tests }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}
