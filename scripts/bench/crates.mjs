// @ts-check
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Writes a workspace with crates as large workspaces have them: inherited fields, path dependencies, features, modules,
 * tests, some binaries and Criterion benches.
 * @param {number} crates
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function generateWorkspace(crates) {
  const folder = await mkdtemp(join(tmpdir(), 'rust-ci-bench-'));
  /** @param {string} path @param {string} text */
  const write = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('Cargo.toml', workspaceManifest);
  for (let number = 0; number < crates; number++) {
    const crate = `crates/crate-${number}`;
    await write(`${crate}/Cargo.toml`, crateManifest(number));
    await write(`${crate}/src/lib.rs`, 'pub fn one() -> u32 {\n    1\n}\n');
    for (const module of ['parse', 'print', 'error']) await write(`${crate}/src/${module}.rs`, '');
    await write(`${crate}/tests/api.rs`, '');
    if (number % 10 === 0) await write(`${crate}/src/main.rs`, 'fn main() {}\n');
    if (number % 20 === 0) await write(`${crate}/benches/speed.rs`, 'fn main() {}\n');
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

const workspaceManifest = `[workspace]
resolver = "2"
members = ["crates/*"]

[workspace.package]
version = "1.0.0"
edition = "2021"
rust-version = "1.75"

[workspace.dependencies]
criterion = "0.8"
`;

/** @param {number} number */
function crateManifest(number) {
  const dependencies = [1, 7, 31]
    .filter((step) => number >= step)
    .map((step) => `crate-${number - step} = { path = "../crate-${number - step}" }\n`);
  const bench = '\n[dev-dependencies]\ncriterion.workspace = true\n\n[[bench]]\nname = "speed"\nharness = false\n';
  return `[package]
name = "crate-${number}"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
description = "Crate ${number}"
license = "MIT"

[features]
default = []
extra = []

[dependencies]
${dependencies.join('')}${number % 20 === 0 ? bench : ''}`;
}
