import { Disposable, EventEmitter, workspace } from 'vscode';
import type { Job, Run } from '../../core/actions/run.js';
import type { Gate } from '../../core/gates/gate.js';
import { verdictOf } from '../../core/gates/verdict.js';
import type { Finding } from '../../core/problems/finding.js';
import { mergeFindings } from '../../core/problems/merge.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { logProblem } from '../logs/problem.js';
import { jobsOf } from '../pipeline/rows/gates.js';
import { gatePatterns } from '../status/gate-patterns.js';
import type { RepositoryFiles } from '../working-copy/repository-files.js';
import { JobFindingsCache } from './job-findings.js';

/** Legs of a matrix that are looked into: more of them find the same. */
const mostJobs = 8;

/** What is known of why a gate failed. */
export interface GateFindings {
  readonly repository: OpenRepository;
  readonly gate: Gate;
  readonly run: Run;
  /** Those that failed. */
  readonly jobs: readonly Job[];
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Logs are still being read. */
  readonly reading: boolean;
  /** Why a log could not be read, in words. */
  readonly problem: string | null;
}

/**
 * What the gates that failed have found, for the commit one is on. What a gate found stays until it is known to pass (or to
 * be skipped) in a newer run, or another branch is checked out.
 */
export class Findings implements Disposable {
  readonly #github: GitHub;
  readonly #files: RepositoryFiles;
  readonly #jobs: JobFindingsCache;
  readonly #known = new Map<string, GateFindings>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: { dispose(): unknown }[];
  #repository: OpenRepository | undefined;
  #unsubscribe: (() => void) | undefined;
  #branch: string | null | undefined;
  #signedIn = false;
  #updating: Promise<void> = Promise.resolve();

  constructor(github: GitHub, files: RepositoryFiles) {
    this.#github = github;
    this.#files = files;
    this.#jobs = new JobFindingsCache(() => {
      void this.update();
    });
    this.#subscriptions = [
      this.#changed,
      github.onDidChange(() => {
        this.#follow();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('rustCi.problems')) void this.update();
      }),
    ];
    this.#follow();
  }

  /** What is known of a gate; undefined where there is nothing to find. */
  of(gate: Pick<Gate, 'id'>): GateFindings | undefined {
    return this.#known.get(gate.id);
  }

  get all(): readonly GateFindings[] {
    return [...this.#known.values()];
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.#jobs.retry();
    void this.update();
  }

  /** Looks at the gates as they are now. Resolves when that is done; logs may still be on their way. */
  update(): Promise<void> {
    return (this.#updating = this.#updating.then(() => this.#update()).catch(() => undefined));
  }

  dispose(): void {
    this.#unsubscribe?.();
    this.#jobs.dispose();
    Disposable.from(...this.#subscriptions).dispose();
  }

  #follow(): void {
    const { current } = this.#github;
    if (current?.store === this.#repository?.store) return;
    this.#unsubscribe?.();
    this.#known.clear();
    this.#repository = current;
    this.#unsubscribe = current?.store.onDidChange(() => {
      void this.update();
    });
    void this.update();
  }

  async #update(): Promise<void> {
    const repository = this.#repository;
    const before = this.all;
    if (!repository || !isEnabled()) this.#known.clear();
    else await this.#look(repository);
    const now = this.all;
    if (before.length !== now.length || before.some((one, index) => one !== now[index])) this.#changed.fire();
  }

  async #look(repository: OpenRepository): Promise<void> {
    const { snapshot, connection } = repository.store;
    const verdict = verdictOf(snapshot, gatePatterns(repository.root));
    if (this.#branch !== verdict.branch) this.#known.clear();
    this.#branch = verdict.branch;
    // Signing in may be all that was missing.
    if (connection.signedIn && !this.#signedIn) this.#jobs.retry();
    this.#signedIn = connection.signedIn;
    const gates = new Map(verdict.gates.map((gate) => [gate.id, gate]));
    for (const id of this.#known.keys()) if (isOver(gates.get(id))) this.#known.delete(id);
    for (const gate of gates.values()) {
      if (!hasFailed(gate)) continue;
      const next = await this.#findingsOf(repository, gate);
      const known = this.#known.get(gate.id);
      if (next && (!known || fingerprint(known) !== fingerprint(next))) this.#known.set(gate.id, next);
    }
  }

  async #findingsOf(repository: OpenRepository, gate: Gate): Promise<GateFindings | undefined> {
    const { store, root } = repository;
    const { run, jobs: all } = jobsOf(store.snapshot, gate);
    const jobs = all.filter(({ conclusion }) => conclusion === 'failure' || conclusion === 'timed_out');
    if (!run || jobs.length === 0) return undefined;
    const states = jobs.slice(0, mostJobs).map((job) => ({ job, state: this.#jobs.of(store, job) }));
    const read = states.flatMap(({ job, state }) =>
      state.kind === 'read' ? [{ jobId: job.id, jobName: job.name, found: state.found }] : [],
    );
    const failed = states.flatMap(({ state }) => (state.kind === 'failed' ? [state.error] : []));
    const reading = states.some(({ state }) => state.kind === 'reading');
    return {
      repository,
      gate,
      run,
      jobs,
      findings: read.length === 0 ? [] : mergeFindings(read, await this.#files.of(root)),
      reading,
      problem: failed.length > 0 ? logProblem(failed[0], repository.id) : null,
    };
  }
}

function isEnabled(): boolean {
  return workspace.getConfiguration('rustCi').get<boolean>('problems.enable', true);
}

const hasFailed = ({ state, was }: Gate) => state === 'failed' || (state === 'stale' && was === 'failed');

/** Nothing that it found before can still be so. While it runs again, that is not known. */
function isOver(gate: Gate | undefined): boolean {
  if (!gate) return true;
  return ['passed', 'skipped', 'notSetUp'].includes(gate.state) || (gate.state === 'stale' && gate.was === 'passed');
}

/** Changes with everything that is shown of it. */
function fingerprint({ gate, run, findings, reading, problem }: GateFindings): string {
  return JSON.stringify([gate.state, gate.sha, run.id, run.attempt, findings, reading, problem]);
}
