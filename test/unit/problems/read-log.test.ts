import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripAnsi } from '../../../src/core/logs/ansi.js';
import { parseJobLog } from '../../../src/core/logs/job-log.js';
import { findingsInLog, runnerErrors } from '../../../src/core/problems/read-log.js';

/** What the tools really wrote, with colours; only the folder is a runner's. */
function read(name: string) {
  return findingsInLog(readFileSync(`test/unit/problems/fixtures/${name}.txt`, 'utf8').split('\n').map(stripAnsi));
}

/** `path:line:column-endColumn code title`. */
function short(name: string): string[] {
  return read(name).map(({ path, place, anchor, code, title }) =>
    [
      place
        ? `${path ?? ''}:${place.line}:${place.column ?? ''}${place.endColumn === null ? '' : `-${place.endColumn}`}`
        : `${path ?? ''}~${anchor ?? ''}`,
      ...(code === null ? [] : [`[${code}]`]),
      title,
    ].join(' '),
  );
}

describe('an address in a log', () => {
  const advisory = (url: string) =>
    findingsInLog([
      'Crate:     time',
      'Version:   0.1.0',
      'Title:     Segfault',
      'ID:        RUSTSEC-2020-0071',
      `URL:       ${url}`,
    ]);

  it('is kept where it is one of the web, and nothing that VS Code would run', () => {
    const page = 'https://rustsec.org/advisories/RUSTSEC-2020-0071';
    assert.equal(advisory(page)[0]?.url, page);
    for (const hostile of [
      'command:workbench.action.terminal.new',
      'vscode://a.b/c',
      'file:///etc/passwd',
      'nothing',
    ]) {
      assert.equal(advisory(hostile)[0]?.url, null, hostile);
      assert.equal(advisory(hostile)[0]?.code, 'RUSTSEC-2020-0071');
    }
  });
});

describe('findings in the output of cargo', () => {
  it('are errors of the compiler, with what they underline', () => {
    assert.deepEqual(short('check'), [
      'src/lib.rs:2:1-13 [E0583] file not found for module `missing`',
      'src/lib.rs:17:39-40 [E0106] missing lifetime specifier',
      'src/lib.rs:26:20-34 [E0425] cannot find value `undefined_name` in this scope',
      'src/lib.rs:1:5-30 [unused_imports] unused import: `std::collections::HashMap`',
      'src/lib.rs:7:23-28 [E0308] mismatched types',
      'src/lib.rs:8:5-8 [E0308] mismatched types',
      'src/lib.rs:27:31-36 [E0308] mismatched types',
      'src/lib.rs:14:16-20 [E0382] borrow of moved value: `text`',
    ]);
    const [, , , warning, mismatch] = read('check');
    assert.equal(warning?.severity, 'warning');
    assert.equal(mismatch?.detail, 'expected `String`, found `u32`\nhelp: try using a conversion method');
    assert.equal(mismatch.url, 'https://doc.rust-lang.org/error_codes/E0308.html');
  });

  it('are the same in the short format', () => {
    const positions = (name: string) => read(name).map(({ path, place }) => [path, place?.line, place?.column]);
    assert.deepEqual(positions('check-short'), positions('check'));
    assert.equal(read('check-short')[4]?.title, 'mismatched types: expected `String`, found `u32`');
  });

  it('are lints of clippy, by cargo and by the pipeline', () => {
    const found = [
      'crates/net/src/lib.rs:4:23-35 [clippy::ptr_arg] writing `&Vec` instead of `&[_]` involves a new object where a slice will do',
      'crates/net/src/lib.rs:6:14-28 [clippy::needless_range_loop] the loop variable `i` is only used to index `words`',
      'crates/net/src/lib.rs:11:5-16 [clippy::needless_return] unneeded `return` statement',
    ];
    assert.deepEqual(short('clippy-script'), found);
    assert.deepEqual(short('clippy').sort(), found.toSorted());
    const [first] = read('clippy-script');
    assert.equal(first?.source, 'clippy');
    assert.equal(first.url, 'https://rust-lang.github.io/rust-clippy/rust-1.95.0/index.html#ptr_arg');
  });

  it('are what rustdoc finds', () => {
    assert.deepEqual(short('doc'), [
      'src/lib.rs:1:11-18 [rustdoc::broken_intra_doc_links] unresolved link to `nowhere`',
      'src/lib.rs:1:25-28 [rustdoc::invalid_html_tags] unclosed HTML tag `b`',
    ]);
  });

  it('are the lines that rustfmt would change, not where their surroundings begin', () => {
    assert.deepEqual(short('fmt'), [
      '/home/runner/work/x/x/crates/net/src/lib.rs:11: rustfmt would write this differently',
      '/home/runner/work/x/x/src/lib.rs:7: rustfmt would write this differently',
    ]);
    assert.equal(read('fmt')[1]?.detail, '-  a+b\n+    a + b');
  });

  it('is what rustfmt cannot read', () => {
    assert.deepEqual(short('fmt-syntax'), [
      '/home/runner/work/x/x/src/lib.rs:2:11-12 this file contains an unclosed delimiter',
    ]);
  });

  const tests = [
    'src/lib.rs:16:9-10 Test tests::adds failed: assertion `left == right` failed',
    'src/lib.rs:21:9-10 Test tests::adds_with_words failed: assertion `left == right` failed: two and two',
    'src/lib.rs:27:17-18 Test tests::unwraps failed: called `Option::unwrap()` on a `None` value',
    'src/lib.rs:42:8-9 Test tests::should failed: it did not panic as expected',
    'src/lib.rs~fn errs( Test tests::errs failed: "it went wrong"',
    'tests/whole.rs:3:5-6 Test whole failed: one and one',
  ];

  it('are tests that failed, documentation tests among them', () => {
    assert.deepEqual(
      short('test').toSorted(),
      [...tests, 'src/lib.rs:5:1-2 Documentation test of add failed: assertion `left == right` failed'].toSorted(),
    );
    assert.equal(read('test')[0]?.detail, '  left: 4\n right: 5');
    assert.equal(read('test')[1]?.detail, 'make 5\n  left: 4\n right: 5');
  });

  it('are the same by cargo-nextest, and with backtraces', () => {
    assert.deepEqual(short('nextest').toSorted(), tests);
    assert.deepEqual(
      short('test-backtrace').toSorted(),
      tests.filter((line) => line.startsWith('src')),
    );
  });

  it('are tests that failed before Rust 1.73, whose message comes first', () => {
    assert.deepEqual(short('test-1.70').toSorted(), [
      'src/lib.rs:16:9-10 Test tests::adds failed: assertion failed: `(left == right)`',
      'src/lib.rs:21:9-10 Test tests::adds_with_words failed: assertion failed: `(left == right)`',
      'src/lib.rs:27:17-18 Test tests::unwraps failed: called `Option::unwrap()` on a `None` value',
      'src/lib.rs~fn errs( Test tests::errs failed: "it went wrong"',
      'src/lib.rs~fn should( Test tests::should failed: it did not panic as expected',
    ]);
    assert.match(read('test-1.70')[0]?.detail ?? '', /left: `4`,\n right: `5`: two and two\nmake 5/);
  });

  it('are what Miri stops at', () => {
    const [found, ...others] = read('miri');
    assert.deepEqual(
      [found?.path, found?.place, found?.source, others],
      ['src/lib.rs', { line: 3, column: 14, endLine: 3, endColumn: 46 }, 'miri', []],
    );
  });

  it('are mistakes in manifests and dependencies', () => {
    assert.deepEqual(short('manifest-toml'), ['Cargo.toml:1:9-10 unclosed table, expected `]`']);
    assert.deepEqual(short('manifest-edition'), [
      '/home/runner/work/x/x/Cargo.toml~edition failed to parse manifest: supported edition values are `2015`, `2018`, `2021`, or `2024`, but `2077` is unknown',
    ]);
    assert.deepEqual(short('manifest-missing'), [
      '/home/runner/work/x/x/Cargo.toml~surely-no-such-crate-here no matching package named `surely-no-such-crate-here` found',
    ]);
    assert.deepEqual(short('manifest-path'), [
      'Cargo.toml~net failed to load manifest for dependency `net`: No such file or directory (os error 2)',
    ]);
    assert.deepEqual(short('manifest-feature'), [
      '/home/runner/work/x/x/Cargo.toml~net failed to select a version for `net`.',
    ]);
    assert.match(read('manifest-feature')[0]?.detail ?? '', /`net` does not have that feature/);
    assert.deepEqual(short('msrv'), [
      'Cargo.toml~rust-version rustc 1.95.0 is not supported by the following package: x@0.1.0 requires rustc 1.99',
    ]);
    assert.match(short('locked')[0] ?? '', /^\/home\/runner\/work\/x\/x\/Cargo\.lock~ cannot update the lock file/);
  });
});

describe('findings in the output of other tools', () => {
  it('are advisories, at the package in Cargo.lock', () => {
    assert.deepEqual(short('audit'), [
      'Cargo.lock~name = "time" [RUSTSEC-2020-9999] time 0.3.55: Reads past the end of the clock',
      'Cargo.lock~name = "time" [RUSTSEC-2020-9998] time 0.3.55: Nobody looks after time',
    ]);
    assert.deepEqual(
      read('audit').map(({ severity }) => severity),
      ['error', 'warning'],
    );
  });

  it('are dependencies that cargo-deny rejects; what it only warns of is left out', () => {
    assert.deepEqual(short('deny'), [
      'Cargo.lock~name = "net" [unlicensed] net = 0.1.0 is unlicensed',
      '/home/runner/work/x/x/Cargo.toml:5:12-24 [rejected] failed to satisfy license requirements',
    ]);
    assert.deepEqual(short('deny-deps').slice(0, 2), [
      "/home/runner/work/x/x/deny.toml:5:8-16 [banned] crate 'deranged = 0.5.9' is explicitly banned",
      'Cargo.lock~name = "deranged" [rejected] deranged 0.5.9: failed to satisfy license requirements',
    ]);
  });

  it('is coverage that is too low', () => {
    assert.deepEqual(short('tarpaulin-fail-under'), ['~ 0.00 % of the lines are covered, 95.00 % are needed.']);
    const own = findingsInLog(['Error: 78.3 % of the lines are covered, 80 % are needed.']);
    assert.equal(own[0]?.title, '78.3 % of the lines are covered, 80 % are needed.');
  });

  it('are insecure workflows', () => {
    assert.deepEqual(short('zizmor').slice(2), [
      './.github/workflows/a.yml:7:23-54 [template-injection] code injection via template expansion',
      './.github/workflows/a.yml:6:15-34 [unpinned-uses] unpinned action reference',
    ]);
  });

  it('are what the runner says where nothing else is understood', () => {
    const log = parseJobLog('x\n##[error]No space left on device\n##[error]Process completed with exit code 1.');
    assert.deepEqual(findingsInLog(log.lines.map(({ text }) => text)), []);
    assert.deepEqual(
      runnerErrors(log.lines).map(({ title, logLine }) => [title, logLine]),
      [['No space left on device', 1]],
    );
  });
});

describe('a log without findings', () => {
  it('has none', () => {
    const lines = [
      '   Compiling a v1.0.0',
      'test a ... ok',
      'test result: ok. 1 passed',
      'error: could not compile `x`',
    ];
    assert.deepEqual(findingsInLog(lines), []);
  });

  it('is read in linear time', () => {
    const lines = Array.from({ length: 200_000 }, (_, at) => `line ${at} error: warning: thread 'x' --- panicked at`);
    const start = performance.now();
    assert.deepEqual(findingsInLog(lines), []);
    assert.ok(performance.now() - start < 5000);
  });
});
