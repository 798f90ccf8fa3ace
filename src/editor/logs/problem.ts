import { l10n } from 'vscode';
import { GitHubError } from '../../github/problem.js';
import type { RepositoryId } from '../../github/store.js';
import { showError } from '../github/problems-shown.js';

/** Why a log cannot be shown, and what to do. */
export function logProblem(error: unknown, repository: RepositoryId): string {
  if (!(error instanceof GitHubError)) return error instanceof Error ? error.message : String(error);
  const { problem } = error;
  if (problem.kind === 'signed-out') {
    return l10n.t(
      'GitHub gives logs only to people who are signed in, of public repositories too. Sign in to read it.',
    );
  }
  // Enterprise Server says 404 where github.com says 410.
  if (problem.kind === 'not-found') return expired();
  if (problem.kind === 'rejected' && problem.status === 410) return expired();
  return showError(error, repository).text;
}

const expired = () =>
  l10n.t(
    'GitHub has no log of this job any more: logs are kept for 90 days unless the repository says otherwise. Run the job again to get a new one.',
  );
