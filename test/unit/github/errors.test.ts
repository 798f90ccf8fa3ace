import assert from 'node:assert/strict';
import { asGitHubError, type Question } from '../../../src/github/errors.js';
import { GitHubError, type Problem } from '../../../src/github/problem.js';
import { redact } from '../../../src/github/redact.js';

const now = Date.UTC(2026, 10, 20, 9);
const question: Question = { what: 'the runs', token: 'secret', enterprise: false, recent: false, now };

/** As Octokit throws it. */
function refusal(status: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { status, response: { status, headers, data: { message } } });
}

function problemOf(error: unknown, asked: Partial<Question> = {}): Problem {
  const known = asGitHubError(error, { ...question, ...asked });
  assert.ok(known instanceof GitHubError);
  assert.ok(known.message.length > 20);
  return known.problem;
}

const failure = (code: string, message: string) =>
  Object.assign(new Error(message), {
    status: 500,
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }),
  });

describe('what went wrong with GitHub', () => {
  const table: readonly [string, Error, Partial<Question>, Problem][] = [
    ['a token that is not accepted', refusal(401, 'Bad credentials'), {}, { kind: 'unauthorized' }],
    [
      'a question that needs a sign-in',
      refusal(401, 'Requires authentication'),
      { token: null },
      { kind: 'signed-out' },
    ],
    ['what only some may see, signed out', refusal(404, 'Not Found'), { token: null }, { kind: 'signed-out' }],
    [
      'single sign-on',
      refusal(403, 'Resource protected by organization SAML enforcement', {
        'x-github-sso': 'required; url=https://github.com/orgs/octo/sso?authorization_request=A',
      }),
      {},
      { kind: 'saml', url: 'https://github.com/orgs/octo/sso?authorization_request=A' },
    ],
    [
      'a scope that is missing, where GitHub hides that there is something',
      refusal(404, 'Not Found', { 'x-oauth-scopes': 'gist', 'x-accepted-oauth-scopes': 'repo' }),
      {},
      { kind: 'missing-scope', scopes: ['repo'] },
    ],
    [
      'a scope that is missing for packages',
      refusal(403, 'You need at least read:packages scope', {
        'x-oauth-scopes': 'repo, workflow',
        'x-accepted-oauth-scopes': 'read:packages, write:packages',
      }),
      {},
      { kind: 'missing-scope', scopes: ['read:packages'] },
    ],
    [
      'what is not there, for a token that may see it',
      refusal(404, 'Not Found', { 'x-oauth-scopes': 'repo', 'x-accepted-oauth-scopes': 'repo:status, public_repo' }),
      {},
      { kind: 'not-found' },
    ],
    ['what is gone', refusal(410, 'Gone'), {}, { kind: 'not-found' }],
    [
      'what an Enterprise Server lacks',
      refusal(404, 'Not Found'),
      { enterprise: true, recent: true },
      { kind: 'unsupported', operation: 'the runs' },
    ],
    ['what an Enterprise Server has not', refusal(404, 'Not Found'), { enterprise: true }, { kind: 'not-found' }],
    [
      'a permission of a fine-grained token',
      refusal(403, 'Resource not accessible by personal access token - https://docs.github.com/x', {
        'x-accepted-github-permissions': 'actions=read',
      }),
      {},
      {
        kind: 'forbidden',
        message: 'Resource not accessible by personal access token (permission needed: actions=read)',
      },
    ],
    [
      'the limit of the hour',
      refusal(403, 'API rate limit exceeded for user ID 1.', {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(now / 1000 + 600),
      }),
      {},
      { kind: 'rate-limited', resetAt: now + 600_000, signedIn: true },
    ],
    [
      'a secondary limit, whose time goes before that of the hour',
      refusal(429, 'You have exceeded a secondary rate limit', {
        'retry-after': '30',
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(now / 1000 + 600),
      }),
      {},
      { kind: 'rate-limited', resetAt: now + 30_000, signedIn: true },
    ],
    [
      'a secondary limit without a time',
      refusal(403, 'You have exceeded a secondary rate limit. Please wait a few minutes.'),
      { token: null },
      { kind: 'rate-limited', resetAt: now + 60_000, signedIn: false },
    ],
    ['a server error', refusal(502, '<html>'), {}, { kind: 'server', status: 502 }],
    [
      'a proxy that wants a password',
      refusal(407, ''),
      {},
      { kind: 'proxy', message: 'the proxy wants a name and a password' },
    ],
    [
      'what GitHub objects to',
      refusal(422, 'Invalid request.'),
      {},
      { kind: 'rejected', status: 422, message: 'Invalid request.' },
    ],
    [
      'no network',
      failure('ENOTFOUND', 'getaddrinfo ENOTFOUND api.github.com'),
      {},
      { kind: 'offline', message: 'getaddrinfo ENOTFOUND api.github.com' },
    ],
    [
      'a refused connection',
      failure('ECONNREFUSED', 'connect ECONNREFUSED'),
      {},
      { kind: 'offline', message: 'connect ECONNREFUSED' },
    ],
    [
      'a certificate of a company that is not trusted',
      failure('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'),
      {},
      { kind: 'certificate', message: 'self-signed certificate in certificate chain' },
    ],
    [
      'a certificate, as Electron says it',
      failure('', 'net::ERR_CERT_AUTHORITY_INVALID'),
      {},
      { kind: 'certificate', message: 'net::ERR_CERT_AUTHORITY_INVALID' },
    ],
    [
      'a proxy, as Electron says it',
      failure('', 'net::ERR_PROXY_CONNECTION_FAILED'),
      {},
      { kind: 'proxy', message: 'net::ERR_PROXY_CONNECTION_FAILED' },
    ],
  ];
  for (const [what, error, asked, problem] of table) {
    it(`tells ${what}`, () => {
      assert.deepEqual(problemOf(error, asked), problem);
    });
  }

  it('leaves what was stopped as it is', () => {
    const stopped = asGitHubError(new DOMException('This operation was aborted', 'AbortError'), question);
    assert.equal(stopped.name, 'AbortError');
    assert.equal(stopped instanceof GitHubError, false);
  });

  it('says what happened and what helps', () => {
    const { message } = asGitHubError(refusal(401, 'Bad credentials'), question);
    assert.equal(
      message,
      'GitHub did not accept the sign-in when asked for the runs: it has ended or was revoked. Sign in again.',
    );
  });

  it('takes tokens and signatures out of what is shown', () => {
    assert.equal(redact('with secret inside', 'secret'), 'with [token] inside');
    assert.equal(redact(`used gho_${'a'.repeat(36)} here`), 'used [token] here');
    assert.equal(redact(`used github_pat_${'A1_'.repeat(20)} here`), 'used [token] here');
    assert.equal(
      redact('GET https://x.blob.example.com/a.zip?se=1&sig=abc 403'),
      'GET https://x.blob.example.com/a.zip 403',
    );
  });
});
