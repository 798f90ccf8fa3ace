import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rustupHome } from '../tools/cache.js';
import { sharedCargoHome } from '../runner/machine.js';
import { commit, createRepository } from './repository.js';
import type { Repository } from '../runner/run.js';

/** What cargo adds to a crate when it packs or unpacks it; the rest is as in the project's own repository. */
const addedByCargo = ['.cargo-ok', '.cargo_vcs_info.json', 'Cargo.toml.orig', 'Cargo.lock'];

/** The source of a crate as it was published, fetched by cargo, in a repository of its own. */
export async function publishedCrate(name: string, version: string): Promise<Repository> {
  const repository = await createRepository({}, { name: `Example/${name}` });
  const source = await fetchSource(name, version);
  await cp(source, repository.folder, {
    recursive: true,
    filter: (path) => !addedByCargo.some((file) => path === join(source, file)),
  });
  await commit(repository);
  return repository;
}

async function fetchSource(name: string, version: string): Promise<string> {
  const manifest = `[package]\nname = "fetch"\nedition = "2021"\n[lib]\npath = "lib.rs"\n[dependencies]\n${name} = "=${version}"\n`;
  const { folder } = await createRepository({ 'Cargo.toml': manifest, 'lib.rs': '' });
  const env = { CARGO_HOME: sharedCargoHome, RUSTUP_HOME: rustupHome() };
  await execa('cargo', ['fetch', '--quiet'], { cwd: folder, env });
  const sources = join(sharedCargoHome, 'registry', 'src');
  for (const index of await readdir(sources)) {
    const source = join(sources, index, `${name}-${version}`);
    if (existsSync(source)) return source;
  }
  throw new Error(`cargo fetched ${name} ${version}, but it is not in ${sources}.`);
}
