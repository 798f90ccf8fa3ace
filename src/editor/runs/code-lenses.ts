import { CodeLens, Disposable, EventEmitter, l10n, languages, Range } from 'vscode';
import type { CodeLensProvider, TextDocument } from 'vscode';
import type { Job, Run } from '../../core/actions/run.js';
import { outlineOf, isJobOf, type OutlinedJob } from '../../core/actions/workflow-outline.js';
import { standingOf, together } from '../../core/gates/progress.js';
import type { GateState } from '../../core/gates/gate.js';
import type { Feature } from '../feature.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { age, duration, stateWord } from '../status/words.js';

/** By pattern, whatever language another extension gives these files. */
const workflows = { pattern: '**/.github/workflows/*.{yml,yaml}' };

/** Over a workflow: its last run and "Run workflow…"; over each job: how it ended last. */
export const codeLenses: Feature = (_context, { github }) => {
  const lenses = new WorkflowLenses(github);
  return Disposable.from(lenses, languages.registerCodeLensProvider(workflows, lenses));
};

class WorkflowLenses implements CodeLensProvider, Disposable {
  readonly #github: GitHub;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listening: Disposable;
  #known = '';

  constructor(github: GitHub) {
    this.#github = github;
    this.#listening = github.onDidChange(() => {
      const known = standing(github.current);
      if (known === this.#known) return;
      this.#known = known;
      this.#changed.fire();
    });
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const repository = await this.#github.open();
    if (!repository) return [];
    const path = pathIn(repository, document);
    const workflow = repository.store.snapshot.workflows?.find((one) => one.path === path);
    const { onLine, byHand, jobs } = outlineOf(document.getText());
    const run = repository.store.snapshot.runs.find((one) => one.path === path);
    const at = (line: number) => new Range(line, 0, line, 0);
    const lenses: CodeLens[] = [];
    if (workflow && byHand) {
      lenses.push(
        new CodeLens(at(onLine), {
          title: l10n.t('$(play)\u00a0Run workflow…'),
          command: 'rustCi.runWorkflow',
          arguments: [document.uri],
        }),
      );
    }
    if (run) {
      lenses.push(
        new CodeLens(at(onLine), { title: runTitle(run), command: 'rustCi.revealRun', arguments: [run.id] }),
        ...jobs.flatMap((job) => this.#jobLens(repository, run, job, at(job.line)) ?? []),
      );
    }
    return lenses;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #jobLens(repository: OpenRepository, run: Run, outlined: OutlinedJob, range: Range): CodeLens | undefined {
    const legs = jobsOf(repository, run).filter(({ name }) => isJobOf(outlined, name));
    if (legs.length === 0) return undefined;
    const { state } = together(legs.map(standingOf));
    const worst = legs.find((leg) => standingOf(leg).state === state) ?? legs[0];
    return new CodeLens(range, {
      title: l10n.t('$({0})\u00a0{1}', icons[state], jobTitle(state, legs)),
      command: 'rustCi.openLog',
      arguments: [{ target: { kind: 'job', run, job: worst } }],
    });
  }
}

const icons: Readonly<Record<GateState, string>> = {
  failed: 'error',
  unknown: 'question',
  waiting: 'bell',
  running: 'sync~spin',
  queued: 'watch',
  stale: 'history',
  skipped: 'circle-slash',
  notSetUp: 'circle-large-outline',
  passed: 'pass',
};

function runTitle(run: Run): string {
  const { state } = standingOf(run);
  return l10n.t(
    '$({0})\u00a0#{1} {2}, {3}',
    icons[state],
    run.number,
    stateWord(state),
    age(run.createdAt, Date.now()),
  );
}

function jobTitle(state: GateState, legs: readonly Job[]): string {
  const times = legs.flatMap(({ startedAt, completedAt }) =>
    startedAt === null || completedAt === null ? [] : [completedAt - startedAt],
  );
  const longest = times.length === 0 || state === 'skipped' ? undefined : duration(Math.max(...times));
  const failing = legs.filter((leg) => standingOf(leg).state === state).length;
  const word =
    legs.length > 1 && failing < legs.length
      ? l10n.t('{0} of {1} {2}', failing, legs.length, stateWord(state))
      : stateWord(state);
  return longest === undefined ? word : l10n.t('{0}, {1}', word, longest);
}

function jobsOf({ store }: OpenRepository, run: Run): readonly Job[] {
  const { current, earlier, main } = store.snapshot;
  return [current, earlier, main].flatMap((facts) => facts?.jobs.get(run.id) ?? []).filter(isFirst);
}

const isFirst = (job: Job, index: number, all: readonly Job[]) => all.findIndex(({ id }) => id === job.id) === index;

function pathIn({ root }: OpenRepository, { uri }: TextDocument): string | undefined {
  const prefix = `${root.path.replace(/\/$/, '')}/`;
  return uri.path.startsWith(prefix) ? uri.path.slice(prefix.length) : undefined;
}

/** Changes when a lens would. */
function standing(repository: OpenRepository | undefined): string {
  if (!repository) return '';
  const { runs } = repository.store.snapshot;
  const jobs = runs.slice(0, 50).flatMap((run) => jobsOf(repository, run));
  return JSON.stringify([
    runs.map(({ id, attempt, status, conclusion }) => [id, attempt, status, conclusion]),
    jobs.map(({ id, status, conclusion }) => [id, status, conclusion]),
  ]);
}
