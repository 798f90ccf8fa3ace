import { milliseconds } from '../duration.js';
import { createArtifact } from './artifact.js';
import { jobDuration, type Job } from './job.js';
import type { JobPlan, Jobs } from './plan.js';
import type { RepositoryState } from './repository.js';
import { newest, type Attempt, type Review, type Run, type RunStatus } from './run.js';
import type { User } from './user.js';
import type { Workflow, WorkflowOptions } from './workflow.js';

/** What a test says of a run. */
export interface RunOptions {
  /** A file below .github/workflows/. */
  readonly workflow: string;
  readonly branch?: string;
  /** Default: the tip of the branch. */
  readonly sha?: string;
  readonly event?: string;
  /** A login. */
  readonly actor?: string;
  /** When it starts; default: now. */
  readonly at?: number;
  /** Default: the first line of the commit message. */
  readonly title?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What it will do; default: what the workflow says. */
  readonly jobs?: Jobs;
  readonly pullRequests?: readonly number[];
}

/** The workflows of a repository and their runs, and what makes runs go on. */
export class Runs {
  readonly workflows: Workflow[] = [];
  /** Newest last. */
  readonly all: Run[] = [];
  readonly #byId = new Map<number, Run>();
  readonly #jobs = new Map<number, { readonly run: Run; readonly job: Job }>();
  readonly #artifacts = new Map<number, Run>();
  readonly #counts = new Map<number, number>();
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  addWorkflow(file: string, options: WorkflowOptions): Workflow {
    const { world } = this.#repository;
    const workflow: Workflow = {
      id: world.id(),
      name: options.name ?? file.replace(/\.ya?ml$/, ''),
      path: `.github/workflows/${file}`,
      state: options.state ?? 'active',
      createdAt: options.at ?? this.#repository.createdAt,
      dispatch: options.dispatch,
      runName: options.runName,
      jobs: options.jobs ?? [{ name: 'build' }],
    };
    this.workflows.push(workflow);
    return workflow;
  }

  /** By file name, or by id. */
  workflow(name: string): Workflow | undefined {
    return this.workflows.find(
      ({ id, path }) => String(id) === name || path === name || path === `.github/workflows/${name}`,
    );
  }

  find(id: number): Run | undefined {
    return this.#byId.get(id);
  }

  job(id: number): { readonly run: Run; readonly job: Job } | undefined {
    return this.#jobs.get(id);
  }

  runOfArtifact(id: number): Run | undefined {
    return this.#artifacts.get(id);
  }

  remove(run: Run): void {
    this.#byId.delete(run.id);
    this.all.splice(this.all.indexOf(run), 1);
  }

  start(options: RunOptions): Run {
    const { clock } = this.#repository.world;
    let run: Run | undefined;
    const at = options.at ?? clock.now;
    const now = clock.now;
    clock.plan(at, () => {
      run = this.#start(options);
    });
    clock.settle(Math.max(now, at));
    if (run === undefined) throw new Error('The run did not start.');
    return run;
  }

  #start(options: RunOptions): Run {
    const { world, git, defaultBranch } = this.#repository;
    const workflow = this.workflow(options.workflow);
    if (workflow === undefined) throw new Error(`There is no workflow ${options.workflow}.`);
    const branch = options.branch ?? defaultBranch;
    const commit = git.resolve(options.sha ?? branch);
    if (commit === undefined) throw new Error(`There is no commit ${options.sha ?? branch}.`);
    const number = (this.#counts.get(workflow.id) ?? 0) + 1;
    this.#counts.set(workflow.id, number);
    const inputs = options.inputs ?? {};
    const run: Run = {
      id: world.id(),
      workflow,
      number,
      event: options.event ?? 'push',
      branch,
      commit,
      actor: world.user(options.actor ?? 'maria'),
      title: options.title ?? workflow.runName?.(inputs, branch) ?? commit.message.split('\n')[0] ?? '',
      createdAt: world.clock.now,
      inputs,
      jobs: options.jobs ?? workflow.jobs,
      pullRequests: options.pullRequests ?? [],
      attempts: [],
      artifacts: [],
      reviews: [],
    };
    this.all.push(run);
    this.#byId.set(run.id, run);
    this.#attempt(run, run.actor, false, []);
    return run;
  }

  /** @param kept jobs of the last attempt that are not run again */
  #attempt(run: Run, actor: User, debug: boolean, kept: readonly Job[]): void {
    const { world } = this.#repository;
    const number = run.attempts.length + 1;
    const { inputs, event } = run;
    const context = { inputs, event, ref: run.branch ?? '', sha: run.commit.sha, attempt: number };
    const attempt: Attempt = {
      number,
      plans: typeof run.jobs === 'function' ? run.jobs(context) : run.jobs,
      jobs: [],
      actor,
      debug,
      startedAt: world.clock.now,
      updatedAt: world.clock.now,
      status: 'queued',
      conclusion: null,
    };
    run.attempts.push(attempt);
    for (const job of kept) this.#add(run, attempt, { ...job, id: world.id(), attempt: number });
    this.#proceed(run, attempt);
  }

  #add(run: Run, attempt: Attempt, job: Job): Job {
    attempt.jobs.push(job);
    this.#jobs.set(job.id, { run, job });
    return job;
  }

  /** Lets jobs come up whose time has come, and says how far the run is. */
  #proceed(run: Run, attempt: Attempt): void {
    for (let before = -1; before < attempt.jobs.length;) {
      before = attempt.jobs.length;
      for (const plan of attempt.plans) this.#comeUp(run, attempt, plan);
    }
    this.#judge(attempt);
  }

  #comeUp(run: Run, attempt: Attempt, plan: JobPlan): void {
    if (attempt.jobs.some((job) => key(job.plan) === key(plan))) return;
    const needed = (plan.needs ?? []).flatMap((id) =>
      attempt.plans.filter((other) => key(other) === id || other.name === id),
    );
    const done = needed.map((other) =>
      attempt.jobs.find((job) => key(job.plan) === key(other) && job.status === 'completed'),
    );
    if (done.some((job) => job === undefined)) return;
    const { clock } = this.#repository.world;
    const job: Job = {
      id: this.#repository.world.id(),
      attempt: attempt.number,
      plan,
      status: 'queued',
      conclusion: null,
      createdAt: clock.now,
      startedAt: null,
      completedAt: null,
      cancelled: false,
      deploymentId: null,
    };
    this.#add(run, attempt, job);
    const wanted =
      plan.always === true || done.every((other) => other?.conclusion === 'success' || other?.plan.mayFail === true);
    if (!wanted || plan.conclusion === 'skipped' || attempt.conclusion === 'cancelled') {
      job.startedAt = clock.now;
      this.#complete(run, attempt, job, attempt.conclusion === 'cancelled' ? 'cancelled' : 'skipped');
    } else if (plan.environment !== undefined) {
      this.#repository.deliveries.deployBy(run, job, plan.environment);
      this.#waitOrQueue(run, attempt, job, plan.environment);
    } else this.#queue(run, attempt, job);
  }

  #waitOrQueue(run: Run, attempt: Attempt, job: Job, name: string): void {
    const environment = this.#repository.deliveries.environment(name);
    const timer = (environment?.waitTimer ?? 0) * 60_000;
    if (environment === undefined || (environment.reviewers.length === 0 && timer === 0)) {
      this.#queue(run, attempt, job);
      return;
    }
    job.status = 'waiting';
    this.#repository.deliveries.report(job, 'pending');
    if (environment.reviewers.length > 0) return;
    const { clock } = this.#repository.world;
    clock.plan(clock.now + timer, () => {
      if (job.status === 'waiting') this.#admit(run, attempt, job);
    });
  }

  #admit(run: Run, attempt: Attempt, job: Job): void {
    this.#queue(run, attempt, job);
    this.#judge(attempt);
  }

  #queue(run: Run, attempt: Attempt, job: Job): void {
    const { clock } = this.#repository.world;
    job.status = 'queued';
    if (job.deploymentId !== null) this.#repository.deliveries.report(job, 'queued');
    clock.plan(clock.now + milliseconds(job.plan.queue ?? '2s'), () => {
      if (job.status !== 'queued') return;
      job.status = 'in_progress';
      job.startedAt = clock.now;
      if (job.deploymentId !== null) this.#repository.deliveries.report(job, 'in_progress');
      this.#judge(attempt);
      clock.plan(clock.now + jobDuration(job.plan), () => {
        if (job.status !== 'in_progress') return;
        this.#complete(run, attempt, job, job.plan.conclusion ?? 'success');
        this.#proceed(run, attempt);
      });
    });
  }

  #complete(run: Run, attempt: Attempt, job: Job, conclusion: NonNullable<Job['conclusion']>): void {
    const { clock } = this.#repository.world;
    const ran = job.status === 'in_progress';
    job.status = 'completed';
    job.conclusion = conclusion;
    job.startedAt ??= clock.now;
    job.completedAt = clock.now;
    attempt.updatedAt = clock.now;
    if (job.deploymentId !== null)
      this.#repository.deliveries.report(job, conclusion === 'success' ? 'success' : 'failure');
    if (!ran || conclusion === 'cancelled') return;
    const { artifacts = [], effect } = job.plan;
    for (const plan of typeof artifacts === 'function' ? artifacts(run) : artifacts) this.upload(run, plan);
    if (conclusion === 'success') effect?.(run);
  }

  /** Adds an artifact to a run. One with the same name is replaced. */
  upload(run: Run, plan: Parameters<typeof createArtifact>[1]): void {
    const { world } = this.#repository;
    const before = run.artifacts.findIndex(({ name }) => name === plan.name);
    if (before >= 0) run.artifacts.splice(before, 1);
    const artifact = createArtifact(world.id(), plan, world.clock.now);
    run.artifacts.push(artifact);
    this.#artifacts.set(artifact.id, run);
  }

  #judge(attempt: Attempt): void {
    const { jobs, plans } = attempt;
    const status: RunStatus = jobs.some((job) => job.status === 'in_progress')
      ? 'in_progress'
      : jobs.some((job) => job.status === 'queued')
        ? jobs.some((job) => job.status === 'completed' && job.conclusion !== 'skipped')
          ? 'in_progress'
          : 'queued'
        : jobs.some((job) => job.status === 'waiting')
          ? 'waiting'
          : 'completed';
    if (status !== attempt.status) attempt.updatedAt = this.#repository.world.clock.now;
    attempt.status = status;
    if (status !== 'completed') return;
    const conclusions = jobs.filter((job) => job.plan.mayFail !== true).map((job) => job.conclusion);
    attempt.conclusion = conclusions.includes('failure')
      ? 'failure'
      : attempt.conclusion === 'cancelled' || conclusions.includes('cancelled')
        ? 'cancelled'
        : (conclusions.find((conclusion) => conclusion === 'timed_out' || conclusion === 'action_required') ??
          (plans.length > 0 && conclusions.every((conclusion) => conclusion === 'skipped') ? 'skipped' : 'success'));
  }

  /** Runs jobs again in a new attempt: all of them, those that failed with what needs them, or one with what needs it. */
  rerun(run: Run, which: 'all' | 'failed' | Job, actor: User, debug: boolean): void {
    const last = newest(run);
    const again = new Set(
      last.jobs
        .filter((job) => (which === 'all' ? true : which === 'failed' ? !succeeded(job) : job === which))
        .map((job) => key(job.plan)),
    );
    for (let before = -1; before < again.size;) {
      before = again.size;
      for (const plan of last.plans) if ((plan.needs ?? []).some((id) => again.has(id))) again.add(key(plan));
    }
    this.#attempt(
      run,
      actor,
      debug,
      last.jobs.filter((job) => !again.has(key(job.plan))),
    );
  }

  cancel(run: Run): void {
    const attempt = newest(run);
    const { clock } = this.#repository.world;
    attempt.conclusion = 'cancelled';
    for (const job of attempt.jobs.filter(({ status }) => status !== 'completed')) {
      job.cancelled = job.status === 'in_progress';
      this.#complete(run, attempt, job, 'cancelled');
    }
    attempt.updatedAt = clock.now;
    this.#proceed(run, attempt);
  }

  /** Answers jobs that wait for these environments. */
  review(run: Run, review: Review): void {
    const attempt = newest(run);
    run.reviews.push(review);
    for (const job of attempt.jobs) {
      if (job.status !== 'waiting' || !review.environments.includes(job.plan.environment ?? '')) continue;
      if (review.state === 'approved') this.#queue(run, attempt, job);
      else this.#complete(run, attempt, job, 'failure');
    }
    this.#proceed(run, attempt);
  }
}

function key(plan: JobPlan): string {
  return plan.id ?? plan.name;
}

function succeeded(job: Job): boolean {
  return job.conclusion === 'success' || job.conclusion === 'skipped';
}
