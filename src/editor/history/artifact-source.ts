import { l10n } from 'vscode';
import type { Run } from '../../core/actions/run.js';
import type { Point } from '../../core/history/line.js';
import { pointsOfReport } from '../../core/history/points.js';
import type { Store } from '../../github/store.js';
import { reportOf, runsOfWorkflow } from './reports.js';
import type { Found, HistorySource, Report } from './source.js';

/** Runs that are looked at; weekly ones live for 90 days, of which this is plenty. */
const most = 60;

/** The reports that benchmarks.yml uploaded, as long as GitHub keeps them. What is known already is not fetched again. */
export class ArtifactSource implements HistorySource {
  readonly #store: Store;
  readonly #known: () => readonly Point[];

  constructor(store: Store, known: () => readonly Point[]) {
    this.#store = store;
    this.#known = known;
  }

  async *load(signal: AbortSignal, report: Report): AsyncIterable<Found> {
    report(l10n.t('Asking GitHub for runs of benchmarks.yml'));
    const runs = await runsOfWorkflow(this.#store, 'benchmarks.yml', most, signal);
    const known = new Set(this.#known().map(({ run, attempt }) => `${run} ${attempt}`));
    const wanted = runs.filter((run) => run.status === 'completed' && !known.has(`${run.id} ${run.attempt}`));
    for (const [index, run] of wanted.entries()) {
      if (signal.aborted) return;
      report(l10n.t('Fetching benchmark run {0} of {1}', index + 1, wanted.length), index / wanted.length);
      yield await this.#read(run, signal);
    }
  }

  async #read(run: Run, signal: AbortSignal): Promise<Found> {
    try {
      const report = await reportOf(this.#store, run, signal);
      return { points: report ? pointsOfReport(report) : [], problems: [] };
    } catch (error) {
      if (signal.aborted || !isRefusal(error)) throw error;
      return { points: [], problems: [l10n.t('Run {0}: {1}', run.number, error.message)] };
    }
  }
}

/** What is wrong with one artifact says nothing about the others; when GitHub does not answer, none is worth trying. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name !== 'GitHubError' && error.name !== 'AbortError';
}
