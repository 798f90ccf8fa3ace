import assert from 'node:assert/strict';
import { ArtifactError } from '../../../src/github/artifact-error.js';
import { createGitHub } from '../../../src/github/client.js';
import { downloadArtifact } from '../../../src/github/artifact.js';
import { GitHubError } from '../../../src/github/problem.js';
import type { ArtifactPlan, Fault } from '../../github/github.js';
import { here, standIn } from '../github/stand-in.js';
import { connect, gate, headOf, pipeline, push, report } from './setting.js';
import { gatesShown } from './truth.js';

describe('artifacts at the stand-in', () => {
  const test = standIn();

  async function uploaded(...artifacts: readonly ArtifactPlan[]) {
    const repository = test.github.repository(here.owner, here.repo, { private: true });
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', { jobs: [{ name: 'test', artifacts }] });
    repository.run({ workflow: 'test.yml' });
    test.github.finish();
    const setting = connect(test.github, headOf(repository));
    setting.store.watch('status');
    await setting.advance(0);
    const [run] = setting.store.snapshot.runs;
    assert.ok(run);
    const found = await setting.store.artifacts(run);
    return { ...setting, repository, run, found };
  }

  it('are listed and read', async () => {
    const { store, found, dispose } = await uploaded(
      { name: 'coverage-lcov', content: { 'lcov.info': 'SF:src/lib.rs', 'sub/other.info': 'x' } },
      { name: 'notes', content: { 'notes.txt': 'Hi' } },
    );
    assert.deepEqual(found.map(({ name }) => name).sort(), ['coverage-lcov', 'notes']);
    const artifact = found.find(({ name }) => name === 'coverage-lcov');
    assert.ok(artifact);
    const files = await store.artifactFiles(artifact);
    assert.deepEqual([...files.keys()].sort(), ['lcov.info', 'sub/other.info']);
    assert.equal(new TextDecoder().decode(files.get('lcov.info')), 'SF:src/lib.rs');
    dispose();
  });

  it('may be single files without an archive', async () => {
    const { store, found, dispose } = await uploaded({ name: 'lcov.info', content: new TextEncoder().encode('SF:a') });
    const [artifact] = found;
    assert.ok(artifact);
    const files = await store.artifactFiles(artifact);
    assert.equal(new TextDecoder().decode(files.get('lcov.info')), 'SF:a');
    dispose();
  });

  const hostile: readonly [string, ArtifactPlan, Fault | null, ArtifactError['reason']][] = [
    ['have another digest', { name: 'a', content: { a: '1' }, digest: `sha256:${'0'.repeat(64)}` }, null, 'damaged'],
    ['lead out of their folder', { name: 'a', content: { '../a': '1' } }, null, 'refused'],
    ['have expired', { name: 'a', content: { a: '1' } }, { kind: 'gone' }, 'expired'],
    ['are no archive', { name: 'a', content: { a: '1' } }, { kind: 'not-a-zip' }, 'damaged'],
  ];
  for (const [what, plan, fault, reason] of hostile) {
    it(`are refused when they ${what}`, async () => {
      const { store, found, dispose } = await uploaded(plan);
      const [artifact] = found;
      assert.ok(artifact);
      if (fault) test.github.fault('actions/download-artifact', fault, 10);
      await assert.rejects(store.artifactFiles(artifact), (error: Error) => {
        assert.ok(error instanceof ArtifactError, String(error));
        assert.equal(error.reason, reason);
        return true;
      });
      dispose();
    });
  }

  it('are not taken half', async () => {
    const { store, found, dispose } = await uploaded({ name: 'a', content: { a: 'x'.repeat(10_000) } });
    const [artifact] = found;
    assert.ok(artifact);
    test.github.fault('actions/download-artifact', { kind: 'cut-download' }, 10);
    await assert.rejects(store.artifactFiles(artifact), (error: Error) => error instanceof GitHubError);
    dispose();
  });

  it('are not asked for when they are too large', async () => {
    const { github, found, dispose } = await uploaded({ name: 'a', content: { a: 'x'.repeat(5000) } });
    const [artifact] = found;
    assert.ok(artifact);
    test.github.forgetRequests();
    const bounds = { entries: 10, bytes: 1000, download: 10 };
    await assert.rejects(downloadArtifact(github, here, artifact, undefined, bounds), ArtifactError);
    assert.equal(test.github.requests.length, 0);
    const unpacked = downloadArtifact(github, here, artifact, undefined, { ...bounds, download: 100_000 });
    await assert.rejects(unpacked, (error: Error) => error instanceof ArtifactError && error.reason === 'too-large');
    dispose();
  });

  it('come from a storage that never sees the token', async () => {
    const { found, dispose } = await uploaded({ name: 'a', content: { a: '1' } });
    const [artifact] = found;
    assert.ok(artifact);
    const seen: { url: string; authorization: string | null }[] = [];
    const token = test.github.token();
    const github = createGitHub({
      apiUrl: test.github.apiUrl,
      webUrl: 'https://github.com',
      token: () => token,
      fetch: (url, init) => {
        seen.push({ url, authorization: new Headers(init.headers).get('authorization') });
        return fetch(url, init);
      },
    });
    await downloadArtifact(github, here, artifact);
    assert.deepEqual(
      seen.map(({ url, authorization }) => [new URL(url).origin, authorization]),
      [
        [new URL(test.github.apiUrl).origin, `Bearer ${token}`],
        [new URL(test.github.blobUrl).origin, null],
      ],
    );
    dispose();
  });

  const reports: readonly [string, string, RegExp][] = [
    ['is no JSON', '{"schema": 1', /JSON/],
    ['is of a later version', '{"schema": 2}', /schema version 2/],
    ['lacks what a report has', '{"schema": 1}', /is not a report/],
    [
      'is of another run',
      JSON.stringify({
        schema: 1,
        workflow: 'test',
        repository: 'octo/tally',
        commit: 'a'.repeat(40),
        ref: 'main',
        event: 'push',
        run: { id: 1, number: 1, attempt: 1 },
        created: '2026-11-20T09:00:00Z',
        gates: [gate('clippy')],
      }),
      /another run/,
    ],
  ];
  for (const [what, content, reason] of reports) {
    it(`are not believed when the report in them ${what}`, async () => {
      const { store, run, dispose } = await uploaded({
        name: 'rust-ci-report',
        content: { 'rust-ci-report.json': content },
      });
      assert.equal(store.connection.problem, null);
      const { current } = store.snapshot;
      assert.ok(current);
      assert.equal(current.reports.size, 0);
      assert.match(current.unreadable.get(run.id) ?? '', reason);
      assert.equal(current.jobs.get(run.id)?.length, 1, 'then its jobs are looked at');
      dispose();
    });
  }

  it('are read once: what is on disk is not asked for again', async () => {
    const repository = pipeline(test.github);
    push(repository);
    repository.run({
      workflow: 'benchmarks.yml',
      jobs: [{ name: 'benchmarks', artifacts: report('benchmarks', [gate('benchmarks')]) }],
    });
    test.github.finish();
    const kept = new Map<string, unknown>();
    const disk = {
      read: <T>(key: string) => Promise.resolve((kept.get(key) ?? null) as T | null),
      write: (key: string, value: unknown) => {
        kept.set(key, value);
        return Promise.resolve();
      },
    };
    const first = connect(test.github, headOf(repository), { disk });
    first.store.watch('status');
    await first.advance(0);
    first.dispose();
    test.github.forgetRequests();
    const second = connect(test.github, headOf(repository), { disk });
    second.store.watch('status');
    await second.advance(0);
    assert.equal(gatesShown(second.store.snapshot)['clippy'], 'passed');
    assert.deepEqual(
      test.github.requests.filter(({ operationId }) => operationId === 'actions/download-artifact'),
      [],
    );
    second.dispose();
  });
});
