import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { copySample } from '../../../scripts/sample.mjs';
import type { Report } from '../../../src/core/gates/report.js';
import { startGitHub, type GitHub, type RepositoryState, type Run } from '../../github/github.js';
import type { JobPlan } from '../../github/github.js';

/** The sample project on a stand-in for GitHub, with a week of runs. */
export interface GitHubProject {
  readonly github: GitHub;
  readonly repository: RepositoryState;
  /** The working copy. */
  readonly folder: string;
  /** User settings by which the extension finds the stand-in. */
  readonly settings: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

const testWorkflow = `name: Test
on:
  push:
  workflow_dispatch:
    inputs:
      toolchain:
        description: Toolchain to test with
        type: choice
        options: [stable, beta, nightly]
      verbose:
        type: boolean
      filter:
        description: Only tests whose name contains this
jobs:
  fmt:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
  clippy:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
  coverage:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`;

const workflow = (name: string) =>
  `name: ${name}\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: cargo test\n`;

/** Starts a stand-in that has the sample project, and makes a working copy of it. */
export async function githubProject(options: { readonly private?: boolean } = {}): Promise<GitHubProject> {
  const sample = await copySample();
  const { folder } = sample;
  const files = {
    '.github/workflows/test.yml': testWorkflow,
    '.github/workflows/security.yml': workflow('Security'),
    '.github/workflows/release.yml': workflow('Release'),
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  const author = ['-c', 'user.name=Sample', '-c', 'user.email=sample@example.com', '-c', 'commit.gpgsign=false'];
  await git('add', '--all');
  await git(...author, 'commit', '--quiet', '--message=Count words in parallel');
  const { stdout: sha } = await git('rev-parse', 'HEAD');

  const github = await startGitHub({ profile: 'ghes-3.19', speed: 1 });
  const repository = github.repository('octo', 'tally', { private: options.private ?? true });
  seed(repository, sha, files);

  await git('remote', 'add', 'origin', `${github.url}/octo/tally.git`);
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git('branch', '--quiet', '--set-upstream-to=origin/main');
  return {
    github,
    repository,
    folder,
    settings: { 'github-enterprise.uri': github.url },
    stop: async () => {
      await github.stop();
      await sample.remove();
    },
  };
}

function seed(repository: RepositoryState, sha: string, files: Readonly<Record<string, string>>): void {
  repository.workflow('test.yml', {
    name: 'Test',
    dispatch: {
      toolchain: { type: 'choice', options: ['stable', 'beta', 'nightly'] },
      verbose: { type: 'boolean' },
      filter: {},
    },
  });
  repository.workflow('security.yml', { name: 'Security' });
  repository.workflow('release.yml', { name: 'Release' });
  const before = repository.commit({ message: 'Count words', at: repository.ago('3d'), files });
  repository.run({ workflow: 'test.yml', branch: 'main', at: repository.ago('3d'), jobs: testJobs(82.1) });
  repository.run({ workflow: 'security.yml', branch: 'main', at: repository.ago('3d'), jobs: securityJobs });
  repository.commit({ message: 'Count words in parallel', sha, at: repository.ago('2h') });
  repository.run({ workflow: 'test.yml', branch: 'main', at: repository.ago('2h'), jobs: testJobs(78.3) });
  repository.run({ workflow: 'security.yml', branch: 'main', at: repository.ago('2h'), jobs: securityJobs });

  const { deliveries } = repository;
  deliveries.addEnvironment('production', { reviewers: ['maria'] });
  deliveries.addEnvironment('staging');
  repository.tag('v1.4.2', before.sha);
  const live = deliveries.deploy('production', { sha: before.sha, ref: 'v1.4.2', at: repository.ago('3d') });
  deliveries.addStatus(live, 'success', repository.ago('3d'));
  deliveries.release({ tag: 'v1.4.2', name: 'tally 1.4.2', body: 'Counts faster.', at: repository.ago('3d') });
  deliveries.release({
    tag: 'v1.5.0-rc.1',
    prerelease: true,
    at: repository.ago('3h'),
    assets: { 'tally.tar.gz': 'x' },
  });
  deliveries.image({ tags: ['1.4.2', 'latest'], at: repository.ago('3d') });
  repository.run({
    workflow: 'release.yml',
    branch: 'main',
    at: repository.ago('5m'),
    jobs: [{ name: 'publish-production', environment: 'production' }],
  });
}

const securityJobs: readonly JobPlan[] = [
  { name: 'audit', duration: '40s' },
  { name: 'deny', duration: '25s' },
  { name: 'gitleaks', duration: '12s' },
  { name: 'trivy', conclusion: 'skipped' },
];

/** The jobs of the test workflow, with a report that says how much is covered. */
export function testJobs(percent: number): readonly JobPlan[] {
  const short = percent < 80;
  return [
    { name: 'fmt', duration: '10s' },
    {
      name: 'clippy',
      duration: '50s',
      conclusion: short ? 'failure' : 'success',
      steps: [
        { name: 'Check out' },
        {
          name: 'cargo clippy',
          ...(short ? { conclusion: 'failure', log: 'error: this looks wrong\n --> src/lib.rs:4:5\n' } : {}),
        },
      ],
    },
    { id: 'test', name: 'test (ubuntu-latest)', duration: '1m' },
    { id: 'test', name: 'test (windows-latest)', duration: '2m' },
    {
      name: 'coverage',
      duration: '90s',
      conclusion: short ? 'failure' : 'success',
      artifacts: (run) => [
        { name: 'rust-ci-report', content: { 'rust-ci-report.json': JSON.stringify(report(run, percent)) } },
        { name: 'coverage-lcov', content: { 'lcov.info': 'SF:src/lib.rs\nDA:1,1\nend_of_record\n' } },
      ],
    },
  ];
}

function report(run: Run, percent: number): Report {
  const short = percent < 80;
  const passed = (id: string) => ({
    id,
    state: 'pass' as const,
    value: null,
    threshold: null,
    unit: null,
    reason: null,
  });
  const covered = Math.round(percent * 10);
  return {
    schema: 1,
    workflow: 'test',
    repository: 'octo/tally',
    commit: run.commit.sha,
    ref: 'refs/heads/main',
    event: 'push',
    run: { id: run.id, number: run.number, attempt: 1 },
    created: new Date(run.createdAt).toISOString(),
    gates: [
      passed('fmt'),
      { ...passed('clippy'), state: short ? 'fail' : 'pass', value: short ? 1 : 0, unit: 'errors' },
      passed('test'),
      {
        id: 'coverage',
        state: short ? 'fail' : 'pass',
        value: percent,
        threshold: 80,
        unit: '%',
        reason: short ? 'Less is covered than the threshold asks for.' : null,
      },
      { id: 'msrv', state: 'skipped', value: null, threshold: null, unit: null, reason: 'No rust-version is set.' },
    ],
    coverage: {
      covered,
      coverable: 1000,
      crates: [
        { name: 'tally', root: '.', covered: covered - 300, coverable: 600 },
        { name: 'tally-core', root: '.', covered: 300, coverable: 400 },
      ],
    },
  };
}
