import type { RepositoryState } from '../state/repository.js';
import { atLeast, type Role, type Token, type User } from '../state/user.js';
import { ApiError, notFound } from './call.js';

interface Need {
  readonly role: Role;
  /** Any of them. Undefined: `repo`, and for public repositories `public_repo`. */
  readonly scopes?: readonly string[];
}

const admin: Need = { role: 'admin' };
const write: Need = { role: 'write' };
const packages: Need = { role: 'none', scopes: ['read:packages', 'write:packages'] };
const organization: Need = { role: 'none', scopes: ['read:org', 'write:org', 'admin:org'] };
const nothing: Need = { role: 'none', scopes: [] };

/** What operations ask for that is not what their method says: reading for GET, writing for the others. */
const needs: Readonly<Record<string, Need>> = {
  'meta/root': nothing,
  'meta/get': nothing,
  'rate-limit/get': nothing,
  'users/get-authenticated': nothing,
  'users/get-by-username': nothing,
  'teams/list': organization,
  'teams/get-by-name': organization,
  'orgs/list-members': organization,
  'actions/review-pending-deployments-for-run': { role: 'read' },
  'repos/update': admin,
  'repos/get-branch-protection': admin,
  'repos/create-repo-ruleset': admin,
  'repos/update-repo-ruleset': admin,
  'repos/delete-repo-ruleset': admin,
  'repos/create-or-update-environment': admin,
  'repos/delete-an-environment': admin,
  'repos/create-deployment-branch-policy': admin,
  'repos/update-deployment-branch-policy': admin,
  'repos/delete-deployment-branch-policy': admin,
  'repos/check-vulnerability-alerts': admin,
  'repos/enable-vulnerability-alerts': admin,
  'repos/disable-vulnerability-alerts': admin,
  'repos/check-automated-security-fixes': admin,
  'repos/enable-automated-security-fixes': admin,
  'repos/disable-automated-security-fixes': admin,
  'actions/get-github-actions-permissions-repository': admin,
  'actions/set-github-actions-permissions-repository': admin,
  'actions/get-github-actions-default-workflow-permissions-repository': admin,
  'actions/set-github-actions-default-workflow-permissions-repository': admin,
  'actions/get-allowed-actions-repository': admin,
  'actions/set-allowed-actions-repository': admin,
  'actions/list-repo-secrets': write,
  'actions/list-repo-organization-secrets': write,
  'actions/get-repo-secret': write,
  'actions/get-repo-public-key': write,
  'actions/list-environment-secrets': write,
  'actions/get-environment-secret': write,
  'actions/get-environment-public-key': write,
  'actions/list-repo-variables': write,
  'actions/get-repo-variable': write,
  'repos/list-collaborators': write,
  'pulls/create': { role: 'read' },
};

function needOf(operationId: string, method: string): Need {
  if (operationId.startsWith('packages/')) return packages;
  return needs[operationId] ?? { role: method === 'GET' ? 'read' : 'write' };
}

/** Scopes of which any would do, as GitHub tells with every answer. */
export function acceptedScopes(operationId: string, method: string): readonly string[] {
  return needOf(operationId, method).scopes ?? (method === 'GET' ? ['repo'] : ['public_repo', 'repo']);
}

/** What nobody gets without signing in, even of a public repository. */
const signedInOnly: Readonly<Record<string, ApiError>> = {
  'actions/download-artifact': new ApiError(401, 'Requires authentication'),
  'actions/download-job-logs-for-workflow-run': new ApiError(403, 'Must have admin rights to Repository.'),
  'actions/download-workflow-run-logs': new ApiError(403, 'Must have admin rights to Repository.'),
  'actions/download-workflow-run-attempt-logs': new ApiError(403, 'Must have admin rights to Repository.'),
};

/** Refuses what the person or the token may not do. */
export function authorize(
  operationId: string,
  method: string,
  token: Token | undefined,
  repository: RepositoryState | undefined,
): void {
  const need = needOf(operationId, method);
  const scopes = new Set(token?.scopes ?? []);
  const fineGrained = token?.scopes === null;
  if (repository !== undefined) refuseSso(token, repository.owner);
  if (repository === undefined) {
    if (need.scopes === undefined || need.scopes.length === 0) return;
    if (token === undefined) throw new ApiError(401, 'Requires authentication');
    if (fineGrained) throw new ApiError(403, 'Resource not accessible by personal access token');
    if (!need.scopes.some((scope) => scopes.has(scope))) {
      throw new ApiError(403, `You need at least ${need.scopes[0] ?? ''} scope to do this.`);
    }
    return;
  }
  const role = repository.role(token?.user);
  if (role === 'none') throw notFound();
  // A private repository does not exist for a token that may not see it.
  if (repository.private && !fineGrained && !scopes.has('repo')) throw notFound();
  const refused = token === undefined ? signedInOnly[operationId] : undefined;
  if (refused !== undefined) throw refused;
  if (fineGrained && operationId.startsWith('checks/') && repository.private) {
    throw new ApiError(403, 'Resource not accessible by personal access token');
  }
  if (atLeast('read', need.role)) {
    if (method !== 'GET') signedIn(token);
    return;
  }
  signedIn(token);
  if (!atLeast(role, need.role)) throw new ApiError(403, 'Must have admin rights to Repository.');
  if (!fineGrained && !scopes.has('repo') && !scopes.has('public_repo')) throw notFound();
  if (repository.archived && method !== 'GET') throw new ApiError(403, 'Repository was archived so is read-only.');
}

function signedIn(token: Token | undefined): void {
  if (token === undefined) throw new ApiError(401, 'Requires authentication');
}

function refuseSso(token: Token | undefined, owner: User): void {
  if (token?.ssoRequiredBy.includes(owner.login) !== true) return;
  const url = `https://github.com/orgs/${owner.login}/sso?authorization_request=A4YWQYLE`;
  throw new ApiError(
    403,
    'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    {},
    { 'x-github-sso': `required; url=${url}` },
  );
}
