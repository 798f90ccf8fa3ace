import { abortError, isAbort } from './abort.js';
import { retryAt } from './limits.js';
import { GitHubError, type Problem } from './problem.js';
import { redact } from './redact.js';
import { isAllowed, scopesOf } from './scopes.js';
import { IncompleteAnswer } from './transport.js';

/** What was asked, so that an error can say what it is about and what helps. */
export interface Question {
  /** In words: "the runs of main". */
  readonly what: string;
  readonly token: string | null;
  readonly enterprise: boolean;
  /** Older Enterprise Servers lack it. */
  readonly recent: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** An answer that GitHub, or something on the way to it, refused with. */
interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly message: string;
}

/** Tells what went wrong from what Octokit or fetch threw. Aborts stay aborts. */
export function asGitHubError(error: unknown, question: Question): Error {
  if (error instanceof GitHubError) return error;
  if (isAbort(error)) return abortError();
  const refusal = refusalOf(error);
  const problem = refusal ? problemOfRefusal(refusal, question) : problemOfFailure(error, question);
  return new GitHubError(problem, sentence(problem, question));
}

/** An answer came, but not what was asked for. */
export function unexpected(question: Question, message: string): GitHubError {
  const problem: Problem = { kind: 'unexpected', operation: question.what, message: redact(message, question.token) };
  return new GitHubError(problem, sentence(problem, question));
}

/** A web page came instead of data: something between here and GitHub wants to be talked to first. */
export function webPage(question: Question): GitHubError {
  const problem: Problem = { kind: 'proxy', message: 'a web page came instead of data' };
  return new GitHubError(problem, sentence(problem, question));
}

function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('response' in error)) return null;
  const { response } = error;
  if (typeof response !== 'object' || response === null || !('status' in response) || !('headers' in response)) {
    return null;
  }
  const { status, headers } = response;
  if (typeof status !== 'number' || typeof headers !== 'object' || headers === null) return null;
  return { status, headers: headers as Headers, message: error.message };
}

function problemOfRefusal({ status, headers, message }: Refusal, question: Question): Problem {
  const signedIn = question.token !== null;
  const again = retryAt(status, headers, message, question.now);
  if (again !== null) return { kind: 'rate-limited', resetAt: again, signedIn };
  if (status >= 500) return { kind: 'server', status };
  if (status === 407) return { kind: 'proxy', message: 'the proxy wants a name and a password' };
  if (status === 401) return signedIn ? { kind: 'unauthorized' } : { kind: 'signed-out' };
  const sso = headers['x-github-sso'];
  if (status === 403 && sso !== undefined) {
    return { kind: 'saml', url: /url=(https:\/\/\S+)/.exec(String(sso))?.[1] ?? null };
  }
  if (status === 403 || status === 404) {
    if (!signedIn) return { kind: 'signed-out' };
    const missing = missingScopes(headers);
    if (missing.length > 0) return { kind: 'missing-scope', scopes: missing };
    if (status === 403) return { kind: 'forbidden', message: reasonOf(message, headers, question.token) };
    return question.recent && question.enterprise
      ? { kind: 'unsupported', operation: question.what }
      : { kind: 'not-found' };
  }
  if (status === 410) return { kind: 'not-found' };
  return { kind: 'rejected', status, message: reasonOf(message, headers, question.token) };
}

/** Which scope would do, if the token is a classic one that has none of those which are accepted. */
function missingScopes(headers: Headers): readonly string[] {
  const granted = scopesOf(headers['x-oauth-scopes']);
  const accepted = scopesOf(headers['x-accepted-oauth-scopes']);
  if (!granted || !accepted || isAllowed(granted, accepted)) return [];
  const preferred = ['read:packages', 'repo', 'workflow', 'read:org'].find((scope) => accepted.includes(scope));
  return preferred ? [preferred] : accepted.slice(0, 1);
}

/** GitHub's own words, without the address of their documentation; and the permission a fine-grained token lacks. */
function reasonOf(message: string, headers: Headers, token: string | null): string {
  const [said = ''] = redact(message, token).split(' - https://');
  const permissions = headers['x-accepted-github-permissions'];
  const short = said.length > 300 ? `${said.slice(0, 300)}…` : said;
  return permissions === undefined ? short : `${short} (permission needed: ${String(permissions)})`;
}

/** Codes and words by which Node, Electron and browsers tell why a connection failed. */
const certificate =
  /CERT_|CERTIFICATE|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|EPROTO|certificate/i;
const proxy = /PROXY|ERR_TUNNEL/i;

function problemOfFailure(error: unknown, { token }: Question): Problem {
  const causes = causesOf(error);
  const text = causes.map(({ code, message }) => `${code} ${message}`).join('\n');
  const last = causes.at(-1);
  const message = redact(last ? last.message || last.code : String(error), token);
  if (certificate.test(text)) return { kind: 'certificate', message };
  if (proxy.test(text)) return { kind: 'proxy', message };
  return { kind: 'offline', message };
}

function causesOf(error: unknown): { code: string; message: string }[] {
  const causes: { code: string; message: string }[] = [];
  for (let each = error; each instanceof Error && causes.length < 8; each = each.cause) {
    causes.push({ code: 'code' in each ? String(each.code) : '', message: each.message });
    // The words of ours say more than those of the connection below.
    if (each instanceof IncompleteAnswer) break;
  }
  return causes;
}

/** What happened, why, and what helps. */
function sentence(problem: Problem, { what }: Question): string {
  switch (problem.kind) {
    case 'signed-out':
      return `GitHub shows ${what} only to those it knows, or there is no such repository. Sign in to GitHub.`;
    case 'unauthorized':
      return `GitHub did not accept the sign-in when asked for ${what}: it has ended or was revoked. Sign in again.`;
    case 'saml':
      return `The organization asks for single sign-on before it shows ${what}. Authorize the sign-in for it.`;
    case 'missing-scope':
      return `The sign-in lacks the permission "${problem.scopes.join(', ')}" that ${what} needs. Grant it.`;
    case 'rate-limited': {
      const reset = new Date(problem.resetAt).toISOString().slice(11, 16);
      const help = problem.signedIn ? '' : ' Signed in, far more are allowed.';
      return `GitHub got too many requests and answers again at ${reset} UTC.${help}`;
    }
    case 'not-found':
      return `GitHub has nothing there when asked for ${what}: it is gone, or the account may not see it.`;
    case 'forbidden':
      return `GitHub refused ${what}: ${problem.message}`;
    case 'offline':
      return `GitHub can't be reached for ${what}: ${problem.message}`;
    case 'certificate':
      return `The connection to GitHub is not trusted: ${problem.message}. Check the certificates of this computer.`;
    case 'proxy':
      return `Something on the way to GitHub answered instead of it: ${problem.message}. Check the proxy settings.`;
    case 'server':
      return `GitHub failed with status ${problem.status} when asked for ${what}.`;
    case 'unsupported':
      return `This version of GitHub Enterprise Server does not know ${problem.operation}.`;
    case 'rejected':
      return `GitHub rejected ${what} (${problem.status}): ${problem.message}`;
    case 'unexpected':
      return `GitHub's answer for ${problem.operation} can't be understood: ${problem.message}`;
  }
}
