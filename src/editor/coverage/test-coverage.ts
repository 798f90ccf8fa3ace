import {
  BranchCoverage,
  DeclarationCoverage,
  FileCoverage,
  l10n,
  Position,
  Range,
  StatementCoverage,
  TestCoverageCount,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
  workspace,
} from 'vscode';
import type { Disposable, FileCoverageDetail, TestController, TestRun, TestRunProfile } from 'vscode';
import type { BranchCount, FileLines } from '../../core/coverage/lcov.js';
import { totalsOf } from '../../core/coverage/lcov.js';
import { movedLines } from '../../core/problems/moved-lines.js';
import type { MovedLine } from '../../core/problems/moved-lines.js';
import { short } from '../status/words.js';
import { textAtCommit } from '../working-copy/commit-files.js';
import type { RunCoverage } from './run-coverage.js';

/** A file of a report, with what is needed to tell its lines when somebody opens it. */
export class ReportedFile extends FileCoverage {
  readonly file: FileLines;
  readonly sha: string;

  constructor(uri: Uri, file: FileLines, sha: string) {
    const { covered, coverable } = totalsOf(file);
    const { branches, functions } = file;
    super(
      uri,
      new TestCoverageCount(covered, coverable),
      branches.length === 0 ? undefined : new TestCoverageCount(ran(branches), branches.length),
      functions.length === 0 ? undefined : new TestCoverageCount(ran(functions), functions.length),
    );
    this.file = file;
    this.sha = sha;
  }
}

const ran = (counts: readonly { readonly count: number }[]) => counts.filter(({ count }) => count > 0).length;

/** Coverage of CI in VS Code's Test Coverage view, in the explorer and beside the lines. Nothing is run. */
export class TestCoverage implements Disposable {
  readonly #refresh: () => Promise<void>;
  #controller: TestController | undefined;
  #profile: TestRunProfile | undefined;
  #shown: TestRun | undefined;

  /** @param refresh what the run button of the Testing view does for this coverage */
  constructor(refresh: () => Promise<void>) {
    this.#refresh = refresh;
  }

  /** The run that was shown last. */
  get shown(): TestRun | undefined {
    return this.#shown;
  }

  /** Shows the coverage of a run in the place of what was shown before. */
  show(coverage: RunCoverage): TestRun {
    const { repository, run, files, changed } = coverage;
    const controller = this.#prepared();
    const different = files.filter(({ path }) => changed?.has(Uri.joinPath(repository.root, path).toString()));
    const workflow = run.path.slice(run.path.lastIndexOf('/') + 1);
    const name = l10n.t('CI coverage of {0} ({1} #{2})', short(run.sha), workflow, run.number);
    const testRun = controller.createTestRun(
      new TestRunRequest(undefined, undefined, this.#profile),
      different.length === 0 ? name : l10n.t('{0}, {1} files changed since', name, different.length),
      false,
    );
    for (const file of files) {
      testRun.addCoverage(new ReportedFile(Uri.joinPath(repository.root, file.path), file, run.sha));
    }
    for (const line of notes(coverage, different)) testRun.appendOutput(`${line}\r\n`);
    testRun.end();
    this.#shown = testRun;
    return testRun;
  }

  dispose(): void {
    this.#profile?.dispose();
    this.#controller?.dispose();
  }

  /** The Testing view shows a controller as soon as there is one: not before somebody asks for coverage. */
  #prepared(): TestController {
    if (this.#controller) return this.#controller;
    const controller = tests.createTestController('rustCi.coverage', l10n.t('Coverage of CI'));
    const profile = controller.createRunProfile(
      l10n.t('Coverage of the last CI run'),
      TestRunProfileKind.Coverage,
      () => this.#refresh(),
    );
    profile.loadDetailedCoverage = (_run, file) => detailsOf(file);
    this.#profile = profile;
    return (this.#controller = controller);
  }
}

/** Which lines ran, where they are in the working copy now; lines that have changed since say nothing. */
export async function detailsOf(file: FileCoverage): Promise<FileCoverageDetail[]> {
  if (!(file instanceof ReportedFile)) return [];
  const moved = await movedIn(file.uri, file.sha);
  const here = (line: number) => {
    const to = moved?.(line) ?? { line, changed: false };
    return to.changed ? undefined : to.line - 1;
  };
  const branches = new Map<number, BranchCount[]>();
  for (const branch of file.file.branches) {
    branches.set(branch.line, [...(branches.get(branch.line) ?? []), branch]);
  }
  const lines = [...file.file.lines].flatMap(([line, count]) => {
    const at = here(line);
    if (at === undefined) return [];
    const range = new Range(at, 0, at, Number.MAX_SAFE_INTEGER);
    const taken = (branches.get(line) ?? []).map(
      (branch) => new BranchCoverage(branch.count, new Position(at, 0), l10n.t('branch {0}', branch.branch)),
    );
    return [new StatementCoverage(count, range, taken)];
  });
  const functions = file.file.functions.flatMap(({ name, line, count }) => {
    const at = here(line);
    return at === undefined ? [] : [new DeclarationCoverage(name, count, new Position(at, 0))];
  });
  return [...lines, ...functions];
}

async function movedIn(uri: Uri, sha: string): Promise<((line: number) => MovedLine) | undefined> {
  const before = await textAtCommit(uri, sha);
  if (before === undefined) return undefined;
  try {
    const now = (await workspace.openTextDocument(uri)).getText();
    return now === before ? undefined : movedLines(before, now);
  } catch {
    return undefined;
  }
}

/** What somebody should know who looks at this coverage. */
function notes({ run, changed, unknown }: RunCoverage, different: readonly FileLines[]): string[] {
  const lines = [l10n.t('Line coverage that {0} #{1} measured at commit {2}.', run.name, run.number, run.sha)];
  if (changed === undefined) {
    lines.push(l10n.t('Git does not know that commit here: whether files have changed since cannot be said.'));
  }
  for (const { path } of different) {
    lines.push(`\u001b[33m${l10n.t('{0} has changed since: its changed lines are not marked.', path)}\u001b[0m`);
  }
  if (unknown > 0) lines.push(l10n.t('{0} files of the report are not in this folder.', unknown));
  return lines;
}
