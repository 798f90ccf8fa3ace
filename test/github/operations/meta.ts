import { ok, type Handlers } from '../http/call.js';
import { ApiError } from '../http/call.js';

export const meta: Handlers = {
  'meta/root': ({ world }) =>
    ok(
      Object.fromEntries(
        Object.entries(rootLinks).map(([key, path]) => [`${key}_url`, `${world.addresses.api}/${path}`]),
      ),
    ),
  'meta/get': ({ world }) =>
    ok({
      verifiable_password_authentication: world.profile !== 'github.com',
      ...(world.profile === 'github.com' ? {} : { installed_version: '3.19.1' }),
    }),
  'rate-limit/get': ({ world, token, limits }) => {
    if (world.profile !== 'github.com') throw new ApiError(404, 'Rate limiting is not enabled.');
    const core = limits.of(token?.value);
    const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
    return ok({ resources: { core: { ...core }, search }, rate: { ...core } });
  },
};

const rootLinks = {
  current_user: 'user',
  current_user_authorizations_html: 'settings/connections/applications{/client_id}',
  authorizations: 'authorizations',
  code_search: 'search/code?q={query}{&page,per_page,sort,order}',
  commit_search: 'search/commits?q={query}{&page,per_page,sort,order}',
  emails: 'user/emails',
  emojis: 'emojis',
  events: 'events',
  feeds: 'feeds',
  followers: 'user/followers',
  following: 'user/following{/target}',
  gists: 'gists{/gist_id}',
  issue_search: 'search/issues?q={query}{&page,per_page,sort,order}',
  issues: 'issues',
  keys: 'user/keys',
  label_search: 'search/labels?q={query}&repository_id={repository_id}{&page,per_page}',
  notifications: 'notifications',
  organization: 'orgs/{org}',
  organization_repositories: 'orgs/{org}/repos{?type,page,per_page,sort}',
  organization_teams: 'orgs/{org}/teams',
  public_gists: 'gists/public',
  rate_limit: 'rate_limit',
  repository: 'repos/{owner}/{repo}',
  repository_search: 'search/repositories?q={query}{&page,per_page,sort,order}',
  current_user_repositories: 'user/repos{?type,page,per_page,sort}',
  starred: 'user/starred{/owner}{/repo}',
  starred_gists: 'gists/starred',
  user: 'users/{user}',
  user_organizations: 'user/orgs',
  user_repositories: 'users/{user}/repos{?type,page,per_page,sort}',
  user_search: 'search/users?q={query}{&page,per_page,sort,order}',
} as const;
