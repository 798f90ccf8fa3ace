import { l10n } from 'vscode';
import { GitHubError } from '../../github/problem.js';

/** Why a log cannot be shown, and what to do. */
export function logProblem(error: unknown): string {
  if (!(error instanceof GitHubError)) return error instanceof Error ? error.message : String(error);
  const { problem } = error;
  if (problem.kind === 'signed-out' || problem.kind === 'unauthorized') {
    return l10n.t(
      'GitHub gives logs only to people who are signed in, of public repositories too. Sign in to read it.',
    );
  }
  if (problem.kind === 'not-found') {
    return l10n.t(
      'GitHub has no log of this job: it has not run, or its log was deleted. Run it again to get a new one.',
    );
  }
  if (problem.kind === 'rejected' && problem.status === 410) return expired();
  return error.message;
}

const expired = () =>
  l10n.t(
    'GitHub has deleted this log: logs are kept for 90 days unless the repository says otherwise. Run the job again to get a new one.',
  );
