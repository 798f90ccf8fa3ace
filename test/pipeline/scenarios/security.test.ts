import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { advisoryDatabase } from '../doubles/advisories.js';
import { trivy } from '../doubles/programs.js';
import { library } from '../projects/crate.js';
import { commit, createRepository, type Files } from '../projects/repository.js';
import { scaffold, scaffolded } from '../projects/scaffold.js';
import { pullRequest, push, schedule } from '../runner/event.js';
import { annotationsOf, assertGates, gate, printedBy, run, summaryOf } from './run.js';

const green = { audit: 'pass', deny: 'pass', gitleaks: 'pass', trivy: 'pass', workflows: 'pass' };
const dockerfile = { Dockerfile: 'FROM scratch\nCOPY target/release/app /app\nENTRYPOINT ["/app"]\n' };
const withEither = library({ manifest: 'license = "MIT"\n\n[dependencies]\neither = "=1.13.0"' });

/** Made here, so that no scanner finds a secret in this repository. */
function secret(): Files {
  const token = `ghp_${randomBytes(18).toString('hex')}`;
  return { 'src/token.txt': `token = "${token}"\n` };
}

/** A library that depends on another one, in the same repository, under a licence. */
function dependingOn(licence: string): Files {
  return {
    ...library({ manifest: 'license = "MIT"\n\n[dependencies]\nother = { path = "other", version = "0.1" }' }),
    ...library({ name: 'other', folder: 'other', manifest: `license = "${licence}"` }),
  };
}

describe('security.yml', function () {
  this.timeout(600_000);

  it('checks secrets and workflows of an empty repository, and says that nothing else was checked', async () => {
    const result = await run(await scaffolded({ 'README.md': '' }), 'security.yml');
    assertGates(result, { ...green, audit: 'skipped', deny: 'skipped', trivy: 'skipped' });
    assert.equal(gate(result, 'audit').reason, 'There is no Cargo.toml yet.');
    assert.equal(result.jobs['security-gate']?.result, 'success');
  });

  for (const event of [push(), schedule()]) {
    it(`is green on a library without a committed lock file, on ${event.name}`, async () => {
      const result = await run(await scaffolded(withEither), 'security.yml', event);
      assertGates(result, green);
      assert.deepEqual([gate(result, 'audit').value, gate(result, 'gitleaks').value], [0, 0]);
    });
  }

  it('fails deny alone on a forbidden licence, and names it', async () => {
    const result = await run(await scaffolded(dependingOn('GPL-3.0-only')), 'security.yml');
    assertGates(result, { ...green, deny: 'fail' });
    assert.match(printedBy(result, 'deny'), /GPL-3\.0-only/);
  });

  it('accepts a permissive licence', async () => {
    assertGates(await run(await scaffolded(dependingOn('MIT OR Apache-2.0')), 'security.yml'), green);
  });

  it('fails deny on a dependency from a git repository', async () => {
    const source = await createRepository(library({ name: 'other' }));
    const manifest = 'license = "MIT"\n\n[dependencies]\nother = { git = "https://github.com/somebody/other" }';
    const repository = await scaffolded(library({ manifest }));
    const result = await run(repository, 'security.yml', push(), {
      machine: { repositories: { 'https://github.com/somebody/other': source.folder } },
    });
    assertGates(result, { ...green, deny: 'fail' });
  });

  it('fails audit alone on a dependency with a known vulnerability', async () => {
    const repositories = await advisoryDatabase('either');
    const result = await run(await scaffolded(withEither), 'security.yml', push(), { machine: { repositories } });
    assertGates(result, { ...green, audit: 'fail' });
    assert.equal(gate(result, 'audit').value, 1);
    assert.match(printedBy(result, 'audit'), /RUSTSEC-2020-9999/);
  });

  it('lets an advisory pass that the project has decided to ignore', async () => {
    const files = { ...withEither, '.cargo/audit.toml': '[advisories]\nignore = ["RUSTSEC-2020-9999"]\n' };
    const repositories = await advisoryDatabase('either');
    assertGates(await run(await scaffolded(files), 'security.yml', push(), { machine: { repositories } }), green);
  });

  it('fails gitleaks alone on a secret, even one that was removed again, and does not repeat it', async () => {
    const files = secret();
    const repository = await scaffolded({ ...library(), ...files });
    await commit(repository, { 'src/token.txt': '' });
    const result = await run(repository, 'security.yml');
    assertGates(result, { ...green, gitleaks: 'fail' });
    assert.equal(gate(result, 'gitleaks').value, 1);
    assert.match(summaryOf(result, 'gitleaks'), /github-pat \| src\/token\.txt:1/);
    const token = /ghp_\w+/.exec(files['src/token.txt'] ?? '')?.[0] ?? '';
    assert.ok(!printedBy(result, 'gitleaks').includes(token));
  });

  it('asks a pull request for its own commits only', async () => {
    const repository = await createRepository({ ...library(), ...secret() });
    await scaffold(repository);
    const base = await commit(repository);
    const head = await commit(repository, { 'src/more.txt': 'harmless\n' });
    assertGates(await run(repository, 'security.yml', pullRequest('change', 'main', { base, head })), green);
    await commit(repository, secret());
    const worse = await run(repository, 'security.yml', pullRequest('change', 'main', { base, head }));
    assertGates(worse, { ...green, gitleaks: 'fail' });
  });

  it('fails workflows alone on a workflow that runs what a stranger wrote', async () => {
    const repository = await scaffolded({
      ...library(),
      '.github/workflows/greet.yml': `name: greet
on: { issues: }
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.event.issue.title }}"
`,
    });
    const result = await run(repository, 'security.yml');
    assertGates(result, { ...green, workflows: 'fail' });
    assert.equal(gate(result, 'workflows').value, 1);
    assert.match(annotationsOf(result, 'workflows').join(), /template/);
  });

  it('scans a Dockerfile, fails on what Trivy finds, and still uploads the findings', async () => {
    const repository = await scaffolded({ ...library(), ...dockerfile });
    const result = await run(repository, 'security.yml', push(), { machine: { programs: { trivy: trivy('config') } } });
    assertGates(result, { ...green, trivy: 'fail' });
    assert.match(printedBy(result, 'trivy'), /trivy fs .*--severity CRITICAL,HIGH --exit-code 1/);
    assert.deepEqual(
      result.calls.filter(({ action }) => action.endsWith('upload-sarif')).map(({ job }) => job),
      ['trivy'],
    );
  });

  it('uploads nothing to code scanning from a private repository that has none', async () => {
    const repository = await scaffolded(library(), {}, { private: true });
    const uploads = async (vars: Record<string, string>): Promise<number> => {
      const { calls } = await run(repository, 'security.yml', push(), { vars });
      return calls.filter(({ action }) => action.endsWith('upload-sarif')).length;
    };
    assert.deepEqual([await uploads({}), await uploads({ CODE_SCANNING: 'true' })], [0, 1]);
  });
});
