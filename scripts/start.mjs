// @ts-check
// Serves a real VS Code with this extension, on a copy of the sample Rust project and a stand-in for GitHub that has it too.
// usage: node scripts/start.mjs [--edition current|oldest] [--port N] [--restricted] [--github on|off|ghes] [FOLDER]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from './demo.mjs';
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
    github: { type: 'string', default: 'on' },
  },
});
if (!['on', 'off', 'ghes'].includes(values.github)) {
  console.error(`--github is on, off or ghes (an Enterprise Server), not "${values.github}".`);
  process.exit(2);
}

// A folder of one's own has its own GitHub.
const wanted = positionals[0] === undefined ? values.github : 'off';
const demo = wanted === 'off' ? undefined : await startDemo(wanted === 'ghes' ? 'ghes-3.19' : 'github.com');
const sample = positionals[0] === undefined && demo === undefined ? await copySample() : undefined;
const workspace = demo?.folder ?? sample?.folder ?? resolve(positionals[0] ?? '.');
const server = await startServer({
  edition: toEdition(values.edition),
  port: Number(values.port),
  restricted: values.restricted,
  ...(demo === undefined ? {} : { settings: demo.settings }),
}).catch(async (error) => {
  await demo?.stop();
  await sample?.remove();
  throw error;
});

console.log(`\nVS Code with Rust CI Pipeline, on ${workspace}:\n\n  ${server.url({ workspace, extension: root })}\n`);
if (demo !== undefined) {
  const token = demo.github.token({ scopes: ['repo', 'workflow', 'read:packages', 'read:org'] });
  console.log(
    `It has a stand-in for GitHub at ${demo.github.url}. Sign in with "Rust CI: Use a Personal Access Token…"`,
  );
  console.log(`and this token: ${token}\n`);
}
console.log('Ctrl-C stops it.');

let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await demo?.stop();
    await sample?.remove();
    process.exit(0);
  });
}
