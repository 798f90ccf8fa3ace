import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import type { JsonObject } from '../json.js';
import type { Commit } from '../state/git.js';
import type { RepositoryState } from '../state/repository.js';
import { simpleUser } from './user.js';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit as the lists of commits have it. */
export function shownCommit(repository: RepositoryState, commit: Commit): JsonObject {
  const { world, fullName } = repository;
  const url = `${world.addresses.repository(fullName)}/commits/${commit.sha}`;
  const login = commit.author.login;
  const user = login === null ? null : simpleUser(world.user(login), world.addresses);
  const git = gitCommit(repository, commit);
  return {
    url,
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    html_url: commitPage(repository, commit.sha),
    comments_url: `${url}/comments`,
    commit: {
      url: git['url'],
      author: gitPerson(commit),
      committer: gitPerson(commit),
      message: commit.message,
      comment_count: 0,
      tree: git['tree'],
      verification: unsigned,
    },
    author: user,
    committer: user,
    parents: git['parents'],
  };
}

/** A commit as git has it. */
export function gitCommit(repository: RepositoryState, commit: Commit): JsonObject {
  const git = `${repository.world.addresses.repository(repository.fullName)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: commitPage(repository, commit.sha),
    author: gitPerson(commit),
    committer: gitPerson(commit),
    message: commit.message,
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${git}/commits/${sha}`,
      html_url: commitPage(repository, sha),
    })),
    verification: unsigned,
  };
}

/** A commit as runs mention it. */
export function mentionedCommit(commit: Commit): JsonObject {
  const { name, email } = commit.author;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: timestamp(commit.date),
    author: { name, email },
    committer: { name, email },
  };
}

function gitPerson({ author, date }: Commit) {
  return { name: author.name, email: author.email, date: timestamp(date) };
}

function commitPage({ world, fullName }: RepositoryState, sha: string): string {
  return `${world.addresses.page(fullName)}/commit/${sha}`;
}
