import assert from 'node:assert/strict';
import * as v from 'valibot';
import { getRepository } from '../../../src/github/api/repository.js';
import { createOperations } from '../../../src/github/api/operations.js';
import type { GitHub } from '../../../src/github/client.js';
import { GitHubError, type Problem } from '../../../src/github/problem.js';
import { answering, cut, json, text } from './fake-fetch.js';

const here = { owner: 'octo', repo: 'tally' };
const repository = { id: 7, name: 'tally', default_branch: 'main', owner: { login: 'octo', type: 'Organization' } };
const ask = (github: GitHub, signal?: AbortSignal) => getRepository(github, here, signal);

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof GitHubError, String(error));
    return error.problem;
  }
  throw new assert.AssertionError({ message: 'It was not refused.' });
}

describe('the client of GitHub', () => {
  it('says which version of the API it reads, who it is, and for whom it asks', async () => {
    const { github, asked } = answering([json(repository)]);
    await ask(github);
    const [request] = asked;
    assert.equal(request?.url, 'https://api.github.com/repos/octo/tally');
    assert.equal(request.headers.get('x-github-api-version'), '2022-11-28');
    assert.match(request.headers.get('user-agent') ?? '', /^rust-ci-pipeline /);
    assert.equal(request.headers.get('authorization'), 'Bearer secret-token-of-maria');
  });

  it('sends no authorization while nobody is signed in', async () => {
    const { github, asked, token } = answering([json(repository)]);
    token.value = null;
    await ask(github);
    assert.equal(asked[0]?.headers.has('authorization'), false);
  });

  it('takes an answer that was cut for no answer, and asks once more', async () => {
    const { github, asked } = answering([cut('{"id": 7, "na'), json(repository)]);
    assert.equal((await ask(github)).id, 7);
    assert.equal(asked.length, 2);
  });

  it('reports an answer that is cut again and again as a lost connection', async () => {
    const { github, asked } = answering([cut('{"id": 7, "na')]);
    assert.deepEqual(await problemOf(ask(github)), {
      kind: 'offline',
      message: 'The connection ended in the middle of the answer.',
    });
    assert.equal(asked.length, 2);
  });

  it('does not believe what is no JSON', async () => {
    const { github } = answering([text('{"id": 7, "na', { 'content-type': 'application/json' })]);
    const problem = await problemOf(ask(github));
    assert.equal(problem.kind, 'unexpected');
  });

  it('does not believe an empty answer, nor a 304 that it did not ask for', async () => {
    for (const answer of [text('', { 'content-type': 'application/json' }), text('', {}, 304)]) {
      assert.equal((await problemOf(ask(answering([answer]).github))).kind, 'unexpected');
    }
  });

  it('knows the page of a proxy from an answer', async () => {
    const { github } = answering([text('<html>Please log in</html>', { 'content-type': 'text/html' })]);
    assert.equal((await problemOf(ask(github))).kind, 'proxy');
  });

  it('names the key that is wrong', async () => {
    const { github } = answering([json({ ...repository, default_branch: null })]);
    await assert.rejects(ask(github), /GitHub's answer for the repository can't be understood: default_branch: /);
  });

  it('does not round ids that JavaScript cannot hold', async () => {
    const { github } = answering([
      text('{"id": 9007199254740993, "name": "a", "default_branch": "main", "owner": {"login": "o"}}', {
        'content-type': 'application/json',
      }),
    ]);
    assert.equal((await problemOf(ask(github))).kind, 'unexpected');
  });

  it('gives the answer from before when GitHub says that nothing changed', async () => {
    const { github, asked } = answering([json(repository, { etag: 'W/"1"' }), text('', {}, 304)]);
    const first = await ask(github);
    assert.equal(await ask(github), first);
    assert.equal(asked[0]?.headers.has('if-none-match'), false);
    assert.equal(asked[1]?.headers.get('if-none-match'), 'W/"1"');
    assert.deepEqual(github.sent, { requests: 2, counted: 1 });
  });

  it('keeps what one account was told from another one', async () => {
    const { github, asked, token } = answering([
      json(repository, { etag: 'W/"1"' }),
      json({ ...repository, id: 8 }, { etag: 'W/"2"' }),
    ]);
    await ask(github);
    token.value = 'secret-token-of-omar';
    assert.equal((await ask(github)).id, 8);
    assert.equal(asked[1]?.headers.has('if-none-match'), false);
  });

  for (const status of [403, 429]) {
    it(`asks once when it is told ${status} for too many requests, and not again before the time`, async () => {
      const { github, asked, clock } = answering([
        json({ message: 'API rate limit exceeded' }, { 'retry-after': '90' }, status),
        json(repository),
      ]);
      const resetAt = clock.now() + 90_000;
      assert.deepEqual(await problemOf(ask(github)), { kind: 'rate-limited', resetAt, signedIn: true });
      assert.equal(asked.length, 1);
      assert.equal((await problemOf(ask(github))).kind, 'rate-limited');
      assert.equal(asked.length, 1, 'nothing was sent');
      await clock.advance(90_000);
      assert.equal((await ask(github)).id, 7);
    });
  }

  it('asks at once again when another account signs in, whatever the last one used up', async () => {
    const { github, token } = answering([
      json({ message: 'API rate limit exceeded' }, { 'retry-after': '90' }, 403),
      json(repository),
    ]);
    await problemOf(ask(github));
    token.value = 'secret-token-of-omar';
    assert.equal((await ask(github)).id, 7);
  });

  it('asks a second time after a server error', async () => {
    const { github, asked } = answering([text('<html>Bad gateway</html>', { 'content-type': 'text/html' }, 502)]);
    assert.deepEqual(await problemOf(ask(github)), { kind: 'server', status: 502 });
    assert.equal(asked.length, 2);
  });

  it('sends what changes something once, whatever happens', async () => {
    const broken = [
      text('', {}, 502),
      new TypeError('fetch failed', { cause: new Error('read ECONNRESET') }),
      json({ message: 'x' }, {}, 500),
    ];
    for (const answer of broken) {
      const { github, asked } = answering([answer]);
      await assert.rejects(createOperations(github, here).dispatch({ id: 1 }, 'main', {}), GitHubError);
      assert.equal(asked.length, 1);
    }
  }).timeout(60_000);

  it('stops when it is told to: while it waits for an answer, and while it waits to ask again', async () => {
    for (const answers of [['silence' as const], [text('', {}, 502)]]) {
      const { github, logged } = answering(answers, { retryAfter: 60_000 });
      const controller = new AbortController();
      const answer = ask(github, controller.signal);
      setTimeout(() => {
        controller.abort();
      }, 5);
      await assert.rejects(answer, (error: Error) => error.name === 'AbortError');
      assert.deepEqual(
        logged.filter((line) => line.includes('failed')),
        [],
      );
    }
  });

  it('does not ask when it was told to stop before', async () => {
    const { github, asked } = answering([json(repository)]);
    await assert.rejects(ask(github, AbortSignal.abort()), (error: Error) => error.name === 'AbortError');
    assert.equal(asked.length, 0);
  });

  it('gives up waiting after half a minute', async () => {
    const { github, clock } = answering(['silence'], { retryAfter: 0 });
    const state = { answered: false };
    const answer = problemOf(ask(github)).finally(() => {
      state.answered = true;
    });
    // Octokit's plugins wait by timers of their own, which a busy machine runs late.
    while (!state.answered) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await clock.advance(30_000);
    }
    assert.deepEqual(await answer, { kind: 'offline', message: 'No whole answer came within 30 seconds.' });
    assert.equal(clock.armed, 0);
  });

  it('follows no redirect with the token, and fetches from elsewhere without it', async () => {
    const signed = 'https://storage.example.com/a.zip?sig=SIGNATURE';
    const { github, asked, logged } = answering([
      text('', { location: signed }, 302),
      text('bytes', { 'content-type': 'application/zip' }),
    ]);
    const { rest } = github;
    const first = await github.raw(
      rest.actions.downloadArtifact,
      { ...here, artifact_id: 1, archive_format: 'zip' },
      { what: 'the artifact' },
    );
    assert.equal(first.location, signed);
    assert.equal(asked[0]?.redirect, 'manual');
    const { bytes } = await github.blob(signed, { timeout: 1000, bytes: 100 }, { what: 'the artifact' });
    assert.equal(new TextDecoder().decode(bytes), 'bytes');
    assert.equal(asked[1]?.headers.has('authorization'), false);
    assert.equal(
      logged.some((line) => line.includes('SIGNATURE')),
      false,
    );
    assert.ok(logged.some((line) => line.includes('https://storage.example.com/a.zip')));
  });

  it('lets a browser follow a redirect that it hides', async () => {
    const { github, asked } = answering([Response.error(), text('bytes', { 'content-type': 'application/zip' })]);
    const parameters = { ...here, artifact_id: 1, archive_format: 'zip' };
    const answer = await github.raw(github.rest.actions.downloadArtifact, parameters, { what: 'the artifact' });
    assert.equal(new TextDecoder().decode(answer.bytes), 'bytes');
    assert.deepEqual(
      asked.map(({ redirect }) => redirect),
      ['manual', undefined],
    );
  });

  it('takes no more bytes than it was told to', async () => {
    const { github } = answering([text('x'.repeat(101))]);
    const answer = github.blob('https://storage.example.com/', { timeout: 1000, bytes: 100 }, { what: 'the artifact' });
    await assert.rejects(answer, GitHubError);
  });

  it('tells nobody the token', async () => {
    const words = 'secret-token-of-maria';
    const failures = [
      json({ message: `Bad credentials: ${words}` }, {}, 403),
      json({ message: `Bad credentials: ${words}` }, {}, 422),
      json({ message: `Bad credentials: ${words}` }, {}, 401),
      new TypeError('fetch failed', { cause: new Error(`connect failed for https://x.example.com/?token=${words}`) }),
      json({ message: words }),
    ];
    for (const failure of failures) {
      const { github, logged } = answering([failure]);
      const error: unknown = await ask(github).catch((reason: unknown) => reason);
      assert.ok(error instanceof GitHubError);
      const told = [error.message, JSON.stringify(error.problem), String(error.cause), error.stack, ...logged].join(
        '\n',
      );
      assert.equal(told.includes(words), false, told);
    }
  });

  it('tells how many requests are left', async () => {
    const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4321', 'x-ratelimit-reset': '1764000000' };
    const { github, token } = answering([json(repository, headers), json(repository)]);
    assert.equal(github.limit(), null);
    await ask(github);
    assert.deepEqual(github.limit(), { limit: 5000, remaining: 4321, resetAt: 1_764_000_000_000 });
    token.value = null;
    await ask(github);
    assert.equal(github.limit(), null, 'these were those of another account');
  });

  it('reads pages by their links', async () => {
    const next = '<https://api.github.com/repositories/7/x?page=2>; rel="next", <https://api.github.com/x>; rel="last"';
    const { github } = answering([json([1], { link: next }), json([2])]);
    const { rest } = github;
    const page = (number: number) =>
      github.page(rest.repos.listReleases, { ...here, page: number }, v.array(v.number()), { what: 'the releases' });
    assert.deepEqual(await page(1), { value: [1], more: true, unchanged: false });
    assert.deepEqual(await page(2), { value: [2], more: false, unchanged: false });
  });
});
