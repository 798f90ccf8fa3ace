import * as v from 'valibot';
import { normalise } from '../scaffold/text.js';
import type { Workspace } from '../scaffold/workspace.js';
import type { ProjectShape } from './project.js';
import { parseToml } from './toml.js';

const toolchainSchema = v.looseObject({
  toolchain: v.optional(v.looseObject({ channel: v.optional(v.string()) }), {}),
});

/** The toolchain file at the root. Like rustup, prefers the one without ending, which may be a bare channel. */
export async function readToolchain(workspace: Workspace): Promise<ProjectShape['toolchain']> {
  for (const path of ['rust-toolchain', 'rust-toolchain.toml']) {
    const text = await workspace.read(path);
    if (text === undefined) continue;
    const bare = /^\s*([\w.-]+)\s*$/.exec(normalise(text))?.[1];
    if (bare !== undefined && !path.endsWith('.toml')) return { path, channel: bare };
    return { path, channel: parseToml(path, text, toolchainSchema).toolchain.channel };
  }
  return undefined;
}
