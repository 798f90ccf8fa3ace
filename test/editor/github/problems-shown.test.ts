import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { showProblem } from '../../../src/editor/github/problems-shown.js';
import type { Problem } from '../../../src/github/problem.js';

const problems: Readonly<Record<Problem['kind'], Problem>> = {
  'signed-out': { kind: 'signed-out' },
  unauthorized: { kind: 'unauthorized' },
  saml: { kind: 'saml', url: 'https://github.com/orgs/octo/sso' },
  'missing-scope': { kind: 'missing-scope', scopes: ['read:packages'] },
  'rate-limited': { kind: 'rate-limited', resetAt: Date.UTC(2026, 10, 24, 12), signedIn: false },
  'not-found': { kind: 'not-found' },
  forbidden: { kind: 'forbidden', message: 'Resource not accessible by personal access token' },
  offline: { kind: 'offline', message: 'ECONNREFUSED' },
  certificate: { kind: 'certificate', message: 'SELF_SIGNED_CERT_IN_CHAIN' },
  proxy: { kind: 'proxy', message: 'a web page came instead of data' },
  server: { kind: 'server', status: 502 },
  unsupported: { kind: 'unsupported', operation: 'the rules of the branch' },
  rejected: { kind: 'rejected', status: 422, message: 'Unexpected inputs' },
  unexpected: { kind: 'unexpected', operation: 'the runs', message: 'id: not a number' },
};

describe('a problem with GitHub', () => {
  const repository = { host: 'git.example.com', owner: 'octo', name: 'tally' };

  for (const problem of Object.values(problems)) {
    it(`is told with what helps: ${problem.kind}`, async () => {
      const { short, text, button } = showProblem(problem, repository);
      assert.ok(short.length > 0 && short.length < 50, short);
      assert.match(text, /git\.example\.com|octo/);
      assert.match(text, /\.$|[a-z]$/);
      if (button) assert.ok((await commands.getCommands()).includes(button.command), button.command);
    });
  }

  it('is told in another way for each kind', () => {
    const texts = Object.values(problems).map((problem) => showProblem(problem, repository).text);
    assert.equal(new Set(texts).size, texts.length);
  });

  it('offers signing in only where that helps', () => {
    const limited = { kind: 'rate-limited', resetAt: 0 } as const;
    assert.equal(showProblem({ ...limited, signedIn: true }, repository).button, undefined);
    assert.equal(showProblem({ ...limited, signedIn: false }, repository).button?.command, 'rustCi.signIn');
  });
});
