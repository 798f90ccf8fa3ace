import assert from 'node:assert/strict';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Release, releasesOf } from '../doubles/github.js';
import { library, program } from '../projects/crate.js';
import { branch, commit, type Files, tag } from '../projects/repository.js';
import { type OptionChanges, scaffolded } from '../projects/scaffold.js';
import { type Event, push, pushTag } from '../runner/event.js';
import type { RunResult } from '../runner/result.js';
import type { Repository, RunOptions } from '../runner/run.js';
import { annotationsOf, assertGates, gate, printedBy, report, run } from './run.js';

const production = { build: 'pass', 'publish-staging': 'skipped', 'publish-production': 'pass' };
const staging = { build: 'pass', 'publish-staging': 'pass', 'publish-production': 'skipped' };
const nothing = { build: 'skipped', 'publish-staging': 'skipped', 'publish-production': 'skipped' };

interface Outcome {
  repository: Repository;
  result: RunResult;
  releases: Release[];
}

/** A repository whose tag or branch is pushed. */
async function release(files: Files, event: Event, options: OptionChanges = {}): Promise<Outcome> {
  const repository = await scaffolded(files, { workflows: ['release'], ...options });
  const name = event.ref.replace(/^refs\/\w+\//, '');
  await (event.ref.startsWith('refs/tags/') ? tag(repository, name) : branch(repository, name));
  return again(repository, event);
}

/** Runs release.yml with its own releases of before, if `gh` is given. */
async function again(repository: Repository, event: Event, options: Partial<RunOptions> = {}): Promise<Outcome> {
  const releases = await releasesOf(repository);
  const result = await run(repository, 'release.yml', event, {
    machine: { programs: { gh: releases.gh } },
    ...options,
  });
  return { repository, result, releases: releases.list() };
}

describe('release.yml: plan', function () {
  this.timeout(600_000);

  it('fails when tag and Cargo.toml disagree, and releases nothing', async () => {
    const { result, releases } = await release(program(), pushTag('v0.2.0'));
    const skipped = { build: 'skipped', 'publish-production': 'skipped', 'publish-staging': 'skipped' };
    assertGates(result, { plan: 'fail', ...skipped });
    assert.match(annotationsOf(result, 'plan')[0] ?? '', /v0\.2\.0 and Cargo\.toml disagree: .* 0\.1\.0/);
    assert.deepEqual(releases, []);
  });

  for (const name of ['v0.1.0-rc.1', 'v0.1', 'v0.1.0.1', 'version-2']) {
    it(`does not take ${name} for a release`, async () => {
      const { result, releases } = await release(program(), pushTag(name));
      assertGates(result, nothing);
      assert.match(gate(result, 'publish-production').reason ?? '', new RegExp(`${name} is not a release`));
      assert.deepEqual(releases, []);
    });
  }

  it('says that there is nothing to release in an empty repository', async () => {
    const { result } = await release({ 'README.md': '' }, push('release-1'));
    assertGates(result, nothing);
    assert.equal(gate(result, 'build').reason, 'There is no Cargo.toml yet.');
  });
});

describe('release.yml', function () {
  this.timeout(600_000);

  it('releases a tag to production with every file, its checksums and their provenance', async () => {
    const { result, releases } = await release(program(), pushTag('v0.1.0'));
    assertGates(result, production);
    const [made] = releases;
    const archive = 'Project-v0.1.0-x86_64-unknown-linux-gnu.tar.gz';
    assert.deepEqual(
      { ...made, assets: made?.assets.map(({ name }) => name).sort() },
      {
        ...made,
        tagName: 'v0.1.0',
        isDraft: false,
        isPrerelease: false,
        isLatest: true,
        assets: [archive, 'SHA256SUMS'],
      },
    );
    assert.equal(report(result).release?.environment, 'production');
    assert.deepEqual(report(result).release?.assets.length, 2);
    const attested = result.calls.filter(({ action }) => action === 'actions/attest');
    assert.match(attested.map((call) => call.with['subject-checksums']).join(), /\/dist\/SHA256SUMS$/);
    const packed = join(result.artifacts['dist-x86_64-unknown-linux-gnu'] ?? '', archive);
    const { stdout } = await execa('tar', ['-tzf', packed]);
    assert.deepEqual(stdout.split('\n').sort(), [
      'Project-v0.1.0-x86_64-unknown-linux-gnu/',
      'Project-v0.1.0-x86_64-unknown-linux-gnu/README.md',
      'Project-v0.1.0-x86_64-unknown-linux-gnu/rust-ci-sample-program',
    ]);
  });

  it('makes a staging prerelease of a release branch, under a tag that starts no production release', async () => {
    const { repository, result, releases } = await release(program(), push('release-0.1'));
    assertGates(result, staging);
    assert.deepEqual(
      releases.map(({ tagName, isDraft, isPrerelease, isLatest }) => ({ tagName, isDraft, isPrerelease, isLatest })),
      [{ tagName: 'v0.1.0-rc.7', isDraft: false, isPrerelease: true, isLatest: false }],
    );
    const { result: next } = await again(repository, pushTag('v0.1.0-rc.7'));
    assertGates(next, nothing);
  });

  it('releases a library without files', async () => {
    const { result, releases } = await release(library(), pushTag('v0.1.0'));
    assertGates(result, { ...production, build: 'skipped' });
    assert.equal(gate(result, 'build').reason, 'There is no binary target.');
    assert.ok(releases[0]);
    assert.deepEqual(releases[0].assets, []);
    assert.equal(releases[0].isDraft, false);
  });

  it('leaves no public release behind when the build fails', async () => {
    const { result, releases } = await release(
      { ...program(), 'src/main.rs': 'fn main() { oops }\n' },
      pushTag('v0.1.0'),
    );
    assertGates(result, { ...production, build: 'fail', 'publish-production': 'fail' });
    assert.equal(result.jobs['publish-production']?.result, 'skipped');
    assert.deepEqual(releases, []);
  });

  it('never replaces a release that is public', async () => {
    const repository = await scaffolded(program(), { workflows: ['release'] });
    await tag(repository, 'v0.1.0');
    const releases = await releasesOf(repository);
    const machine = { programs: { gh: releases.gh } };
    assertGates(await run(repository, 'release.yml', pushTag('v0.1.0'), { machine }), production);
    const second = await run(repository, 'release.yml', pushTag('v0.1.0'), { machine });
    assertGates(second, { ...production, 'publish-production': 'fail' });
    assert.match(annotationsOf(second, 'publish-production')[0] ?? '', /published already/);
  });

  it('does not call a correction of an older line the latest release', async () => {
    const repository = await scaffolded(program(), { workflows: ['release'] });
    await tag(repository, 'v0.1.0');
    await commit(repository, program('0.2.0'));
    await tag(repository, 'v0.2.0');
    const releases = await releasesOf(repository);
    const machine = { programs: { gh: releases.gh } };
    for (const name of ['v0.2.0', 'v0.1.0']) await run(repository, 'release.yml', pushTag(name), { machine });
    assert.deepEqual(
      releases.list().map(({ tagName, isLatest }) => [tagName, isLatest]),
      [
        ['v0.1.0', false],
        ['v0.2.0', true],
      ],
    );
  });

  it('publishes to the crates registry after the draft, and tries it for staging', async () => {
    const options: OptionChanges = { publish: true };
    const { result } = await release(program(), pushTag('v0.1.0'), options);
    assertGates(result, production);
    assert.match(printedBy(result, 'publish-production'), /published: publish .*--package=rust-ci-sample-program/);
    const { result: tried } = await release(program(), push('release-0.1'), options);
    assertGates(tried, staging);
    assert.match(printedBy(tried, 'publish-staging'), /aborting upload due to dry run/);
  });

  it('tells Slack, only where a webhook is set', async () => {
    const { repository, result } = await release(library(), pushTag('v0.1.0'), { slack: true });
    const told = (of: RunResult): string[] =>
      of.calls.filter(({ action }) => action.startsWith('slackapi/')).map((call) => call.with['payload'] ?? '');
    assert.deepEqual(told(result), []);
    const { result: again_ } = await again(repository, pushTag('v0.1.0'), {
      secrets: { SLACK_WEBHOOK_URL: 'https://hooks.example.com' },
    });
    const [payload = '{}'] = told(again_);
    assert.match((JSON.parse(payload) as { text: string }).text, /v0\.1\.0 (?:is|failed to be) released to production/);
  });

  it('attaches nothing that a private repository cannot store', async () => {
    const repository = await scaffolded(program(), { workflows: ['release'] }, { private: true });
    await tag(repository, 'v0.1.0');
    const { result } = await again(repository, pushTag('v0.1.0'));
    assertGates(result, production);
    assert.ok(!result.calls.some(({ action }) => action === 'actions/attest'));
    assert.match(readFileSync(join(repository.folder, 'Cargo.toml'), 'utf8'), /0\.1\.0/);
  });
});
