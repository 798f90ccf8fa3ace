// @ts-check
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { root } from '../root.mjs';
import { generateWorkspace } from './crates.mjs';

const crates = 500;
const runs = 11;

/**
 * The plan for a large workspace, each time in a fresh process: the command line, the core alone and, as a peer that
 * reads the same manifests, cargo metadata.
 * @returns {Promise<import('./run.mjs').Row[]>}
 */
export async function measure() {
  const workspace = await generateWorkspace(crates);
  const core = join(tmpdir(), `rust-ci-bench-core-${process.pid}.mjs`);
  try {
    await buildCore(core);
    const cli = [process.env['RUST_CI_CLI'] ?? 'dist/cli.js', 'scaffold', workspace.folder, '--dry-run', '--json'];
    const metadata = ['metadata', '--no-deps', '--format-version=1', `--manifest-path=${workspace.folder}/Cargo.toml`];
    /** @type {Record<'cli' | 'core' | 'cargo' | 'node', number[]>} */
    const times = { cli: [], core: [], cargo: [], node: [] };
    // They take turns, so that whatever else the machine does hits all of them.
    for (let run = 0; run < runs; run++) {
      times.node.push((await time(process.execPath, ['-e', ''])).milliseconds);
      const planned = await time(process.execPath, cli);
      check(planned.output, (/** @type {any} */ result) => result.status === 'changed' && result.files.length > 5);
      times.cli.push(planned.milliseconds);
      const { output } = await time(process.execPath, [core, workspace.folder]);
      check(output, (/** @type {any} */ result) => result.packages === crates && result.changes > 5);
      times.core.push(JSON.parse(output).milliseconds);
      const peer = await time('cargo', metadata);
      check(peer.output, (/** @type {any} */ result) => result.packages.length === crates);
      times.cargo.push(peer.milliseconds);
    }
    return [
      row(`plan for ${crates} crates, command line`, times.cli, 500),
      row(`plan for ${crates} crates, core`, times.core),
      row(`cargo metadata --no-deps for ${crates} crates`, times.cargo),
      row('Node without a program', times.node),
    ];
  } finally {
    await workspace.remove();
    await rm(core, { force: true });
  }
}

/** Bundles a program that plans as the command line does and prints how long that took without starting Node. @param {string} outfile */
async function buildCore(outfile) {
  const contents = `
    import { choose } from './src/core/pipeline/choose.ts';
    import { detect } from './src/core/pipeline/project.ts';
    import { plan } from './src/core/scaffold/plan.ts';
    import { DiskWorkspace } from './src/cli/disk-workspace.ts';
    const start = performance.now();
    const workspace = new DiskWorkspace(process.argv[2]);
    const shape = await detect(workspace);
    const { changes } = await plan(workspace, { options: choose(shape).options, manifest: undefined });
    const milliseconds = performance.now() - start;
    console.log(JSON.stringify({ milliseconds, packages: shape.roots[0].packages.length, changes: changes.length }));`;
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    loader: { '.yml': 'text', '.sh': 'text', '.toml': 'text', '.md': 'text' },
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

/** @param {string} program @param {string[]} args */
async function time(program, args) {
  const start = performance.now();
  const { stdout } = await execa(program, args, { cwd: root, stdin: 'ignore' });
  return { milliseconds: performance.now() - start, output: stdout };
}

/** A time counts only when the work was done. @param {string} output @param {(result: unknown) => boolean} isDone */
function check(output, isDone) {
  if (!isDone(JSON.parse(output))) throw new Error(`The measured program did not do its work: ${output.slice(0, 200)}`);
}

/** @param {string} what @param {number[]} times @param {number} [aim] @returns {import('./run.mjs').Row} */
function row(what, times, aim) {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  const value = sorted[sorted.length >> 1] ?? NaN;
  const detail = `median of ${sorted.length}, ${sorted[0]} to ${sorted.at(-1)} ms`;
  return { what, value, unit: 'ms', detail, ...(aim !== undefined && { aim }) };
}
