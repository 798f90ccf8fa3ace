import * as v from 'valibot';
import type { GitHub } from '../client.js';
import { id, type RepositoryName } from './fields.js';

/** What is read of a repository itself. */
export interface RepositoryFacts {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  /** Packages are listed elsewhere for an organization than for a person. */
  readonly ownedByOrganization: boolean;
  /** Whether whoever is signed in may start and stop runs; null where GitHub does not tell. */
  readonly canWrite: boolean | null;
  readonly canAdminister: boolean | null;
}

const permission = v.fallback(v.nullish(v.boolean(), null), null);

const repositorySchema = v.pipe(
  v.object({
    id,
    name: v.string(),
    default_branch: v.string(),
    private: v.fallback(v.boolean(), false),
    owner: v.object({ login: v.string(), type: v.fallback(v.string(), 'User') }),
    permissions: v.fallback(v.nullish(v.object({ push: permission, admin: permission }), null), null),
  }),
  v.transform((answer): RepositoryFacts => ({
    id: answer.id,
    owner: answer.owner.login,
    name: answer.name,
    defaultBranch: answer.default_branch,
    private: answer.private,
    ownedByOrganization: answer.owner.type === 'Organization',
    canWrite: answer.permissions?.push ?? null,
    canAdminister: answer.permissions?.admin ?? null,
  })),
);

export function getRepository(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<RepositoryFacts> {
  return github.get(github.rest.repos.get, { ...repository }, repositorySchema, { what: 'the repository', signal });
}
