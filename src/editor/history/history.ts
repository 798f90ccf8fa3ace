import { EventEmitter, l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { mergeHistories } from '../../core/history/archive.js';
import { Judge, type JudgedPoint } from '../../core/history/judge.js';
import type { Point } from '../../core/history/line.js';
import { withPackages } from '../../core/history/panel/benchmark.js';
import type { Run } from '../../core/history/panel/overview.js';
import { defaultBranch } from '../../core/pipeline/git.js';
import type { ShownProblem } from '../github/problems-shown.js';
import { EditorWorkspace } from '../scaffold/workspace.js';
import { BranchSource } from './branch-source.js';
import { loadBaselines, type Baselines } from './baselines.js';
import { KeptHistory } from './kept.js';
import { LocalSource } from './local-source.js';
import type { HistorySource, Report } from './source.js';

/** Milliseconds of judging between two chances for others to run. */
const slice = 10;

/** Something that went wrong, with the command that helps. */
export type Trouble = Pick<ShownProblem, 'text' | 'button'>;

/** The benchmark history of one repository: all runs that were ever seen, judged. */
export class History implements Disposable {
  readonly root: Uri;
  readonly #kept: KeptHistory;
  readonly #local: LocalSource;
  readonly #branchHere: BranchSource;
  readonly #changed = new EventEmitter<void>();
  /** Runs came, or verdicts. */
  readonly onDidChange = this.#changed.event;
  #points: readonly Point[] = [];
  #verdicts: ReadonlyMap<Point, JudgedPoint> = new Map();
  #baselines: Baselines = { accepted: [], problem: undefined };
  #problems: readonly Trouble[] = [];
  #branch: string | undefined;
  #loading: Promise<void> | undefined;
  #complete = false;
  #judging = 0;
  #hasKept = false;

  constructor(root: Uri, storage: Uri) {
    this.root = root;
    this.#kept = new KeptHistory(storage, root);
    const workspace = new EditorWorkspace(root);
    this.#branchHere = new BranchSource(root);
    this.#local = new LocalSource(
      root,
      async () => /^ref: refs\/heads\/(\S+)/.exec((await workspace.readGit('HEAD')) ?? '')?.[1],
    );
  }

  /** In run order. */
  get runs(): readonly Run[] {
    return this.#points.map((point) => ({ point, judged: this.#verdicts.get(point) }));
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  /** Whether nothing more is being fetched or judged. */
  get complete(): boolean {
    return this.#complete;
  }

  get branch(): string | undefined {
    return this.#branch;
  }

  /** What could not be read, and what helps. */
  get problems(): readonly Trouble[] {
    const { problem } = this.#baselines;
    return [...(problem === undefined ? [] : [trouble(problem)]), ...this.#problems];
  }

  /** What was measured here and kept by name. */
  get localBaselines(): ReadonlyMap<string, readonly Point[]> {
    return this.#local.baselines;
  }

  /** Reads again what lies here, after `cargo bench` has written. */
  reload(): Promise<void> {
    return (this.#loading = this.load(
      () => Promise.resolve([]),
      new AbortController().signal,
      () => undefined,
    ));
  }

  /** What this computer has; loads it once. */
  loadLocal(): Promise<void> {
    return this.#loading ?? this.reload();
  }

  /**
   * Loads what was kept and what lies in the working copy, then asks the other sources, and judges it all. Never rejects: what
   * failed is in `problems`.
   */
  async load(
    others: () => Promise<readonly HistorySource[]>,
    signal: AbortSignal,
    report: Report,
    explain: (error: unknown) => Trouble = (error) => trouble(error instanceof Error ? error.message : String(error)),
  ): Promise<void> {
    this.#complete = false;
    const problems: Trouble[] = [];
    const before = this.#points.length;
    this.#baselines = await loadBaselines(this.root);
    this.#branch = (await defaultBranch(new EditorWorkspace(this.root))).name;
    if (!this.#hasKept) {
      report(l10n.t('Reading the runs that were kept'));
      this.#add(await this.#kept.read());
      this.#changed.fire();
      this.#hasKept = true;
    }
    const take = async (sources: readonly HistorySource[]) => {
      for (const source of sources) {
        if (signal.aborted) return;
        try {
          for await (const found of source.load(signal, report)) {
            this.#add(found.points);
            problems.push(...found.problems.map(trouble));
            this.#changed.fire();
          }
        } catch (error) {
          const stopped = error instanceof Error && error.name === 'AbortError';
          if (!stopped) problems.push(explain(error));
        }
      }
    };
    await take([this.#local, this.#branchHere]);
    // What lies here is judged and shown before anybody waits for GitHub.
    await this.#judge(report);
    this.#changed.fire();
    const here = this.#points.length;
    await take(await others());
    this.#problems = problems;
    if (this.#points.length !== here) await this.#judge(report);
    this.#complete = true;
    this.#changed.fire();
    if (this.#points.length === before) return;
    try {
      await this.#kept.write(this.#points);
    } catch (error) {
      this.#problems = [
        ...problems,
        trouble(l10n.t('The runs could not be kept on this computer: {0}', String(error))),
      ];
      this.#changed.fire();
    }
  }

  /** Judges anew, after a change was accepted. */
  async rejudge(): Promise<void> {
    this.#baselines = await loadBaselines(this.root);
    await this.#judge(() => undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#judging++;
    this.#changed.dispose();
  }

  #add(points: readonly Point[]): void {
    if (points.length === 0) return;
    // What is known already stays the same object, and with it its verdict.
    this.#points = mergeHistories(withPackages([...points, ...this.#points]));
  }

  async #judge(report: Report): Promise<void> {
    const turn = ++this.#judging;
    const judge = new Judge(this.#baselines.accepted);
    const verdicts = new Map<Point, JudgedPoint>();
    let since = performance.now();
    for (const [index, point] of this.#points.entries()) {
      verdicts.set(point, judge.judge(point));
      if (performance.now() - since < slice) continue;
      report(l10n.t('Judging {0} runs', this.#points.length), index / this.#points.length);
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#judging) return;
      since = performance.now();
    }
    this.#verdicts = verdicts;
  }
}

function trouble(text: string): Trouble {
  return { text, button: undefined };
}
