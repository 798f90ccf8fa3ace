import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import versions from './versions.json';

/** Where tools, Rust toolchains and downloaded crates are kept between runs. */
export const cacheFolder = resolve(process.env['RUST_CI_CACHE'] ?? '.vscode-test');

const pinned: Record<string, string> = {
  ...versions.cargo,
  ...versions.pip,
  ...Object.fromEntries(Object.entries(versions.go).map(([name, { version }]) => [name, version])),
};

/** The exact version of a tool that these tests run; undefined for a tool that they don't have. */
export function pinnedVersion(tool: string): string | undefined {
  return pinned[tool];
}

/** The file of a tool, pinned or a Debian package; throws with what to do where it is not installed. */
export function toolFile(tool: string): string {
  const version = pinnedVersion(tool);
  const folders =
    version === undefined
      ? (process.env['PATH'] ?? '').split(delimiter)
      : [join(cacheFolder, 'tools', `${tool}-${version}`, 'bin')];
  const file = folders.map((folder) => join(folder, tool)).find((path) => existsSync(path));
  if (file === undefined) {
    throw new Error(`${tool} ${version ?? ''} is not installed. Run \`node scripts/pipeline-tools.mjs\`.`);
  }
  return file;
}

/** The Rust toolchains of the tests: a rustup home of their own, so that nobody's toolchains are touched. */
export function rustupHome(): string {
  const home = join(cacheFolder, 'rustup');
  if (!existsSync(join(home, 'toolchains')) || readdirSync(join(home, 'toolchains')).length === 0) {
    throw new Error('The Rust toolchain of the tests is not installed. Run `node scripts/pipeline-tools.mjs`.');
  }
  return home;
}
