import { ApiError, noContent, ok, type Handlers } from '../http/call.js';
import { textOf } from '../json.js';

/** What a repository allows GitHub Actions. */
export const permissions: Handlers = {
  'actions/get-github-actions-permissions-repository': ({ repository, world }) => {
    const { enabled, allowed, shaPinning } = repository.actions;
    const url = `${world.addresses.repository(repository.fullName)}/actions/permissions/selected-actions`;
    return ok({
      enabled,
      ...(enabled ? { allowed_actions: allowed } : {}),
      ...(allowed === 'selected' ? { selected_actions_url: url } : {}),
      ...(world.profile === 'github.com' ? { sha_pinning_required: shaPinning } : {}),
    });
  },
  'actions/set-github-actions-permissions-repository': ({ repository, body }) => {
    const { actions } = repository;
    actions.enabled = body['enabled'] === true;
    const allowed = textOf(body['allowed_actions']);
    if (allowed === 'all' || allowed === 'local_only' || allowed === 'selected') actions.allowed = allowed;
    if (typeof body['sha_pinning_required'] === 'boolean') actions.shaPinning = body['sha_pinning_required'];
    return noContent;
  },
  'actions/get-github-actions-default-workflow-permissions-repository': ({ repository }) =>
    ok({
      default_workflow_permissions: repository.actions.defaultPermissions,
      can_approve_pull_request_reviews: repository.actions.mayApprove,
    }),
  'actions/set-github-actions-default-workflow-permissions-repository': ({ repository, body }) => {
    const wanted = body['default_workflow_permissions'];
    if (wanted === 'read' || wanted === 'write') repository.actions.defaultPermissions = wanted;
    const mayApprove = body['can_approve_pull_request_reviews'];
    if (typeof mayApprove === 'boolean') repository.actions.mayApprove = mayApprove;
    return noContent;
  },
  'actions/get-allowed-actions-repository': ({ repository }) => {
    if (repository.actions.allowed !== 'selected') throw new ApiError(409, 'Conflict');
    return ok(repository.actions.selected);
  },
  'actions/set-allowed-actions-repository': ({ repository, body }) => {
    if (repository.actions.allowed !== 'selected') throw new ApiError(409, 'Conflict');
    const { selected } = repository.actions;
    const patterns = body['patterns_allowed'];
    repository.actions.selected = {
      github_owned_allowed: body['github_owned_allowed'] === true,
      verified_allowed: body['verified_allowed'] === true,
      patterns_allowed: Array.isArray(patterns)
        ? patterns.filter((pattern) => typeof pattern === 'string')
        : selected.patterns_allowed,
    };
    return noContent;
  },
};
