import assert from 'node:assert/strict';
import { Disposable, StatementCoverage, Uri } from 'vscode';
import { coverageOf } from '../../../src/core/gates/coverage.js';
import { fileRows } from '../../../src/editor/coverage/rows.js';
import { coverageOfRun, NoCoverage } from '../../../src/editor/coverage/run-coverage.js';
import { detailsOf, ReportedFile, TestCoverage } from '../../../src/editor/coverage/test-coverage.js';
import { RepositoryFiles } from '../../../src/editor/working-copy/repository-files.js';
import { facts, report, reported, run } from '../../unit/gates/facts.js';
import { KnownGitHub, sampleCommit, sampleRoot } from './known-github.js';

const lcov = `SF:src/lib.rs
FN:10,count
FNDA:4,count
DA:11,4
DA:12,4
DA:13,0
end_of_record
SF:src/gone.rs
DA:1,1
end_of_record
`;

describe('coverage of CI', () => {
  let github: KnownGitHub;
  let files: RepositoryFiles;
  let view: TestCoverage;

  beforeEach(async () => {
    github = new KnownGitHub(sampleRoot());
    files = new RepositoryFiles();
    view = new TestCoverage(() => Promise.resolve());
    const measured = run('test.yml', 'success', { sha: await sampleCommit(), number: 482 });
    const totals = { covered: 2, coverable: 3 };
    const coverage = { ...totals, crates: [{ name: 'tally', root: '.', ...totals }] };
    const artifact = {
      id: 1,
      runId: measured.id,
      name: 'coverage-lcov',
      size: 1,
      expired: false,
      digest: null,
      createdAt: 1,
    };
    github.uploads.push({ artifact, files: new Map([['lcov.info', new TextEncoder().encode(lcov)]]) });
    github.show({
      head: { branch: 'feature', sha: measured.sha, pushedSha: measured.sha },
      current: facts(
        { runs: [measured], reports: [report(measured, [reported('coverage', 'fail')], { coverage })] },
        measured.sha,
      ),
    });
  });

  afterEach(() => {
    Disposable.from(view, files).dispose();
  });

  it('is read from the artifact of the run, for the files that are here', async () => {
    const coverage = await coverageOfRun(github.current, files);
    assert.deepEqual([coverage.files.map(({ path }) => path), coverage.unknown], [['src/lib.rs'], 1]);
    assert.deepEqual([...coverage.packages], [['src/lib.rs', 'tally']]);
  });

  it('becomes a test run that VS Code shows, with the lines when somebody opens the file', async () => {
    const coverage = await coverageOfRun(github.current, files);
    const shown = view.show(coverage);
    assert.match(shown.name ?? '', /^CI coverage of [0-9a-f]{7} \(test\.yml #482\)/);
    const [file] = coverage.files;
    assert.ok(file);
    const reportedFile = new ReportedFile(Uri.joinPath(sampleRoot(), file.path), file, coverage.run.sha);
    assert.deepEqual([reportedFile.statementCoverage.covered, reportedFile.statementCoverage.total], [2, 3]);
    const details = await detailsOf(reportedFile);
    assert.deepEqual(
      details.flatMap((detail) =>
        detail instanceof StatementCoverage && 'start' in detail.location
          ? [[detail.executed, detail.location.start.line]]
          : [],
      ),
      [
        [4, 10],
        [4, 11],
        [0, 12],
      ],
    );
  });

  it('is by file below its crate', async () => {
    const coverage = coverageOf(github.current.store.snapshot);
    const crate = coverage?.crates[0];
    assert.ok(coverage && crate);
    const load = () => coverageOfRun(github.current, files);
    const children = fileRows(github.current, coverage, crate, 'coverage/./tally/', load);
    assert.ok(children && 'load' in children);
    const rows = await children.load(new AbortController().signal);
    assert.deepEqual(
      rows.map(({ id, label, description }) => [id, label, description]),
      [['coverage/./tally/src/lib.rs', 'src/lib.rs', '66.6 %']],
    );
  });

  it('says why there is none', async () => {
    github.uploads.length = 0;
    await assert.rejects(coverageOfRun(github.current, files), NoCoverage);
    github.show({});
    await assert.rejects(coverageOfRun(github.current, files), /No run has measured coverage yet/);
  });
});
