import * as v from 'valibot';
import type { Uri } from 'vscode';
import type { Head } from '../../core/actions/snapshot.js';
import type { RepositoryId } from '../../github/store.js';

/** What the GitHub Repositories extension writes behind the `+` of an address, as hexadecimal JSON. */
const metadataSchema = v.object({ ref: v.optional(v.object({ type: v.number(), id: v.string() })) });

/** Its kinds of heads. */
const tag = 2;
const commit = 3;

/** The repository of a folder such as `vscode-vfs://github/owner/name`, as in github.dev, and what is looked at of it. */
export function virtualRepository(uri: Uri): { readonly id: RepositoryId; readonly head: Head } | undefined {
  if (uri.scheme !== 'vscode-vfs') return undefined;
  const [provider, metadata] = uri.authority.split('+');
  const [, owner, name] = uri.path.split('/');
  if (provider !== 'github' || !owner || !name) return undefined;
  return { id: { host: 'github.com', owner, name }, head: headOf(metadata) };
}

/** Without more, the newest commit of the default branch is looked at. */
const newest: Head = { branch: null, sha: null, pushedSha: null };

function headOf(metadata: string | undefined): Head {
  if (metadata === undefined) return newest;
  try {
    const bytes = metadata.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
    const { ref } = v.parse(metadataSchema, JSON.parse(new TextDecoder().decode(new Uint8Array(bytes))));
    if (!ref || ref.type === tag) return newest;
    return ref.type === commit
      ? { branch: null, sha: ref.id, pushedSha: ref.id }
      : { branch: ref.id.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, ''), sha: null, pushedSha: null };
  } catch {
    return newest;
  }
}
