import * as v from 'valibot';
import type { Workspace } from '../scaffold/workspace.js';
import { join } from './path.js';
import { parseToml } from './toml.js';

const configSchema = v.looseObject({
  registries: v.optional(v.record(v.string(), v.looseObject({})), {}),
  build: v.optional(v.looseObject({ target: v.optional(v.union([v.string(), v.array(v.string())])) }), {}),
});

/** What Cargo's configuration files in the repository say of private registries and of the target to build for. */
export async function readCargoConfig(
  workspace: Workspace,
  folders: readonly string[],
): Promise<{ registries: string[]; buildTarget: string | undefined }> {
  const paths = folders.flatMap((folder) => [join(folder, '.cargo/config.toml'), join(folder, '.cargo/config')]);
  const configs = await Promise.all(
    [...new Set(paths)].map(async (path) => {
      const text = path === undefined ? undefined : await workspace.read(path);
      return path === undefined || text === undefined ? undefined : parseToml(path, text, configSchema);
    }),
  );
  const found = configs.filter((config) => config !== undefined);
  return {
    registries: found.flatMap(({ registries }) => Object.keys(registries)).filter((name) => name !== 'crates-io'),
    buildTarget: found.flatMap(({ build }) => build.target ?? [])[0],
  };
}
