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
  /** What whoever is signed in is for it, as GitHub names it; null where GitHub does not tell. */
  readonly role: string | null;
}

const permission = v.fallback(v.nullish(v.boolean(), null), null);

/** Each permission includes those after it. */
const roles = [
  ['admin', 'admin'],
  ['maintain', 'maintain'],
  ['push', 'write'],
  ['triage', 'triage'],
  ['pull', 'read'],
] as const;

const repositorySchema = v.pipe(
  v.object({
    id,
    name: v.string(),
    default_branch: v.string(),
    private: v.fallback(v.boolean(), false),
    owner: v.object({ login: v.string(), type: v.fallback(v.string(), 'User') }),
    permissions: v.fallback(v.nullish(v.record(v.string(), permission), null), null),
  }),
  v.transform((answer): RepositoryFacts => ({
    id: answer.id,
    owner: answer.owner.login,
    name: answer.name,
    defaultBranch: answer.default_branch,
    private: answer.private,
    ownedByOrganization: answer.owner.type === 'Organization',
    canWrite: answer.permissions?.['push'] ?? null,
    canAdminister: answer.permissions?.['admin'] ?? null,
    role: roles.find(([name]) => answer.permissions?.[name] === true)?.[1] ?? null,
  })),
);

export function getRepository(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<RepositoryFacts> {
  return github.get(github.rest.repos.get, { ...repository }, repositorySchema, { what: 'the repository', signal });
}
