import { languages, workspace } from 'vscode';
import type { Diagnostic, DiagnosticCollection, Disposable, TextDocument, Uri } from 'vscode';
import type { Finding } from '../../core/lint/finding.js';
import type { LintOptions } from '../../core/lint/lint.js';
import type { LintDocument } from '../../core/lint/document.js';
import { toDiagnostic } from './diagnostics.js';
import { pathBelow } from './files.js';
import { lintText } from './lint-file.js';
import { loadEngine } from './load-engine.js';
import type { Engine } from './load-engine.js';
import { Repositories, lintPath } from './repositories.js';
import type { EditorRepository } from './repositories.js';
import { readText } from './repository-files.js';
import type { Seen } from './repository-files.js';
import { fileSettings, isLeftToGithub } from './settings.js';

/** Milliseconds without a key before a file is checked again. */
export const pause = 250;
/** A checked file, for diagnostics and for what is done with them. */
export interface Checked {
  readonly uri: Uri;
  /** Of the open document; undefined when the file was read from disk. */
  readonly version: number | undefined;
  readonly document: LintDocument;
  /** Those that are shown, by place. */
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the check was made with. */
  readonly options: LintOptions;
  /** Whether a finding of this file is shown. */
  readonly shows: (finding: Finding) => boolean;
  readonly engine: Engine;
}

interface Entry {
  readonly uri: Uri;
  /** Counts what was asked for: a check that is overtaken shows nothing. */
  generation: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The check under way, and the version of the open document that it looks at. */
  running: { readonly version: number | undefined; readonly done: Promise<void> } | undefined;
  checked: Checked | undefined;
  repository: EditorRepository | undefined;
  seen: Seen | undefined;
}

const nothing = { timer: undefined, running: undefined, checked: undefined, repository: undefined, seen: undefined };

/** Checks files when they are asked for and shows what it finds. */
export class Linter implements Disposable {
  readonly #shown: DiagnosticCollection = languages.createDiagnosticCollection('rust-ci');
  readonly #entries = new Map<string, Entry>();
  readonly repositories = new Repositories();
  /** The end of the queue in which files that nobody looks at are checked one by one. */
  #queue: Promise<void> = Promise.resolve();

  /** The files that are checked. */
  get files(): Uri[] {
    return [...this.#entries.values()].map(({ uri }) => uri);
  }

  /** Whether a file is checked. */
  has(uri: Uri): boolean {
    return this.#entries.has(uri.toString());
  }

  /** Checks a file after `delay` milliseconds, unless it is asked for again before. */
  schedule(uri: Uri, delay = 0): void {
    const key = uri.toString();
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { uri, generation: 0, ...nothing };
      this.#entries.set(key, entry);
    }
    const scheduled = entry;
    this.#supersede(scheduled);
    scheduled.timer = setTimeout(() => void this.#start(scheduled), delay);
  }

  /** Checks everything again, after a change of settings. */
  scheduleAll(): void {
    for (const { uri } of this.#entries.values()) this.schedule(uri);
  }

  /** Checks the files again whose result depends on some of these paths of a repository, or on its list of files. */
  scheduleDependents(repository: EditorRepository, paths: ReadonlySet<string>, listChanged: boolean): void {
    for (const entry of this.#entries.values()) {
      if (entry.repository !== repository || entry.seen === undefined) continue;
      const { reads, listed } = entry.seen;
      if ((listChanged && listed) || [...paths].some((path) => reads.has(path))) this.schedule(entry.uri, pause);
    }
  }

  /** Stops to check a file and shows nothing of it any more. */
  forget(uri: Uri): void {
    const entry = this.#entries.get(uri.toString());
    if (entry !== undefined) this.#supersede(entry);
    this.#entries.delete(uri.toString());
    this.#shown.delete(uri);
  }

  /** Forgets a file, or everything in a folder. */
  forgetBelow(uri: Uri): void {
    for (const { uri: file } of [...this.#entries.values()])
      if (file.toString() === uri.toString() || pathBelow(uri, file) !== undefined) this.forget(file);
  }

  /** The result for a document as it is now; undefined where it is not checked or changes meanwhile. */
  async current(document: TextDocument): Promise<Checked | undefined> {
    const entry = this.#entries.get(document.uri.toString());
    if (entry === undefined) return undefined;
    if (entry.checked?.version !== document.version) {
      if (entry.running?.version !== document.version) {
        this.#supersede(entry);
        void this.#check(entry);
      }
      await entry.running?.done;
    }
    return entry.checked?.version === document.version ? entry.checked : undefined;
  }

  dispose(): void {
    for (const entry of this.#entries.values()) this.#supersede(entry);
    this.#entries.clear();
    this.#shown.dispose();
  }

  #supersede(entry: Entry): void {
    entry.generation++;
    clearTimeout(entry.timer);
    entry.timer = undefined;
  }

  #start(entry: Entry): Promise<void> {
    if (openDocument(entry.uri) !== undefined) return this.#check(entry);
    const { generation } = entry;
    this.#queue = this.#queue.then(async () => {
      if (entry.generation !== generation) return;
      await this.#check(entry);
      // Lets keys and clicks in between two files.
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
    return this.#queue;
  }

  #check(entry: Entry): Promise<void> {
    const done = this.#publish(entry);
    const running = { version: openDocument(entry.uri)?.version, done };
    entry.running = running;
    return done.finally(() => {
      if (entry.running === running) entry.running = undefined;
    });
  }

  async #publish(entry: Entry): Promise<void> {
    const { generation } = entry;
    const isStale = () => entry.generation !== generation;
    try {
      const checked = await this.#run(entry, isStale);
      if (isStale()) return;
      entry.checked = checked;
      this.#shown.set(entry.uri, checked?.diagnostics);
    } catch (error) {
      // The file stays as it is shown; what failed is for the log of the extension host.
      console.error(error);
    }
  }

  async #run(entry: Entry, isStale: () => boolean): Promise<Checked | undefined> {
    const { uri } = entry;
    const settings = fileSettings(uri);
    if (!settings.enabled) return undefined;
    const engine = await loadEngine();
    const open = openDocument(uri);
    const version = open?.version;
    const text = open?.getText() ?? (await readText(uri))?.text;
    if (text === undefined) return undefined;
    const repository = this.repositories.of(uri, engine);
    const path = lintPath(repository?.files.root, uri);
    const options: LintOptions = { settings: { severity: settings.severity }, repository: repository?.repository };
    const linted = await lintText(engine, repository, path, text, options, isStale);
    if (linted === undefined) return undefined;
    const { result, seen } = linted;
    entry.repository = repository;
    entry.seen = seen;
    for (const { code, error } of result.crashes) console.error(`The rule ${code} failed in ${path}.`, error);
    const shows = (finding: Finding) => !isLeftToGithub(finding, settings);
    const findings = result.findings.filter(shows);
    const { document } = result;
    const diagnostics = findings.map((finding) =>
      toDiagnostic(finding, uri, document.lines, engine.ruleUrl(finding.code)),
    );
    return { uri, version, document, findings, diagnostics, options, shows, engine };
  }
}

/** The document of a file that is open in the editor. */
export function openDocument(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}
