// @ts-check

/** The operations of GitHub's REST API that the stand-in in test/github knows, by operation id. */
export const operations = `
  meta/root meta/get rate-limit/get
  users/get-authenticated users/get-by-username
  teams/list teams/get-by-name orgs/list-members
  repos/get repos/update repos/list-branches repos/get-branch repos/get-branch-protection
  repos/list-commits repos/get-commit repos/compare-commits-with-basehead repos/list-tags
  repos/list-pull-requests-associated-with-commit
  repos/get-content repos/create-or-update-file-contents
  git/get-ref git/list-matching-refs git/create-ref git/update-ref git/delete-ref
  git/get-commit git/create-commit git/get-tree git/create-tree git/create-blob git/get-blob
  actions/list-repo-workflows actions/get-workflow actions/enable-workflow actions/disable-workflow
  actions/create-workflow-dispatch
  actions/list-workflow-runs-for-repo actions/list-workflow-runs actions/get-workflow-run
  actions/get-workflow-run-attempt actions/delete-workflow-run
  actions/list-jobs-for-workflow-run actions/list-jobs-for-workflow-run-attempt actions/get-job-for-workflow-run
  actions/list-workflow-run-artifacts actions/list-artifacts-for-repo actions/get-artifact actions/download-artifact
  actions/download-workflow-run-logs actions/download-workflow-run-attempt-logs
  actions/download-job-logs-for-workflow-run
  actions/re-run-workflow actions/re-run-workflow-failed-jobs actions/re-run-job-for-workflow-run
  actions/cancel-workflow-run actions/force-cancel-workflow-run
  actions/get-pending-deployments-for-run actions/review-pending-deployments-for-run actions/get-reviews-for-run
  checks/list-for-ref checks/get checks/list-annotations
  repos/get-combined-status-for-ref repos/list-commit-statuses-for-ref repos/create-commit-status
  repos/get-branch-rules repos/get-repo-rulesets repos/get-repo-ruleset repos/create-repo-ruleset
  repos/update-repo-ruleset repos/delete-repo-ruleset
  repos/get-all-environments repos/get-environment repos/create-or-update-environment repos/delete-an-environment
  repos/list-deployment-branch-policies repos/create-deployment-branch-policy repos/get-deployment-branch-policy
  repos/update-deployment-branch-policy repos/delete-deployment-branch-policy
  repos/get-all-deployment-protection-rules
  repos/list-deployments repos/get-deployment repos/list-deployment-statuses
  repos/list-releases repos/get-latest-release repos/get-release-by-tag repos/get-release repos/update-release
  repos/list-release-assets repos/get-release-asset
  packages/list-packages-for-organization packages/list-packages-for-user
  packages/get-package-for-organization packages/get-package-for-user packages/get-package-for-authenticated-user
  packages/get-all-package-versions-for-package-owned-by-org
  packages/get-all-package-versions-for-package-owned-by-user
  packages/get-all-package-versions-for-package-owned-by-authenticated-user
  packages/get-package-version-for-organization packages/get-package-version-for-user
  packages/get-package-version-for-authenticated-user
  actions/list-repo-secrets actions/list-repo-organization-secrets actions/get-repo-secret actions/get-repo-public-key actions/create-or-update-repo-secret
  actions/delete-repo-secret
  actions/list-environment-secrets actions/get-environment-secret actions/get-environment-public-key
  actions/create-or-update-environment-secret actions/delete-environment-secret
  actions/list-repo-variables actions/get-repo-variable actions/create-repo-variable actions/update-repo-variable
  actions/delete-repo-variable
  actions/get-github-actions-permissions-repository actions/set-github-actions-permissions-repository
  actions/get-github-actions-default-workflow-permissions-repository
  actions/set-github-actions-default-workflow-permissions-repository
  actions/get-allowed-actions-repository actions/set-allowed-actions-repository
  pulls/list pulls/create pulls/get pulls/update
  repos/get-collaborator-permission-level repos/list-collaborators
  repos/check-vulnerability-alerts repos/enable-vulnerability-alerts repos/disable-vulnerability-alerts
  repos/check-automated-security-fixes repos/enable-automated-security-fixes repos/disable-automated-security-fixes
`
  .split(/\s+/)
  .filter(Boolean);
