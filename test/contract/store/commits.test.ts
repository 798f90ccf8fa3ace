import assert from 'node:assert/strict';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import { here, standIn } from '../github/stand-in.js';
import { connect, headOf, pipeline, push } from './setting.js';
import { assertNothingMadeUp, gatesShown } from './truth.js';

describe('the store at the stand-in: which commits it looks at', () => {
  const test = standIn();

  it('shows a branch of its own beside the default branch', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    repository.branch('faster');
    const { sha } = repository.commit({ message: 'Count faster', branch: 'faster' });
    const runs = push(repository, 'faster');
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository, 'faster'));
    let first = 0;
    store.onDidChange(() => {
      if (first === 0 && store.snapshot.current) first = test.github.requests.length;
    });
    store.watch('status');
    await advance(0);
    assert.ok(first <= 8, `${first} requests`);
    const { current, main, earlier, defaultBranch } = store.snapshot;
    assert.equal(defaultBranch, 'main');
    assert.equal(current?.sha, sha);
    assert.deepEqual(current.runs.map(({ id }) => id).sort(), runs.map(({ id }) => id).sort());
    assert.equal(main?.sha, repository.git.branches.get('main'));
    assert.equal(main?.reports.size, 2);
    assert.equal(earlier, null);
    dispose();
  });

  it('calls a verdict stale until the new commit has its own', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const before = headOf(repository);
    const { store, advance, dispose } = connect(test.github, before);
    store.watch('status');
    await advance(0);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');

    const { sha } = repository.commit({ message: 'Count faster' });
    store.setHead({ branch: 'main', sha, pushedSha: before.sha });
    assert.equal(gatesShown(store.snapshot)['clippy'], 'stale', 'at once, before anything was asked');
    await advance(0);
    const stale = verdictOf(store.snapshot).gates.find(({ id }) => id === 'clippy');
    assert.deepEqual([stale?.state, stale?.was, stale?.sha], ['stale', 'passed', before.sha]);
    assert.equal(store.snapshot.earlier?.sha, before.sha);

    push(repository);
    store.setHead({ branch: 'main', sha, pushedSha: sha });
    test.github.advance('1s');
    await advance(0);
    assert.equal(store.snapshot.current?.sha, sha);
    assert.notEqual(gatesShown(store.snapshot)['clippy'], 'passed');
    test.github.finish();
    await advance(60_000);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    assert.equal(store.snapshot.earlier, null);
    assertNothingMadeUp(store.snapshot, repository);
    dispose();
  });

  it('shows nothing of a branch that one has left, while the next one is asked for', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    repository.branch('faster');
    const { sha } = repository.commit({ message: 'Count faster', branch: 'faster' });
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    store.setHead({ branch: 'faster', sha, pushedSha: null });
    assert.equal(store.snapshot.head.branch, 'faster');
    assert.equal(store.snapshot.current, null);
    assert.deepEqual(store.snapshot.runs, []);
    assert.notEqual(gatesShown(store.snapshot)['clippy'], 'passed');
    await advance(0);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'stale');
    dispose();
  });

  it('knows a commit of a new branch by the runs that it had on the old one', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { sha } = headOf(repository);
    const { store, advance, dispose } = connect(test.github, { branch: 'new', sha, pushedSha: null });
    store.watch('status');
    await advance(0);
    assert.equal(store.snapshot.current?.sha, sha);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    dispose();
  });

  it('finds the runs of a commit without a branch', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { sha } = headOf(repository);
    repository.commit({ message: 'Another one' });
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, { branch: null, sha, pushedSha: null });
    store.watch('status');
    await advance(0);
    assert.equal(store.snapshot.current?.sha, sha);
    assert.equal(store.snapshot.runs.length, 2);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    dispose();
  });

  it('looks at the newest judged commit where no commit is known, as in the web', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { sha } = headOf(repository);
    for (const branch of ['main', null]) {
      const { store, advance, dispose } = connect(test.github, { branch, sha: null, pushedSha: null });
      store.watch('status');
      await advance(0);
      assert.equal(store.snapshot.runs.length, 2, String(branch));
      assert.equal(store.snapshot.current?.sha, sha, String(branch));
      assert.equal(gatesShown(store.snapshot)['clippy'], 'passed', String(branch));
      const verdict = verdictOf(store.snapshot);
      assert.deepEqual([verdict.branch, verdict.sha], ['main', sha], String(branch));
      dispose();
    }
  });

  it('keeps what a push found when a schedule runs the same workflow later', async () => {
    const repository = test.github.repository(here.owner, here.repo, { private: true });
    repository.commit({ message: 'Count words' });
    repository.workflow('ci.yml', { jobs: [{ name: 'clippy', conclusion: 'failure' }] });
    repository.run({ workflow: 'ci.yml' });
    test.github.finish();
    repository.workflow('ci.yml', { jobs: [{ name: 'links' }] });
    repository.run({ workflow: 'ci.yml', event: 'schedule' });
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'failed');
    dispose();
  });

  it('shows checks of others, and what the branch requires', async () => {
    const repository = pipeline(test.github);
    const { sha } = headOf(repository);
    repository.checks.check(sha ?? '', 'codecov/project', { title: '81.90% (+0.20%) compared to 1a2b3c4' });
    repository.checks.status(sha ?? '', 'ci/other', { state: 'failure', description: 'It broke' });
    repository.rules.require('test-gate');
    repository.rules.protection.set('main', ['ci/other']);
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    push(repository);
    test.github.finish();
    store.watch('status');
    await advance(0);
    assert.deepEqual(store.snapshot.required?.map(({ name }) => name).sort(), ['ci/other', 'test-gate']);
    const checks = store.snapshot.current?.checks ?? [];
    const status = checks.find(({ name }) => name === 'ci/other');
    assert.deepEqual([status?.app, status?.conclusion, status?.summary], [null, 'failure', 'It broke']);
    assert.equal(checks.find(({ app }) => app === 'codecov')?.summary, '81.90% (+0.20%) compared to 1a2b3c4');
    assert.equal(gatesShown(store.snapshot)['check/ci/other'], 'failed');
    dispose();
  });

  it('reads all pages of statuses and workflows: what fails may be on the last', async () => {
    const repository = pipeline(test.github);
    const { sha } = headOf(repository);
    for (let index = 0; index < 120; index++) {
      repository.checks.status(sha ?? '', `ci/${index}`, {
        state: index === 119 || index === 0 ? 'failure' : 'success',
      });
      repository.workflow(`other-${index}.yml`, { dispatch: {}, jobs: [{ name: 'other' }] });
    }
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    store.watch('status');
    await advance(0);
    const shown = gatesShown(store.snapshot);
    assert.deepEqual([shown['check/ci/0'], shown['check/ci/119']], ['failed', 'failed']);
    assert.equal(store.snapshot.workflows?.length, 126);
    dispose();
  });

  it('does without checks where the token may not read them', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, advance, dispose } = connect(test.github, headOf(repository));
    test.github.fault('checks/list-for-ref', { kind: 'status', status: 403, message: 'Resource not accessible' }, 1000);
    store.watch('status');
    await advance(0);
    assert.equal(store.connection.problem, null);
    assert.equal(store.connection.problems?.get('checks')?.kind, 'forbidden');
    assert.equal(store.snapshot.current?.checks, null);
    assert.equal(gatesShown(store.snapshot)['clippy'], 'passed');
    dispose();
  });
});
