import type { GitHub } from '../github.js';
import type { Duration } from '../duration.js';
import type { Commit } from '../state/git.js';
import type { Jobs, PlanContext } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import type { RunOptions } from '../state/runs.js';
import { benchmarkJobs } from './benchmarks-workflow.js';
import { mainBranch, ownBranch, type DemoCommit } from './history.js';
import { containerJobs, rollbackJobs } from './image-workflows.js';
import { Noise } from './noise.js';
import { releaseJobs } from './release-workflow.js';
import { securityJobs } from './security-workflow.js';
import { testJobs, type Trouble } from './test-workflow.js';

export interface DemoOptions {
  readonly owner: string;
  readonly name: string;
  /** Oldest first. */
  readonly history: readonly DemoCommit[];
  /** SHAs that git gave the commits, in the same order; default: made up. */
  readonly shas?: readonly string[];
}

const day = 86_400_000;

/** Fills a repository with the three months behind it. What people do later starts real runs. */
export function seedDemo(github: GitHub, options: DemoOptions): RepositoryState {
  const people = { jo: 'write', sam: 'write', 'dependabot[bot]': 'write' } as const;
  const repository = github.repository(options.owner, options.name, {
    organization: true,
    collaborators: people,
    description: 'Counts words in text files',
  });
  github.world.team(options.owner, 'operators', ['maria', 'sam']);
  new Story(repository).tell(options);
  return repository;
}

class Story {
  readonly #repository: RepositoryState;
  readonly #noise = new Noise(7);
  readonly #now: number;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
    this.#now = repository.world.clock.now;
  }

  tell({ history, shas }: DemoOptions): void {
    this.#workflows();
    const start = Math.max(...history.map(({ daysAgo }) => daysAgo)) + 1;
    this.#at(start, () => {
      const { deliveries, rules } = this.#repository;
      deliveries.addEnvironment('staging');
      deliveries.addEnvironment('production', { reviewers: ['maria', 'team:operators'] });
      rules.require('test-gate', 'security-gate');
    });
    history.forEach((commit, index) => {
      this.#at(commit.daysAgo, () => {
        this.#push(commit, shas?.[index]);
      });
    });
    this.#schedules();
    this.#today();
    this.#repository.world.clock.settle(this.#now);
  }

  #at(daysAgo: number, happen: () => void): void {
    this.#repository.world.clock.plan(this.#now - daysAgo * day, happen);
  }

  #workflows(): void {
    const repository = this.#repository;
    const noise = this.#noise;
    const of =
      (jobs: (commit: Commit, context: PlanContext) => ReturnType<typeof testJobs>): Jobs =>
      (context) => {
        const commit = repository.git.commits.get(context.sha);
        if (commit === undefined) throw new Error(`There is no commit ${context.sha}.`);
        return jobs(commit, context);
      };
    const text = (required: boolean) => ({ type: 'string', required }) as const;
    const at = this.#now - 84 * day;
    repository.workflow('test.yml', { at, jobs: of((commit, { attempt }) => testJobs(repository, commit, attempt)) });
    repository.workflow('security.yml', { at, jobs: of((commit) => securityJobs(repository, commit)) });
    repository.workflow('release.yml', { at, jobs: of((commit, { ref }) => releaseJobs(repository, commit, ref)) });
    repository.workflow('container.yml', {
      at,
      dispatch: { version: text(false) },
      runName: ({ version = '' }, ref) => `Build image ${version === '' ? ref : version}`,
      jobs: of((commit, context) => containerJobs(repository, commit, context)),
    });
    repository.workflow('rollback.yml', {
      at,
      dispatch: { version: text(true), reason: text(true), request: text(false) },
      runName: ({ version = '', request = '' }) => `Roll back to ${version}${request === '' ? '' : ` [${request}]`}`,
      jobs: of((commit, context) => rollbackJobs(repository, commit, context)),
    });
    repository.workflow('benchmarks.yml', {
      at,
      dispatch: {},
      jobs: of((commit) => benchmarkJobs(repository, commit, noise)),
    });
  }

  #push({ message, author, branch, files, tag, daysAgo }: DemoCommit, sha: string | undefined): void {
    const repository = this.#repository;
    if (!repository.git.branches.has(branch) && branch !== mainBranch) repository.branch(branch);
    const at = this.#now - daysAgo * day;
    const commit = repository.commit({ message, author, at, branch, files, ...(sha === undefined ? {} : { sha }) });
    // The first one came before the pipeline.
    if (commit.parents.length === 0) return;
    if (branch === mainBranch) this.#pushed(commit, author, daysAgo);
    else this.#proposed(commit);
    if (tag === undefined) return;
    repository.tag(tag, commit.sha);
    this.#released(tag, author);
  }

  #run(options: RunOptions): void {
    this.#repository.run({ ...options, at: this.#repository.world.clock.now });
  }

  #pushed(commit: Commit, actor: string, daysAgo: number): void {
    const trouble: Trouble = daysAgo === 63 ? { flaky: 'windows-2025' } : daysAgo === 37 ? { unformatted: true } : {};
    this.#run({
      workflow: 'test.yml',
      actor,
      jobs: ({ attempt }) => testJobs(this.#repository, commit, attempt, trouble),
    });
    this.#run({ workflow: 'security.yml', actor });
    if (trouble.flaky !== undefined) this.#rerun(commit, daysAgo - 0.02);
    // A look at the time that it takes, after every merge but those of bots.
    if (!actor.includes('bot'))
      this.#at(daysAgo - 0.01, () => {
        this.#run({ workflow: 'benchmarks.yml', event: 'workflow_dispatch', actor, sha: commit.sha });
      });
  }

  #rerun(commit: Commit, daysAgo: number): void {
    this.#at(daysAgo, () => {
      const { runs, world } = this.#repository;
      const run = runs.all.find((candidate) => candidate.commit === commit && candidate.workflow.name === 'test');
      if (run !== undefined) runs.rerun(run, 'failed', world.user('maria'), false);
    });
  }

  #proposed(commit: Commit): void {
    const repository = this.#repository;
    const number = 47;
    if (!repository.pulls.some((pull) => pull.number === number)) {
      const { clock } = repository.world;
      repository.pulls.push({
        id: repository.world.id(),
        number,
        title: 'Count phrases',
        body: 'Counts words that follow one another.',
        state: 'open',
        merged: false,
        draft: false,
        author: repository.world.user('maria'),
        head: ownBranch,
        base: mainBranch,
        createdAt: clock.now,
        updatedAt: clock.now,
      });
    }
    for (const workflow of ['test.yml', 'security.yml']) {
      this.#run({
        workflow,
        branch: ownBranch,
        event: 'pull_request',
        actor: 'maria',
        title: 'Count phrases',
        sha: commit.sha,
        pullRequests: [number],
      });
    }
  }

  /** A version tag: programs for production after an approval, and an image. */
  #released(tag: string, actor: string): void {
    const repository = this.#repository;
    const sha = repository.git.tags.get(tag) ?? '';
    const newest = tag === 'v1.5.0';
    const commit = repository.git.commits.get(sha);
    this.#run({ workflow: 'release.yml', branch: tag, sha, actor });
    this.#run({
      workflow: 'container.yml',
      branch: tag,
      sha,
      actor,
      ...(newest && commit !== undefined
        ? { jobs: containerJobs(repository, commit, { inputs: {}, ref: tag }, true) }
        : {}),
    });
    if (!newest) this.#approve('40m', 'maria', 'Staging looks good.');
  }

  #approve(after: Duration, login: string, comment: string): void {
    const { world, runs } = this.#repository;
    const minutes = typeof after === 'number' ? after : Number.parseInt(after, 10) * 60_000;
    world.clock.plan(world.clock.now + minutes, () => {
      for (const run of runs.all) {
        if (run.attempts.at(-1)?.status !== 'waiting') continue;
        runs.review(run, { environments: ['production'], state: 'approved', comment, user: world.user(login) });
      }
    });
  }

  /** Weekly scans and benchmarks; benchmarks also in between. */
  #schedules(): void {
    const repository = this.#repository;
    for (let daysAgo = 80; daysAgo > 1; daysAgo -= 7) {
      this.#at(daysAgo, () => {
        const commit = repository.git.resolve(mainBranch);
        if (commit === undefined) return;
        // The advisory came out before the dependency was updated.
        const vulnerable = daysAgo === 59;
        this.#run({
          workflow: 'security.yml',
          event: 'schedule',
          actor: 'sam',
          jobs: () => securityJobs(repository, commit, vulnerable),
        });
      });
      this.#at(daysAgo - 2.3, () => {
        this.#run({ workflow: 'benchmarks.yml', event: 'schedule', actor: 'sam' });
      });
      this.#at(daysAgo - 4.6, () => {
        this.#run({ workflow: 'benchmarks.yml', event: 'workflow_dispatch', actor: 'jo' });
      });
    }
  }

  #today(): void {
    const repository = this.#repository;
    const { runs } = repository;
    // A rollback a while ago, and the way back.
    this.#at(24, () => {
      this.#run({
        workflow: 'rollback.yml',
        event: 'workflow_dispatch',
        actor: 'sam',
        inputs: { version: 'v1.4.0', reason: 'Counts are wrong for text with umlauts' },
      });
      this.#approve('6m', 'maria', 'Confirmed.');
    });
    this.#at(0.95, () => {
      repository.branch('release-1.5', mainBranch);
      this.#run({ workflow: 'release.yml', branch: 'release-1.5', actor: 'jo' });
    });
    // Somebody changed their mind.
    this.#at(2.01, () => {
      this.#run({ workflow: 'benchmarks.yml', event: 'workflow_dispatch', actor: 'jo' });
    });
    this.#at(2.0095, () => {
      const run = runs.all.findLast((candidate) => candidate.workflow.name === 'benchmarks');
      if (run?.attempts.at(-1)?.status === 'in_progress') runs.cancel(run);
    });
    this.#at(3 / 24 / 60, () => {
      const commit = repository.git.resolve(ownBranch);
      if (commit === undefined) return;
      this.#run({
        workflow: 'benchmarks.yml',
        branch: ownBranch,
        event: 'workflow_dispatch',
        actor: 'maria',
        jobs: () => benchmarkJobs(repository, commit, this.#noise, '12m'),
      });
    });
  }
}
