import { nodeId } from '../addresses.js';
import { ApiError, notFound, ok, type Call, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { textOf, type JsonObject } from '../json.js';
import { shownCommit } from '../shapes/commit.js';
import { fullRepository } from '../shapes/repository.js';
import type { Commit } from '../state/git.js';
import type { RepositoryState } from '../state/repository.js';

export const repositories: Handlers = {
  'repos/get': ({ repository, viewer }) => ok(fullRepository(repository, viewer)),
  'repos/update': ({ repository, viewer, body }) => {
    const branch = textOf(body['default_branch']);
    if (branch !== undefined && !repository.git.branches.has(branch)) {
      throw new ApiError(422, 'Validation Failed', {
        errors: [{ resource: 'Repository', field: 'default_branch', code: 'invalid' }],
      });
    }
    repository.defaultBranch = branch ?? repository.defaultBranch;
    return ok(fullRepository(repository, viewer));
  },
  'repos/list-branches': (call) => {
    const { repository, query } = call;
    const wanted = query.get('protected');
    const names = [...repository.git.branches.keys()].sort();
    const found = names.filter((name) => wanted === null || isProtected(repository, name) === (wanted === 'true'));
    return paged(call, found, (name) => {
      const sha = repository.git.branches.get(name) ?? '';
      const url = `${repository.world.addresses.repository(repository.fullName)}/commits/${sha}`;
      return { name, commit: { sha, url }, protected: isProtected(repository, name) };
    });
  },
  'repos/get-branch': ({ repository, params }) => {
    const name = params['branch'] ?? '';
    const commit = repository.git.commits.get(repository.git.branches.get(name) ?? '');
    if (commit === undefined) throw new ApiError(404, 'Branch not found');
    const url = `${repository.world.addresses.repository(repository.fullName)}/branches/${encodeURIComponent(name)}`;
    const contexts = repository.rules.protection.get(name);
    return ok({
      name,
      commit: shownCommit(repository, commit),
      _links: { self: url, html: `${repository.world.addresses.page(repository.fullName)}/tree/${name}` },
      protected: isProtected(repository, name),
      protection: {
        enabled: contexts !== undefined,
        required_status_checks: {
          enforcement_level: contexts === undefined ? 'off' : 'everyone',
          contexts: contexts ?? [],
          checks: (contexts ?? []).map((context) => ({ context, app_id: null })),
        },
      },
      protection_url: `${url}/protection`,
    });
  },
  'repos/get-branch-protection': ({ repository, params }) => {
    const name = params['branch'] ?? '';
    if (!repository.git.branches.has(name)) throw new ApiError(404, 'Branch not found');
    const contexts = repository.rules.protection.get(name);
    if (contexts === undefined) throw new ApiError(404, 'Branch not protected');
    const api = repository.world.addresses.repository(repository.fullName);
    const url = `${api}/branches/${encodeURIComponent(name)}/protection`;
    return ok({
      url,
      required_status_checks: {
        url: `${url}/required_status_checks`,
        strict: false,
        contexts,
        contexts_url: `${url}/required_status_checks/contexts`,
        checks: contexts.map((context) => ({ context, app_id: null })),
      },
      enforce_admins: { url: `${url}/enforce_admins`, enabled: false },
    });
  },
  'repos/list-commits': (call) => {
    const { repository, query } = call;
    const tip = repository.git.resolve(query.get('sha') ?? repository.defaultBranch);
    if (tip === undefined) throw notFound();
    const since = Date.parse(query.get('since') ?? '') || -Infinity;
    const until = Date.parse(query.get('until') ?? '') || Infinity;
    const all = repository.git.history(tip.sha).filter(({ date }) => date >= since && date <= until);
    return paged(call, all, (commit) => shownCommit(repository, commit));
  },
  'repos/get-commit': (call) => ok(shownCommit(call.repository, commitOf(call))),
  'repos/compare-commits-with-basehead': (call) => ok(comparison(call)),
  'repos/list-tags': (call) => {
    const { repository } = call;
    const api = repository.world.addresses.repository(repository.fullName);
    return paged(call, [...repository.git.tags].reverse(), ([name, sha]) => ({
      name,
      zipball_url: `${api}/zipball/refs/tags/${name}`,
      tarball_url: `${api}/tarball/refs/tags/${name}`,
      commit: { sha, url: `${api}/commits/${sha}` },
      node_id: nodeId('REF', `refs/tags/${name}`),
    }));
  },
};

function isProtected(repository: RepositoryState, branch: string): boolean {
  return repository.rules.protection.has(branch) || repository.rules.of(branch).length > 0;
}

/** The commit that the `ref` of the path names. */
export function commitOf({ repository, params }: Call): Commit {
  const ref = params['ref'] ?? params['commit_sha'] ?? params['sha'] ?? '';
  const commit = repository.git.resolve(ref);
  if (commit === undefined) throw new ApiError(422, `No commit found for SHA: ${ref}`);
  return commit;
}

function comparison({ repository, params }: Call): JsonObject {
  const { git, world, fullName } = repository;
  const basehead = params['basehead'] ?? '';
  const [base, head] = basehead.split('...').map((ref) => git.resolve(ref));
  if (base === undefined || head === undefined) throw notFound();
  const before = new Set(git.history(base.sha).map(({ sha }) => sha));
  const after = new Set(git.history(head.sha).map(({ sha }) => sha));
  const ahead = git.history(head.sha).filter(({ sha }) => !before.has(sha));
  const behind = git.history(base.sha).filter(({ sha }) => !after.has(sha));
  const common = git.history(base.sha).find(({ sha }) => after.has(sha));
  if (common === undefined) throw new ApiError(404, `No common ancestor between ${basehead.replace('...', ' and ')}.`);
  const page = `${world.addresses.page(fullName)}/compare/${basehead}`;
  return {
    url: `${world.addresses.repository(fullName)}/compare/${basehead}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: shownCommit(repository, base),
    merge_base_commit: shownCommit(repository, common),
    status: ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical',
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.reverse().map((commit) => shownCommit(repository, commit)),
    files: changedFiles(repository, common, head),
  };
}

function changedFiles({ world, fullName }: RepositoryState, before: Commit, after: Commit): JsonObject[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  return paths.flatMap((filename) => {
    const [old, young] = [before.files.get(filename), after.files.get(filename)];
    if (old === young) return [];
    const additions = young?.split('\n').length ?? 0;
    const deletions = old?.split('\n').length ?? 0;
    const page = world.addresses.page(fullName);
    return [
      {
        sha: after.tree,
        filename,
        status: old === undefined ? 'added' : young === undefined ? 'removed' : 'modified',
        additions,
        deletions,
        changes: additions + deletions,
        blob_url: `${page}/blob/${after.sha}/${filename}`,
        raw_url: `${page}/raw/${after.sha}/${filename}`,
        contents_url: `${world.addresses.repository(fullName)}/contents/${filename}?ref=${after.sha}`,
      },
    ];
  });
}
