import { nodeId } from '../addresses.js';
import { timestamp } from '../duration.js';
import { ApiError, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { textOf, type JsonObject } from '../json.js';
import { knownRepository } from '../shapes/repository.js';
import { simpleUser } from '../shapes/user.js';
import type { Pull, RepositoryState } from '../state/repository.js';
import { commitOf } from './repositories.js';
import { viewerOf } from './runs.js';

export const pulls: Handlers = {
  'pulls/list': (call) => {
    const { repository, query } = call;
    const state = query.get('state') ?? 'open';
    const head = query.get('head');
    const base = query.get('base');
    const found = repository.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (head === null || head === `${repository.owner.login}:${pull.head}`) &&
        (base === null || base === pull.base),
    );
    return paged(call, found.reverse(), (pull) => brief(repository, pull));
  },
  'pulls/create': create,
  'pulls/get': (call) => ok(whole(call.repository, pullOf(call))),
  'pulls/update': (call) => {
    const { body, world } = call;
    const pull = pullOf(call);
    pull.title = textOf(body['title']) ?? pull.title;
    pull.body = textOf(body['body']) ?? pull.body;
    pull.base = textOf(body['base']) ?? pull.base;
    if (body['state'] === 'open' || body['state'] === 'closed') pull.state = body['state'];
    pull.updatedAt = world.clock.now;
    return ok(whole(call.repository, pull));
  },
  'repos/list-pull-requests-associated-with-commit': (call) => {
    const { repository } = call;
    const { sha } = commitOf(call);
    const found = repository.pulls.filter(({ head }) => {
      const tip = repository.git.branches.get(head);
      return tip !== undefined && repository.git.history(tip).some((commit) => commit.sha === sha);
    });
    return paged(call, found, (pull) => brief(repository, pull));
  },
};

function pullOf({ repository, params }: Call): Pull {
  const pull = repository.pulls.find(({ number }) => String(number) === params['pull_number']);
  if (pull === undefined) throw notFound();
  return pull;
}

function create(call: Call): Answer {
  const { repository, body, world } = call;
  const head = (textOf(body['head']) ?? '').replace(`${repository.owner.login}:`, '');
  const base = textOf(body['base']) ?? '';
  const invalid = (message: string) => {
    const errors = [{ resource: 'PullRequest', code: 'custom', message }];
    return new ApiError(422, 'Validation Failed', { errors });
  };
  if (!repository.git.branches.has(base)) throw invalid('base is invalid');
  if (!repository.git.branches.has(head)) throw invalid('head is invalid');
  if (repository.git.branches.get(base) === repository.git.branches.get(head)) {
    throw invalid(`No commits between ${base} and ${head}`);
  }
  if (repository.pulls.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base)) {
    throw invalid(`A pull request already exists for ${repository.owner.login}:${head}.`);
  }
  const pull: Pull = {
    id: world.id(),
    number: 1 + Math.max(0, ...repository.pulls.map(({ number }) => number)),
    title: textOf(body['title']) ?? '',
    body: textOf(body['body']) ?? '',
    state: 'open',
    merged: false,
    draft: body['draft'] === true,
    author: viewerOf(call),
    head,
    base,
    createdAt: world.clock.now,
    updatedAt: world.clock.now,
  };
  repository.pulls.push(pull);
  return { status: 201, body: whole(repository, pull) };
}

function brief(repository: RepositoryState, pull: Pull): JsonObject {
  const { addresses } = repository.world;
  const api = addresses.repository(repository.fullName);
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const page = `${addresses.page(repository.fullName)}/pull/${pull.number}`;
  const sha = repository.git.branches.get(pull.head) ?? '';
  const statuses = `${api}/statuses/${sha}`;
  const user = simpleUser(pull.author, addresses);
  const side = (ref: string) => ({
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha: repository.git.branches.get(ref) ?? '',
    user: simpleUser(repository.owner, addresses),
    repo: knownRepository(repository, undefined),
  });
  const link = (href: string) => ({ href });
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user,
    body: pull.body,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.state === 'closed' ? timestamp(pull.updatedAt) : null,
    merged_at: pull.merged ? timestamp(pull.updatedAt) : null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: side(pull.head),
    base: side(pull.base),
    _links: {
      self: link(url),
      html: link(page),
      issue: link(issue),
      comments: link(`${issue}/comments`),
      review_comments: link(`${url}/comments`),
      review_comment: link(`${api}/pulls/comments{/number}`),
      commits: link(`${url}/commits`),
      statuses: link(statuses),
    },
    author_association: 'OWNER',
    auto_merge: null,
    active_lock_reason: null,
  };
}

function whole(repository: RepositoryState, pull: Pull): JsonObject {
  return {
    ...brief(repository, pull),
    merged: pull.merged,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  };
}
