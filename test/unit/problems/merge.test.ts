import assert from 'node:assert/strict';
import type { Annotation } from '../../../src/core/actions/run.js';
import { finding, placeAt } from '../../../src/core/problems/finding.js';
import { findingsOfAnnotations, mergeFindings } from '../../../src/core/problems/merge.js';
import { fileOf, foldersOfJob, indexFiles, readRunnerPath } from '../../../src/core/problems/paths.js';

const files = indexFiles([
  'src/lib.rs',
  'Cargo.toml',
  'crates/net/src/lib.rs',
  'crates/net/src/tcp.rs',
  'apps/a/src/lib.rs',
]);

describe('paths of a runner', () => {
  it('are brought into the repository', () => {
    const path = (raw: string) => {
      const read = readRunnerPath(raw);
      return read.kind === 'elsewhere' ? null : `${read.kind} ${read.path}`;
    };
    assert.equal(path('/home/runner/work/x/x/src/lib.rs'), 'repository src/lib.rs');
    assert.equal(path('/Users/runner/work/x/x/src/lib.rs'), 'repository src/lib.rs');
    assert.equal(path('D:\\a\\x\\x\\src\\lib.rs'), 'repository src/lib.rs');
    assert.equal(path('\\\\?\\D:\\a\\x\\x\\src\\lib.rs'), 'repository src/lib.rs');
    assert.equal(path('/__w/x/x/src/lib.rs'), 'repository src/lib.rs');
    assert.equal(path('/github/workspace/src/lib.rs'), 'repository src/lib.rs');
    assert.equal(path('/opt/actions-runner/_work/x/x/src/lib.rs'), 'repository src/lib.rs');
    assert.equal(
      path('C:\\actions-runner\\_work\\x\\x\\crates\\net\\src\\..\\src\\lib.rs'),
      'repository crates/net/src/lib.rs',
    );
    assert.equal(path('src\\net\\.\\tcp.rs'), 'relative src/net/tcp.rs');
    assert.equal(path('/rustc/abc/library/std/src/panicking.rs'), null);
    assert.equal(path('/home/runner/.cargo/registry/src/index/serde-1.0.0/src/lib.rs'), null);
    assert.equal(path('../../etc/passwd'), null);
    assert.equal(path('/home/runner/work/x/x/../../../secret'), null);
  });

  it('may be those of the machine that one sits at', () => {
    assert.deepEqual(readRunnerPath('/data/me/x/src/lib.rs', '/data/me/x/'), {
      kind: 'repository',
      path: 'src/lib.rs',
    });
  });

  it('are looked for where the job ran, and else where only one file can be meant', () => {
    const find = (raw: string, folders: readonly string[] = []) => fileOf(readRunnerPath(raw), folders, files);
    assert.equal(find('src/lib.rs'), 'src/lib.rs');
    assert.equal(find('src/lib.rs', ['crates/net']), 'crates/net/src/lib.rs');
    assert.equal(find('src/tcp.rs'), 'crates/net/src/tcp.rs');
    assert.equal(find('lib.rs'), null);
    assert.equal(find('src/gone.rs'), null);
    assert.deepEqual(foldersOfJob('test (ubuntu-24.04, crates/net)'), ['ubuntu-24.04', 'crates/net']);
    assert.deepEqual(foldersOfJob('clippy'), []);
  });
});

describe('findings of several jobs', () => {
  const logged = (title: string, line: number, column: number | null = 5) =>
    finding({ path: 'src/lib.rs', place: placeAt(line, column), title, source: 'rustc', logLine: 1 });
  const annotation = (line: number, message: string, level: Annotation['level'] = 'failure'): Annotation => ({
    path: 'src/lib.rs',
    line,
    endLine: line,
    column: null,
    endColumn: null,
    level,
    title: null,
    message,
  });

  it('come once, with the jobs that report them', () => {
    const merged = mergeFindings(
      [
        {
          jobId: 1,
          jobName: 'test (ubuntu-24.04)',
          found: [logged('mismatched types', 3), logged('mismatched types', 9)],
        },
        {
          jobId: 2,
          jobName: 'test (windows-2025)',
          found: [{ ...logged('mismatched types', 3), path: 'src\\lib.rs' }],
        },
      ],
      files,
    );
    assert.deepEqual(
      merged.map(({ path, place, jobs, jobIds }) => [path, place?.line, jobs, jobIds]),
      [
        ['src/lib.rs', 3, ['test (ubuntu-24.04)', 'test (windows-2025)'], [1, 2]],
        ['src/lib.rs', 9, ['test (ubuntu-24.04)'], [1]],
      ],
    );
  });

  it('are taken from the log where an annotation says the same', () => {
    const found = [
      ...findingsOfAnnotations([
        annotation(3, 'mismatched types\nexpected'),
        annotation(7, 'only here', 'warning'),
        { ...annotation(1, 'Process completed with exit code 1.'), path: '.github' },
      ]),
      logged('mismatched types', 3),
    ];
    const merged = mergeFindings([{ jobId: 1, jobName: 'clippy', found }], files);
    assert.deepEqual(
      merged.map(({ source, title, severity }) => [source, title, severity]),
      [
        ['rustc', 'mismatched types', 'error'],
        ['ci', 'only here', 'warning'],
      ],
    );
  });

  it('keep what is at the same line but not the same', () => {
    const found = [logged('one', 3, 5), logged('one', 3, 9), logged('two', 3, 5)];
    assert.equal(mergeFindings([{ jobId: 1, jobName: 'a', found }], files).length, 3);
  });

  it('may be about no file of the repository', () => {
    const [merged] = mergeFindings(
      [{ jobId: 1, jobName: 'a', found: [{ ...logged('x', 1), path: '/rustc/a/b.rs' }] }],
      files,
    );
    assert.equal(merged?.path, null);
  });
});
