import type { Workspace } from '../scaffold/workspace.js';
import type { DefaultBranch } from './project.js';

/** Names that default branches usually have, the likeliest first. */
const usualNames = ['main', 'master', 'trunk', 'develop'];

/** The repository's default branch, as far as its git folder tells. */
export async function defaultBranch(workspace: Pick<Workspace, 'readGit'>): Promise<DefaultBranch> {
  const [remote, head, packed] = await Promise.all(
    ['refs/remotes/origin/HEAD', 'HEAD', 'packed-refs'].map((name) => workspace.readGit(name)),
  );
  const remoteName = symbolic(remote, 'refs/remotes/origin/');
  if (remoteName !== undefined) return { name: remoteName, source: 'remote' };

  const packedRefs = new Set((packed ?? '').split('\n').map((line) => line.trim().replace(/^\S+ /, '')));
  const exists = async (ref: string) => packedRefs.has(ref) || (await workspace.readGit(ref)) !== undefined;
  for (const prefix of ['refs/remotes/origin/', 'refs/heads/']) {
    const found = await Promise.all(usualNames.map((name) => exists(prefix + name)));
    const name = usualNames[found.indexOf(true)];
    if (name !== undefined) return { name, source: 'local' };
  }
  const current = symbolic(head, 'refs/heads/');
  return current === undefined ? { name: 'main', source: 'assumed' } : { name: current, source: 'local' };
}

function symbolic(text: string | undefined, prefix: string): string | undefined {
  const ref = /^ref:\s*(\S+)\s*$/.exec(text ?? '')?.[1];
  return ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}
