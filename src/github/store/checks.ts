import type { Check, RequiredCheck } from '../../core/actions/check.js';
import { listCheckRuns, listProtectedChecks, listRequiredChecks, listStatuses } from '../api/checks.js';
import type { RepositoryName } from '../api/fields.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';

/** All checks of a commit: check runs and commit statuses. */
export async function checksOf(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const [runs, statuses] = await Promise.all([
    listCheckRuns(github, repository, sha, signal),
    listStatuses(github, repository, sha, signal),
  ]);
  return statuses.length === 0 ? runs : [...runs, ...statuses];
}

/** What a branch must pass, by its rules and by its classic protection. */
export async function requiredChecksOf(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  signal: AbortSignal,
): Promise<readonly RequiredCheck[]> {
  const [rules, protection] = await Promise.all([
    listRequiredChecks(github, repository, branch, signal),
    // A branch that is only here has no protection yet; the rules go by its name.
    listProtectedChecks(github, repository, branch, signal).catch((error: unknown) => {
      if (error instanceof GitHubError && error.problem.kind === 'not-found') return [];
      throw error;
    }),
  ]);
  return [...new Map([...protection, ...rules].map((check) => [check.name, check])).values()];
}
