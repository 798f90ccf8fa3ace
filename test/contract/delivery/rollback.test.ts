import assert from 'node:assert/strict';
import { candidatesOf } from '../../../src/core/rollback/candidates.js';
import { createOperations } from '../../../src/github/api/operations.js';
import { getRun, listPending } from '../../../src/github/api/runs.js';
import { here } from '../github/stand-in.js';
import { prepareAt, rollBackAt, startPlace, type Place } from './place.js';

describe('a rollback at the stand-in', () => {
  let place: Place;

  beforeEach(async () => {
    place = await startPlace();
  });
  afterEach(async () => {
    const violations = place.double.violations.map(({ message }) => message);
    await place.stop();
    assert.deepEqual(violations, []);
  });

  it('goes from the candidates to the proof of the registry', async () => {
    const github = place.client();
    const prepared = await prepareAt(github);
    assert.ok(prepared.kind === 'ready');
    assert.deepEqual(
      candidatesOf(prepared.facts).map(({ version, release, platforms }) => [version, release?.tag, platforms]),
      [
        ['1.4.1', 'v1.4.1', ['linux/amd64', 'linux/arm64']],
        ['1.4.0', 'v1.4.0', ['linux/amd64', 'linux/arm64']],
      ],
    );
    const { outcome, news } = await rollBackAt(place, github);
    assert.ok(outcome?.kind === 'done');
    assert.deepEqual(outcome.truth, {
      kind: 'shown',
      latest: place.digest('1.4.1'),
      platforms: ['linux/amd64', 'linux/arm64'],
      missing: [],
      source: 'registry',
    });
    const stages = [...new Set(news.map(({ stage }) => (stage.at === 'running' ? stage.step : stage.at)))];
    assert.deepEqual(stages, [
      'dispatching',
      'queued',
      'Find the image',
      'Move latest',
      'Mark the release as the latest one',
      'Run notify',
      'verifying',
      'over',
    ]);
    assert.equal(place.live, place.digest('1.4.1'));
    assert.equal(place.dispatches, 1);
  });

  it('knows the version that was rolled back from, and its reason, from the report; undo goes the same way', async () => {
    const github = place.client();
    await rollBackAt(place, github);
    const after = await prepareAt(github);
    assert.ok(after.kind === 'ready');
    const [newest] = candidatesOf(after.facts);
    assert.deepEqual([newest?.version, newest?.bad?.reason, newest?.bad?.by], ['1.4.2', 'It crashes', 'maria']);
    const { outcome } = await rollBackAt(place, github, { version: '1.4.2' });
    assert.equal(outcome?.kind, 'done');
    assert.equal(place.live, place.digest('1.4.2'));
  });

  it('offers what the registry shows: what is gone there cannot be used, and a lost platform is none', async () => {
    place.registry.lose('1.4.1', 'linux/arm64');
    place.registry.remove(place.digest('1.4.0'));
    const prepared = await prepareAt(place.client());
    assert.ok(prepared.kind === 'ready');
    assert.deepEqual(
      candidatesOf(prepared.facts).map(({ version, digest, platforms }) => [version, digest !== null, platforms]),
      [
        ['1.4.1', true, ['linux/amd64']],
        ['1.4.0', false, null],
      ],
    );
    // One that shows nothing at all is not believed.
    place.registry.broken = 404;
    const unseen = await prepareAt(place.client());
    assert.ok(unseen.kind === 'ready');
    assert.deepEqual(
      candidatesOf(unseen.facts).map(({ digest, platforms }) => [digest !== null, platforms]),
      [
        [true, null],
        [true, null],
      ],
    );
  });

  it('knows the last rollback however many reports other runs have made since', async () => {
    const github = place.client();
    await rollBackAt(place, github);
    const report = { name: 'rust-ci-report', content: { 'rust-ci-report.json': '{}' } };
    place.state.workflow('bench.yml', { jobs: [{ name: 'bench', duration: '1s', artifacts: [report] }] });
    for (let count = 0; count < 101; count += 1) place.state.run({ workflow: 'bench.yml' });
    place.double.finish();
    const after = await prepareAt(place.client());
    assert.ok(after.kind === 'ready');
    assert.equal(candidatesOf(after.facts)[0]?.bad?.reason, 'It crashes');
  });

  it('waits for approval, and goes on with it', async () => {
    await place.stop();
    place = await startPlace({}, ['maria']);
    const github = place.client();
    let approvals = 0;
    const { outcome, news } = await rollBackAt(place, github, {
      onPause: async (stage) => {
        const [run] = place.rollbacks;
        if (stage !== 'waiting' || !run || approvals > 0) return;
        approvals += 1;
        assert.equal(place.live, place.digest('1.4.2'), 'nothing moves before it');
        const pending = await listPending(github, here, run.id);
        assert.deepEqual(pending[0]?.reviewers, ['maria']);
        await createOperations(github, here).review(await getRun(github, here, run.id), pending, 'approved', 'Go');
      },
    });
    assert.equal(outcome?.kind, 'done');
    assert.equal(approvals, 1);
    assert.ok(news.some(({ stage }) => stage.at === 'waiting'));
  });

  it('says what is true after a rejection', async () => {
    await place.stop();
    place = await startPlace({}, ['maria']);
    const github = place.client();
    const { outcome } = await rollBackAt(place, github, {
      onPause: async (stage) => {
        const [run] = place.rollbacks;
        if (stage !== 'waiting' || !run) return;
        const pending = await listPending(github, here, run.id);
        if (pending.length === 0) return;
        await createOperations(github, here).review(await getRun(github, here, run.id), pending, 'rejected', 'No');
      },
    });
    assert.ok(outcome?.kind === 'failed' && outcome.truth.kind === 'shown');
    assert.equal(outcome.truth.latest, place.digest('1.4.2'));
  });

  it('does not believe a run that succeeded but moved nothing', async () => {
    place.move = () => undefined;
    const { outcome } = await rollBackAt(place, place.client());
    assert.ok(outcome?.kind === 'contradicted');
    assert.equal(outcome.truth.latest, place.digest('1.4.2'));
  });

  it('does not call it done when an architecture is gone', async () => {
    place.registry.lose('1.4.1', 'linux/arm64');
    const { outcome } = await rollBackAt(place, place.client());
    assert.ok(outcome?.kind === 'contradicted');
    assert.deepEqual(outcome.lost, ['linux/arm64']);
  });

  it('asks the list of packages where the registry does not answer', async () => {
    place.registry.broken = 503;
    const { outcome } = await rollBackAt(place, place.client());
    assert.ok(outcome?.kind === 'done');
    assert.equal(outcome.truth.source, 'packages');
  });

  it('says what stands in the way', async () => {
    const reader = place.double.token({ user: 'ella', scopes: ['repo', 'read:packages'] });
    const hindrance = async () => {
      const prepared = await prepareAt(place.client());
      return prepared.kind === 'hindered' ? prepared.hindrance : undefined;
    };
    const hindered = async () => (await hindrance())?.kind ?? 'nothing';
    assert.equal(await hindered(), 'nothing');
    Object.assign(place, { token: reader });
    assert.deepEqual(await hindrance(), { kind: 'noRole', role: 'read' });
    place.state.collaborators.set('ella', 'triage');
    assert.deepEqual(await hindrance(), { kind: 'noRole', role: 'triage' });
    const [container] = place.state.runs.workflows;
    Object.assign(place, { token: place.double.token({ scopes: ['repo', 'workflow', 'read:packages'] }) });
    place.state.run({ workflow: 'container.yml' });
    assert.equal(await hindered(), 'busy');
    place.double.finish();
    assert.ok(container);
    const production = place.state.deliveries.environment('production');
    assert.ok(production);
    production.branchPolicy = { protected_branches: false, custom_branch_policies: true };
    assert.deepEqual(await hindrance(), { kind: 'notAdmitted', branch: 'main' });
    production.policies.push({ id: 1, name: 'main', type: 'branch' });
    assert.equal(await hindered(), 'nothing');
    const { versions } = place.state.deliveries.container();
    const kept = versions.splice(0);
    assert.equal(await hindered(), 'noImage');
    versions.push(...kept);
    place.state.commit({ message: 'Older', files: { '.github/workflows/rollback.yml': 'on: workflow_dispatch\n' } });
    assert.equal(await hindered(), 'oldWorkflow');
    const workflow = place.state.runs.workflow('rollback.yml');
    assert.ok(workflow);
    workflow.state = 'disabled_manually';
    assert.equal(await hindered(), 'workflowDisabled');
    // GitHub goes on listing a workflow that is on another branch only.
    place.state.commit({ message: 'Gone', files: { '.github/workflows/rollback.yml': null } });
    assert.equal(await hindered(), 'noWorkflow');
    place.state.runs.workflows.splice(place.state.runs.workflows.indexOf(workflow), 1);
    assert.equal(await hindered(), 'noWorkflow');
  });
});

describe('a rollback at an Enterprise Server that names no run', () => {
  it('finds its run by what it put into the title', async () => {
    const place = await startPlace({ profile: 'ghes-3.19' });
    try {
      const { outcome, news } = await rollBackAt(place, place.client());
      assert.equal(outcome?.kind, 'done');
      assert.ok(news.some(({ stage }) => stage.at === 'lookingUp'));
      assert.equal(place.dispatches, 1);
      assert.deepEqual(place.double.violations, []);
    } finally {
      await place.stop();
    }
  });
});

describe('the registry', () => {
  let place: Place;
  before(async () => {
    place = await startPlace();
    place.registry.asksForToken = true;
  });
  after(() => place.stop());

  it('is told who asks only where its own address asks for it', async () => {
    const { readManifest } = await import('../../../src/github/registry.js');
    const image = { registry: place.registry.host, name: 'octo/tally' };
    const credentials = { user: 'maria', password: 'pass-word' };
    const manifest = await readManifest(image, 'latest', { fetch, credentials });
    assert.equal(manifest?.digest, place.digest('1.4.2'));
    const basic = `/token Basic ${btoa('maria:pass-word')}`;
    assert.ok(place.registry.authorizations.includes(basic));

    place.registry.authorizations.length = 0;
    place.registry.realm = `${place.registry.url.replace('127.0.0.1', 'localhost')}/token`;
    await readManifest(image, 'latest', { fetch, credentials }).catch(() => undefined);
    assert.deepEqual(
      place.registry.authorizations.filter((line) => line.includes('Basic')),
      [],
    );
  });

  it('is not believed to lack what it does not show', async () => {
    const { readManifest, RegistryError } = await import('../../../src/github/registry.js');
    const image = { registry: place.registry.host, name: 'octo/tally' };
    place.registry.broken = 403;
    await assert.rejects(readManifest(image, 'latest', { fetch, credentials: null }), RegistryError);
    place.registry.broken = 200;
    place.registry.asksForToken = false;
    assert.equal(await readManifest(image, 'no-such-tag', { fetch, credentials: null }), null);
  });
});
