import { commands, Disposable, l10n, ProgressLocation, window } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { showError } from '../github/problems-shown.js';
import { RepositoryFiles } from '../working-copy/repository-files.js';
import { fileRows } from './rows.js';
import { coverageOfRun, NoCoverage } from './run-coverage.js';
import type { RunCoverage } from './run-coverage.js';
import { TestCoverage } from './test-coverage.js';

/** Coverage of CI where VS Code shows coverage: its Test Coverage view, the explorer, the gutters. */
export const coverage: Feature = (_context, { github, details }) => {
  const files = new RepositoryFiles();
  const newest = new NewestCoverage(files);
  const view: TestCoverage = new TestCoverage(() => show(github, newest, view));
  return Disposable.from(
    files,
    view,
    details.provide({
      crate: (repository, all, crate, prefix) =>
        fileRows(repository, all, crate, prefix, (signal) => newest.of(repository, all.runId, signal)),
    }),
    registerCommands({ 'rustCi.showCoverage': () => show(github, newest, view) }),
  );
};

/** The coverage that was read last: several rows and the view ask for the same. */
class NewestCoverage {
  readonly #files: RepositoryFiles;
  #known: { readonly runId: number | null; readonly coverage: Promise<RunCoverage> } | undefined;

  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  of(repository: OpenRepository, runId: number | null, signal?: AbortSignal): Promise<RunCoverage> {
    if (this.#known?.runId !== runId || runId === null) {
      const coverage = coverageOfRun(repository, this.#files, signal);
      this.#known = { runId, coverage };
      coverage.catch(() => {
        this.#known = undefined;
      });
    }
    return this.#known.coverage;
  }

  forget(): void {
    this.#known = undefined;
  }
}

async function show(github: GitHub, newest: NewestCoverage, view: TestCoverage): Promise<void> {
  const repository = github.current ?? (await github.open());
  if (!repository) {
    void window.showInformationMessage(l10n.t('No repository on GitHub is open here.'));
    return;
  }
  try {
    const location = { location: ProgressLocation.Notification, cancellable: true };
    const read = await window.withProgress(
      { ...location, title: l10n.t('Reading the coverage of the last run…') },
      (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => {
          abort.abort();
        });
        newest.forget();
        return newest.of(repository, null, abort.signal);
      },
    );
    view.show(read);
    await commands.executeCommand('workbench.view.testCoverage.focus').then(undefined, () => undefined);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    const message = error instanceof NoCoverage ? error.message : showError(error, repository.id).text;
    void window.showWarningMessage(message);
  }
}
