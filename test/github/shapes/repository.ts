import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import type { JsonObject } from '../json.js';
import type { RepositoryState } from '../state/repository.js';
import { atLeast, type User } from '../state/user.js';
import { simpleUser } from './user.js';

/** What every answer that mentions a repository says of it. */
export function minimalRepository(repository: RepositoryState): JsonObject {
  const { id, name, fullName, description, fork, world } = repository;
  const url = world.addresses.repository(fullName);
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: fullName,
    private: repository.private,
    owner: simpleUser(repository.owner, world.addresses),
    html_url: world.addresses.page(fullName),
    description,
    fork,
    url,
    ...Object.fromEntries(Object.entries(links).map(([key, path]) => [`${key}_url`, `${url}/${path}`])),
  };
}

const links = {
  forks: 'forks',
  keys: 'keys{/key_id}',
  collaborators: 'collaborators{/collaborator}',
  teams: 'teams',
  hooks: 'hooks',
  issue_events: 'issues/events{/number}',
  events: 'events',
  assignees: 'assignees{/user}',
  branches: 'branches{/branch}',
  tags: 'tags',
  blobs: 'git/blobs{/sha}',
  git_tags: 'git/tags{/sha}',
  git_refs: 'git/refs{/sha}',
  trees: 'git/trees{/sha}',
  statuses: 'statuses/{sha}',
  languages: 'languages',
  stargazers: 'stargazers',
  contributors: 'contributors',
  subscribers: 'subscribers',
  subscription: 'subscription',
  commits: 'commits{/sha}',
  git_commits: 'git/commits{/sha}',
  comments: 'comments{/number}',
  issue_comment: 'issues/comments{/number}',
  contents: 'contents/{+path}',
  compare: 'compare/{base}...{head}',
  merges: 'merges',
  archive: '{archive_format}{/ref}',
  downloads: 'downloads',
  issues: 'issues{/number}',
  pulls: 'pulls{/number}',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  labels: 'labels{/name}',
  releases: 'releases{/id}',
  deployments: 'deployments',
} as const;

/** What the repository's own address answers. */
export function fullRepository(repository: RepositoryState, viewer: User | undefined): JsonObject {
  const { world, owner } = repository;
  return {
    ...knownRepository(repository, viewer),
    subscribers_count: 4,
    network_count: 2,
    ...(owner.type === 'Organization' ? { organization: simpleUser(owner, world.addresses) } : {}),
  };
}

/** What pull requests say of their repositories. Rights are told to those who sign in. */
export function knownRepository(repository: RepositoryState, viewer: User | undefined): JsonObject {
  const { world } = repository;
  const page = world.addresses.page(repository.fullName);
  const times = [...repository.git.commits.values()].map(({ date }) => date);
  const pushed = timestamp(times.reduce((a, b) => Math.max(a, b), repository.createdAt));
  const role = repository.role(viewer);
  const permissions = {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: atLeast(role, 'read'),
  };
  return {
    ...minimalRepository(repository),
    git_url: `${page.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@${new URL(page).hostname}:${repository.fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: 'Rust',
    forks_count: 2,
    stargazers_count: 41,
    watchers_count: 41,
    size: 312,
    default_branch: repository.defaultBranch,
    open_issues_count: 3,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    pushed_at: pushed,
    created_at: timestamp(repository.createdAt),
    updated_at: pushed,
    ...(viewer === undefined ? {} : { permissions }),
    license: null,
    forks: 2,
    open_issues: 3,
    watchers: 41,
  };
}
