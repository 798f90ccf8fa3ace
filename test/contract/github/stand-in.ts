import assert from 'node:assert/strict';
import { Octokit } from '@octokit/rest';
import { startGitHub, type GitHub, type GitHubOptions } from '../../github/github.js';

/** Starts a stand-in for each test, and fails the test if anything was asked or answered against the description. */
export function standIn(options: GitHubOptions = {}): { readonly github: GitHub } {
  let github: GitHub | undefined;
  beforeEach(async () => {
    github = await startGitHub({ time: Date.UTC(2026, 10, 20, 9), ...options });
  });
  afterEach(async () => {
    const violations = github?.violations.map(
      ({ side, operationId, method, path, message }) =>
        `${side} of ${operationId ?? 'nothing'} (${method} ${path}): ${message}`,
    );
    await github?.stop();
    assert.deepEqual(violations, []);
  });
  return {
    get github() {
      assert.ok(github, 'it starts with the test');
      return github;
    },
  };
}

/** @param token null: signed out; default: a new one */
export function client(github: GitHub, token: string | null = github.token()): Octokit {
  const nothing = () => undefined;
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  return new Octokit({ baseUrl: github.apiUrl, log: silent, ...(token === null ? {} : { auth: token }) });
}

/** What GitHub answers when it refuses. */
export async function refused(
  promise: Promise<unknown>,
): Promise<{ status: number; message: string; headers: Record<string, unknown> }> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error && 'status' in error && typeof error.status === 'number', String(error));
    const response =
      'response' in error ? (error.response as { headers?: Record<string, unknown> } | undefined) : undefined;
    return { status: error.status, message: error.message, headers: response?.headers ?? {} };
  }
  throw new assert.AssertionError({ message: 'It was not refused.' });
}

/** The repository that the tests are about. */
export const here = { owner: 'octo', repo: 'tally' };
