// @ts-check
// Serves a real VS Code with this extension, on a copy of the sample Rust project.
// usage: node scripts/start.mjs [--edition current|oldest] [--port N] [--restricted] [FOLDER]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './root.mjs';
import { copySample } from './sample.mjs';
import { startServer } from './vscode/served.mjs';
import { toEdition } from './vscode/versions.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    edition: { type: 'string' },
    port: { type: 'string', default: '0' },
    restricted: { type: 'boolean', default: false },
  },
});

const server = await startServer({
  edition: toEdition(values.edition),
  port: Number(values.port),
  restricted: values.restricted,
});
const sample = positionals[0] === undefined ? await copySample() : undefined;
const workspace = sample?.folder ?? resolve(positionals[0] ?? '.');

console.log(`\nVS Code with Rust CI Pipeline, on ${workspace}:\n\n  ${server.url({ workspace, extension: root })}\n`);
console.log('Ctrl-C stops it.');

let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await sample?.remove();
    process.exit(0);
  });
}
