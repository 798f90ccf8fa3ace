import type { RepositoryId } from '../../github/store.js';

/** The same for two ways of writing the same repository: GitHub does not tell capitals apart. */
export function repositoryKey({ host, owner, name }: RepositoryId): string {
  return `${host}/${owner}/${name}`.toLowerCase();
}
