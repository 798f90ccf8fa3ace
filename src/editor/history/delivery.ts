import { commands, EventEmitter } from 'vscode';
import type { Disposable } from 'vscode';
import type { Benchmark, Note, Timeline } from '../../core/history/panel/messages.js';
import type { GitHub } from '../github/github.js';
import type { Report } from './source.js';

/** Releases, deployments and rollbacks of the repository, as the panel shows them. */
export class Delivery implements Disposable {
  readonly #github: GitHub;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #timeline: Timeline | null = null;
  #notes: readonly Note[] = [];

  constructor(github: GitHub) {
    this.#github = github;
  }

  get timeline(): Timeline | null {
    return this.#timeline;
  }

  get notes(): readonly Note[] {
    return this.#notes;
  }

  /** When what was released, for the charts of benchmarks. */
  get moments(): Benchmark['releases'] {
    return (this.#timeline?.releases ?? []).filter(({ draft }) => !draft).map(({ at, tag }) => ({ at, tag }));
  }

  async load(signal: AbortSignal, report: Report): Promise<void> {
    report('Reading releases');
    await this.#github.open();
    if (signal.aborted) return;
    this.#timeline = { lanes: [], releases: [], now: Date.now() };
    this.#notes = [];
    this.#changed.fire();
  }

  /** Whether there is something that rolls back. */
  async canRollBack(): Promise<boolean> {
    return (await commands.getCommands(true)).includes('rustCi.rollback');
  }

  async review(run: string): Promise<void> {
    await commands.executeCommand('rustCi.review', Number(run));
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
