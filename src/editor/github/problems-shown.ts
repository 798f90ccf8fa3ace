import { commands, env, l10n, Uri, window } from 'vscode';
import { GitHubError, type Problem } from '../../github/problem.js';
import type { RepositoryId } from '../../github/store.js';
import type { Link } from '../status/tooltip.js';
import { clock } from '../status/words.js';

/** A problem in words, with what helps. */
export interface ShownProblem {
  /** A few words for a row. */
  readonly short: string;
  /** What happened, why, and what to do. */
  readonly text: string;
  /** What does it. */
  readonly button: Link | undefined;
  /** A codicon. */
  readonly icon: string;
}

const retry = (): Link => ({ title: l10n.t('Try Again'), command: 'rustCi.refresh' });
const settings = (title: string, query: string): Link => ({
  title,
  command: 'workbench.action.openSettings',
  arguments: [query],
});

/** Says what went wrong between here and GitHub: the one place for it. */
export function showProblem(problem: Problem, { host, owner, name }: RepositoryId): ShownProblem {
  const signIn = (title: string, options: object = {}): Link => ({
    title,
    command: 'rustCi.signIn',
    arguments: [{ host, ...options }],
  });
  switch (problem.kind) {
    case 'signed-out':
      return {
        short: l10n.t('Not signed in'),
        text: l10n.t('Without a sign-in, {0} shows nothing of this. Sign in to see it.', host),
        button: signIn(l10n.t('Sign In…')),
        icon: 'account',
      };
    case 'unauthorized':
      return {
        short: l10n.t('Sign-in no longer accepted'),
        text: l10n.t('{0} refused the sign-in: it has expired or was revoked. Sign in again.', host),
        button: signIn(l10n.t('Sign In Again…'), { again: true }),
        icon: 'account',
      };
    case 'saml':
      return {
        short: l10n.t('Single sign-on needed'),
        text: l10n.t('{0} lets nobody in without single sign-on. Authorise the sign-in for it, then try again.', owner),
        button:
          problem.url === null
            ? signIn(l10n.t('Sign In Again…'), { again: true })
            : { title: l10n.t('Authorise…'), command: 'rustCi.openPage', arguments: [problem.url] },
        icon: 'organization',
      };
    case 'missing-scope': {
      const scopes = problem.scopes.join(', ');
      return {
        short: l10n.t('Permission missing: {0}', scopes),
        text: l10n.t('The sign-in to {0} lacks the permission {1}. Sign in again and grant it.', host, scopes),
        button: signIn(l10n.t('Sign In Again…'), { images: problem.scopes.includes('read:packages'), again: true }),
        icon: 'key',
      };
    }
    case 'rate-limited': {
      const at = clock(problem.resetAt);
      return {
        short: l10n.t('{0} answers again at {1}', host, at),
        text: problem.signedIn
          ? l10n.t('This account has asked {0} as often as it may. It goes on by itself at {1}.', host, at)
          : l10n.t(
              'Without a sign-in, {0} answers only a few questions an hour. It goes on at {1}; with a sign-in, at once.',
              host,
              at,
            ),
        button: problem.signedIn ? undefined : signIn(l10n.t('Sign In…')),
        icon: 'watch',
      };
    }
    case 'not-found':
      return {
        short: l10n.t('Not found, or no access'),
        text: l10n.t(
          '{0} has no {1} that this account may see. Look at the remote of the working copy, or use another account.',
          host,
          `${owner}/${name}`,
        ),
        button: { title: l10n.t('Choose Account…'), command: 'rustCi.chooseAccount', arguments: [{ host }] },
        icon: 'search-stop',
      };
    case 'forbidden':
      return {
        short: l10n.t('Not allowed'),
        text: l10n.t('{0} does not allow it: {1}', host, problem.message),
        button: { title: l10n.t('Choose Account…'), command: 'rustCi.chooseAccount', arguments: [{ host }] },
        icon: 'lock',
      };
    case 'offline':
      return {
        short: l10n.t('Offline'),
        text: l10n.t('{0} cannot be reached ({1}). It is tried again by itself.', host, problem.message),
        button: retry(),
        icon: 'debug-disconnect',
      };
    case 'certificate':
      return {
        short: l10n.t('Certificate not trusted'),
        text: l10n.t(
          'The certificate of {0} is not trusted ({1}). Install the certificate of its authority in the system, or look at the settings of VS Code.',
          host,
          problem.message,
        ),
        button: settings(l10n.t('Open Settings'), 'http.systemCertificates'),
        icon: 'shield',
      };
    case 'proxy':
      return {
        short: l10n.t('Proxy in the way'),
        text: l10n.t('The proxy did not let the question to {0} through: {1}.', host, problem.message),
        button: settings(l10n.t('Open Settings'), 'http.proxy'),
        icon: 'globe',
      };
    case 'server':
      return {
        short: l10n.t('{0} is out of order', host),
        text: l10n.t('{0} answered with an error of its own ({1}). It is tried again by itself.', host, problem.status),
        button:
          host === 'github.com'
            ? {
                title: l10n.t('GitHub Status'),
                command: 'rustCi.openPage',
                arguments: ['https://www.githubstatus.com'],
              }
            : retry(),
        icon: 'server-environment',
      };
    case 'unsupported':
      return {
        short: l10n.t('{0} is too old for this', host),
        text: l10n.t('The version of GitHub Enterprise Server on {0} cannot tell {1}.', host, problem.operation),
        button: undefined,
        icon: 'versions',
      };
    case 'rejected':
      return {
        short: l10n.t('Refused'),
        text: l10n.t('{0} refused it ({1}): {2}', host, problem.status, problem.message),
        button: undefined,
        icon: 'error',
      };
    case 'unexpected':
      return {
        short: l10n.t('Answer not understood'),
        text: l10n.t(
          '{0} was asked for {1}, and its answer is not understood: {2}.',
          host,
          problem.operation,
          problem.message.replace(/\.$/, ''),
        ),
        button: retry(),
        icon: 'question',
      };
  }
}

/** What an error says, whether it is GitHub's or not. */
export function showError(error: unknown, repository: RepositoryId): ShownProblem {
  if (error instanceof GitHubError) return showProblem(error.problem, repository);
  const text = error instanceof Error ? error.message : String(error);
  return { short: l10n.t('It did not work'), text, button: undefined, icon: 'error' };
}

/** Tells in a notification that something that was asked for did not work. Whoever left it knows. */
export function reportError(what: string, error: unknown, repository: RepositoryId): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  const { text, button } = showError(error, repository);
  void window.showErrorMessage(`${what} ${text}`, ...(button ? [button.title] : [])).then((answer) => {
    if (button && answer === button.title) {
      void commands.executeCommand(button.command, ...(button.arguments ?? []));
    }
  });
}

/** Opens a page of the web; only such. */
export async function openPage(url: string): Promise<void> {
  const uri = Uri.parse(url, true);
  if (uri.scheme === 'https' || uri.scheme === 'http') await env.openExternal(uri);
}
