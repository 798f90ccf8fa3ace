import { EventEmitter, l10n } from 'vscode';
import type { TextDocumentContentProvider, Disposable, Uri } from 'vscode';
import type { Job, Run } from '../../core/actions/run.js';
import { parseJobLog } from '../../core/logs/job-log.js';
import { logDocument } from '../../core/logs/log-document.js';
import type { LogDocument } from '../../core/logs/log-document.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { jobText } from '../status/words.js';
import { logUri, readLogUri } from './address.js';
import { logProblem } from './problem.js';

/** Logs that are kept in memory; those that are shown come back from the store's own cache when they were dropped. */
const most = 6;
/** Characters of a log that are shown; VS Code itself gives up on larger texts. */
const longest = 20_000_000;

/** A log that was read, with what it belongs to. */
export interface OpenLog {
  readonly repository: OpenRepository;
  readonly run: Run;
  readonly job: Job;
  readonly document: LogDocument;
}

/** The logs of jobs, as documents. */
export class Logs implements TextDocumentContentProvider, Disposable {
  readonly #github: GitHub;
  readonly #scheme: string;
  readonly #known = new Map<string, Promise<OpenLog>>();
  readonly #loaded = new Map<string, OpenLog>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #read = new EventEmitter<Uri>();
  /** A log has become known. */
  readonly onDidLoad = this.#read.event;

  constructor(github: GitHub, scheme: string) {
    this.#github = github;
    this.#scheme = scheme;
  }

  /** The log of a job and the address of its document. Rejects with GitHubError. */
  async load(
    repository: OpenRepository,
    run: Run,
    job: Job,
    signal?: AbortSignal,
  ): Promise<{ uri: Uri; log: OpenLog }> {
    const uri = logUri(repository.id, run, job, this.#scheme);
    const key = uri.toString();
    const known = this.#known.get(key);
    // What is asked for again is the last to be dropped.
    this.#known.delete(key);
    const reading = known ?? this.#fetch(repository, run, job, uri, signal);
    this.#known.set(key, reading);
    this.#dropOld();
    try {
      return { uri, log: await reading };
    } catch (error) {
      if (this.#known.get(key) === reading) this.#known.delete(key);
      throw error;
    }
  }

  /** What a document shows; undefined until it is read. */
  of(uri: Uri): OpenLog | undefined {
    return this.#loaded.get(uri.toString());
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    try {
      const log = this.of(uri) ?? (await this.#restore(uri));
      if (!log) {
        return l10n.t(
          'This log belongs to another repository, or to a run that is not listed any more. Open it from its run.',
        );
      }
      return log.document.lines.map(({ text }) => text).join('\n');
    } catch (error) {
      const address = readLogUri(uri);
      return address ? logProblem(error, address.repository) : String(error);
    }
  }

  dispose(): void {
    this.#known.clear();
    this.#loaded.clear();
    this.#changed.dispose();
    this.#read.dispose();
  }

  async #fetch(repository: OpenRepository, run: Run, job: Job, uri: Uri, signal?: AbortSignal): Promise<OpenLog> {
    let text = await repository.store.log(job, signal);
    if (text.length > longest) {
      const kept = text.slice(text.indexOf('\n', text.length - longest) + 1);
      text = `##[warning]${l10n.t('Only the last 20 MB of this log are shown.')}\n${kept}`;
    }
    const now = Date.now();
    const document = logDocument(parseJobLog(text), job.steps, (step) => `── ${step.name} ── ${jobText(step, now)}`);
    const log: OpenLog = { repository, run, job, document };
    this.#loaded.set(uri.toString(), log);
    this.#read.fire(uri);
    return log;
  }

  /** A document that VS Code has kept from its last session knows only its address. */
  async #restore(uri: Uri): Promise<OpenLog | undefined> {
    const address = readLogUri(uri);
    const repository = await this.#github.open();
    if (!address || !repository) return undefined;
    const { host, owner, name } = repository.id;
    if (`${host}/${owner}/${name}` !== Object.values(address.repository).join('/')) return undefined;
    const { current, earlier, main, runs } = repository.store.snapshot;
    const all = [...runs, ...[current, earlier, main].flatMap((facts) => facts?.runs ?? [])];
    const run = all.find(({ id }) => id === address.runId);
    if (!run) return undefined;
    const jobs = await repository.store.jobs(run, address.attempt);
    const job = jobs.find(({ id }) => id === address.jobId);
    return job ? (await this.load(repository, run, job)).log : undefined;
  }

  #dropOld(): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size <= most) break;
      this.#known.delete(key);
      this.#loaded.delete(key);
    }
  }
}
