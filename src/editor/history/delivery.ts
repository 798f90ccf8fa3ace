import { commands, EventEmitter, l10n } from 'vscode';
import type { Disposable } from 'vscode';
import type { Deployment } from '../../core/actions/delivery.js';
import { approvalsOf } from '../../core/delivery/live.js';
import type { Benchmark, Timeline } from '../../core/history/panel/messages.js';
import { timelineOf, type DeliveryHistory, type PastDeployment } from '../../core/history/timeline.js';
import type { Delivered } from '../../core/rollback/facts.js';
import { pastDeployments } from '../../github/past-deployments.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { showError, showProblem, type ShownProblem } from '../github/problems-shown.js';
import { reportOf, runsOfWorkflow } from './reports.js';
import type { Report } from './source.js';

/** Rollbacks whose reports are read. */
const most = 20;

/** Releases, deployments and rollbacks of the repository, as the panel shows them. */
export class Delivery implements Disposable {
  readonly #github: GitHub;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #ends: Disposable[];
  #delivered: readonly Delivered[] = [];
  #past: readonly PastDeployment[] = [];
  #rollbacks: DeliveryHistory['runs'] = [];
  #problems: readonly ShownProblem[] = [];
  #unwatch: (() => void) | undefined;
  #loaded = false;

  constructor(github: GitHub) {
    this.#github = github;
    this.#ends = [
      github.onDidChange(() => {
        if (this.#loaded) this.#changed.fire();
      }),
    ];
  }

  /** Null until something is known. */
  get timeline(): Timeline | null {
    if (!this.#loaded) return null;
    const repository = this.#github.current;
    if (!repository) return { lanes: [], releases: [], now: Date.now() };
    const { snapshot } = repository.store;
    const history = {
      ...snapshot.delivery,
      deployments: this.#deployments(snapshot.delivery.deployments),
      delivered: this.#delivered,
      runs: [...this.#rollbacks, ...snapshot.runs],
      waiting: approvalsOf(snapshot),
    };
    return timelineOf(history, Date.now());
  }

  /** The recent ones as the store has them now, and those before. */
  #deployments(recent: readonly Deployment[] | null): DeliveryHistory['deployments'] {
    const ids = new Set((recent ?? []).map(({ id }) => id));
    return recent && [...recent, ...this.#past.filter(({ id }) => !ids.has(id))];
  }

  /** What could not be fetched, and what helps. */
  get problems(): readonly ShownProblem[] {
    const repository = this.#github.current;
    if (!this.#loaded) return [];
    if (!repository) return [noRepository()];
    const { problem, problems } = repository.store.connection;
    const parts = [...(problems ?? [])].filter(([part]) =>
      ['environments', 'deployments', 'releases', 'images'].includes(part),
    );
    const shown = [...(problem ? [problem] : []), ...parts.map(([, each]) => each)].map((each) =>
      showProblem(each, repository.id),
    );
    const all = [...shown, ...this.#problems];
    return all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index);
  }

  /** When what was released, for the charts of benchmarks. */
  get moments(): Benchmark['releases'] {
    return (this.timeline?.releases ?? []).filter(({ draft }) => !draft).map(({ at, tag }) => ({ at, tag }));
  }

  /** Whether somebody looks: only then GitHub is asked for news. */
  watch(visible: boolean): void {
    if (!visible) {
      this.#unwatch?.();
      this.#unwatch = undefined;
    } else this.#unwatch ??= this.#github.current?.store.watch('delivery');
  }

  /** Never rejects: what failed is in `problems`. */
  async load(signal: AbortSignal, report: Report): Promise<void> {
    report(l10n.t('Finding the repository on GitHub'));
    const repository = await this.#github.open();
    if (signal.aborted) return;
    try {
      if (repository) await this.#fetch(repository, signal, report);
      this.#problems = [];
    } catch (error) {
      const stopped = error instanceof Error && error.name === 'AbortError';
      if (repository && !stopped) this.#problems = [showError(error, repository.id)];
    }
    this.#loaded = true;
    this.#changed.fire();
  }

  async #fetch({ store, client, id }: OpenRepository, signal: AbortSignal, report: Report): Promise<void> {
    report(l10n.t('Asking GitHub for releases and deployments'));
    this.watch(true);
    await store.refresh();
    this.#loaded = true;
    this.#changed.fire();
    if (store.connection.problem) return;
    const name = { owner: id.owner, repo: id.name };
    const listed = [...(store.snapshot.delivery.deployments ?? []), ...this.#past];
    const past = await pastDeployments(
      client,
      name,
      listed,
      (done, all) => {
        report(l10n.t('Asking GitHub for deployment {0} of {1}', done + 1, all), done / all);
      },
      signal,
    );
    this.#past = [...this.#past, ...past];
    this.#changed.fire();
    report(l10n.t('Asking GitHub for rollbacks'));
    const runs = await runsOfWorkflow(store, 'rollback.yml', most, signal);
    this.#rollbacks = runs;
    // Read anew: reports that were read before are not asked for again.
    const ended = runs.filter(({ status }) => status === 'completed');
    const known = new Map(this.#delivered.map((one) => [one.run.id, one]));
    for (const [index, run] of ended.entries()) {
      if (known.has(run.id)) continue;
      report(l10n.t('Reading rollback {0} of {1}', index + 1, ended.length), index / ended.length);
      const found = await reportOf(store, run, signal);
      if (found) known.set(run.id, { run, report: found });
    }
    this.#delivered = [...known.values()];
  }

  /** Whether there is something that rolls back. */
  async canRollBack(): Promise<boolean> {
    return (await commands.getCommands(true)).includes('rustCi.rollback');
  }

  /** Asks for a verdict on what waits in a run. */
  async review(runId: number): Promise<void> {
    const snapshot = this.#github.current?.store.snapshot;
    const found = snapshot && approvalsOf(snapshot).find(({ run }) => run.id === runId);
    if (found) await commands.executeCommand('rustCi.approve', { target: { kind: 'approval', ...found } });
  }

  dispose(): void {
    this.watch(false);
    for (const end of this.#ends) end.dispose();
    this.#changed.dispose();
  }
}

function noRepository(): ShownProblem {
  return {
    short: l10n.t('Not on GitHub'),
    text: l10n.t(
      'This folder has no remote on GitHub that could be found, so there are no releases or deployments to show.',
    ),
    button: undefined,
    icon: 'github',
  };
}
