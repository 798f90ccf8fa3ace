import assert from 'node:assert/strict';
import type { StandIn } from '../actions/stand-in.js';
import { inspect, pushIndex } from '../doubles/image.js';
import { trivy } from '../doubles/programs.js';
import { reach, type Registry, startRegistry } from '../doubles/registry.js';
import { program } from '../projects/crate.js';
import { commit, type Files, tag } from '../projects/repository.js';
import { scaffolded } from '../projects/scaffold.js';
import { dispatch, type Event, pushTag } from '../runner/event.js';
import type { RunResult } from '../runner/result.js';
import type { Repository } from '../runner/run.js';
import { annotationsOf, assertGates, gate, report, run } from './run.js';

const dockerfile = { Dockerfile: 'FROM scratch\nCOPY target/release/app /app\n' };

describe('container.yml', function () {
  this.timeout(600_000);
  let registry: Registry;
  let count = 0;

  before(async () => {
    registry = await startRegistry();
  });
  after(() => registry.stop());

  /** Pushes what buildx would have built: an image with the labels that it was given. */
  const build: StandIn = {
    inputs: ['context', 'file', 'platforms', 'push', 'tags', 'labels', 'provenance', 'sbom', 'secret-envs'],
    async perform(step) {
      const [, host = '', name = '', as = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(step.with['tags'] ?? '') ?? [];
      const version = /image\.version=(.*)/.exec(step.with['labels'] ?? '')?.[1] ?? '';
      const platforms = (step.with['platforms'] ?? '').split(',');
      return { outputs: { digest: await pushIndex(host, name, version, [as], platforms) } };
    },
  };

  function project(files: Files): Promise<Repository> {
    return scaffolded(files, { workflows: ['container'] }, { name: `Example/Project${++count}` });
  }

  function container(repository: Repository, event: Event, scanner = trivy()): Promise<RunResult> {
    const { files, vars } = reach(registry);
    const machine = { files, programs: { trivy: scanner } };
    return run(repository, 'container.yml', event, { vars, machine, standIns: { 'docker/build-push-action': build } });
  }

  const digestOf = async (repository: Repository, reference: string): Promise<string | undefined> =>
    (await inspect(registry.direct, repository.name.toLowerCase(), reference))?.digest;

  /** Commits a version, tags it and builds it. */
  async function version(repository: Repository, name: string, scanner?: string): Promise<RunResult> {
    await commit(repository, program(name.slice(1)));
    await tag(repository, name);
    return container(repository, pushTag(name), scanner);
  }

  it('is green without a Dockerfile and says why nothing was built', async () => {
    const repository = await project(program());
    const result = await version(repository, 'v1.0.0');
    assertGates(result, { image: 'skipped' });
    assert.equal(gate(result, 'image').reason, 'There is no Dockerfile.');
  });

  it('gives the image its version, its commit and latest, all with the same digest', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    const result = await version(repository, 'v1.0.0');
    assertGates(result, { image: 'pass' });
    const { image, commit: sha } = report(result);
    assert.equal(image?.name, `${registry.address}/${repository.name.toLowerCase()}`);
    assert.deepEqual(image.tags, [`sha-${sha}`, '1.0.0', 'latest']);
    assert.deepEqual(image.platforms, ['linux/amd64']);
    for (const name of image.tags) assert.equal(await digestOf(repository, name), image.digest);
    const attested = result.calls.find(({ action }) => action === 'actions/attest');
    assert.equal(attested?.with['subject-digest'], image.digest);
  });

  it('moves neither version nor latest to an image that the scan refuses', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    assertGates(await version(repository, 'v1.0.0'), { image: 'pass' });
    const good = await digestOf(repository, 'latest');
    assertGates(await version(repository, 'v1.1.0', trivy('image')), { image: 'fail' });
    assert.equal(await digestOf(repository, 'latest'), good);
    assert.equal(await digestOf(repository, '1.1.0'), undefined);
  });

  it('leaves latest to a newer version, and moves it for none but a release', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    await version(repository, 'v1.10.0');
    const newest = await digestOf(repository, 'latest');
    for (const name of ['v1.9.1', 'v2.0.0-rc.1']) {
      assertGates(await version(repository, name), { image: 'pass' });
      assert.equal(await digestOf(repository, 'latest'), newest);
      assert.notEqual(await digestOf(repository, name.slice(1)), undefined);
    }
    await version(repository, 'v1.11.0');
    assert.notEqual(await digestOf(repository, 'latest'), newest);
  });

  it('builds a branch by hand without moving anything but the tag of its commit', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    const result = await container(repository, dispatch());
    assertGates(result, { image: 'pass' });
    assert.deepEqual(report(result).image?.tags, [`sha-${report(result).commit}`]);
    assert.equal(await digestOf(repository, 'latest'), undefined);
  });

  it('builds an earlier version by hand', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    await version(repository, 'v1.0.0');
    await version(repository, 'v1.1.0');
    const newest = await digestOf(repository, 'latest');
    const result = await container(repository, dispatch({ version: 'v1.0.0' }));
    assertGates(result, { image: 'pass' });
    assert.equal(report(result).image?.version, '1.0.0');
    assert.equal(await digestOf(repository, 'latest'), newest);
  });

  it('builds a version by hand that was chosen twice: as the branch or tag to run on, and as the version', async () => {
    const repository = await project({ ...program('1.0.0'), ...dockerfile });
    await tag(repository, 'v1.0.0');
    const byHand = { ...dispatch({ version: 'v1.0.0' }), ref: 'refs/tags/v1.0.0' };
    const { image } = report(await container(repository, byHand));
    assert.deepEqual(image?.tags.slice(1), ['1.0.0', 'latest']);
  });

  it('builds in the folder of a project that has its own Dockerfile', async () => {
    const files = Object.entries({ ...program(), ...dockerfile });
    const inFolder = Object.fromEntries(files.map(([path, text]) => [`app/${path}`, text]));
    const result = await container(await project(inFolder), dispatch());
    assertGates(result, { image: 'pass' });
    const built = result.calls.find(({ action }) => action === 'docker/build-push-action');
    assert.deepEqual([built?.with['context'], built?.with['file']], ['app', 'app/Dockerfile']);
  });

  it('builds nothing when tag and Cargo.toml disagree', async () => {
    const repository = await project({ ...program('1.0.0'), ...dockerfile });
    await tag(repository, 'v1.1.0');
    const result = await container(repository, pushTag('v1.1.0'));
    assertGates(result, { detect: 'fail', image: 'skipped' });
    assert.match(annotationsOf(result, 'detect')[0] ?? '', /The tag says 1\.1\.0, but Cargo\.toml says 1\.0\.0/);
  });

  it('refuses a version that is none', async () => {
    const repository = await project({ ...program(), ...dockerfile });
    const result = await container(repository, dispatch({ version: '1.0; rm -rf .' }));
    assertGates(result, { detect: 'fail', image: 'skipped' });
    assert.match(annotationsOf(result, 'detect')[0] ?? '', /is not a version such as v1\.2\.3/);
  });
});
