import type { JobPlan, StepPlan } from '../state/plan.js';
import type { Commit } from '../state/git.js';
import type { RepositoryState } from '../state/repository.js';
import { measuredCoverage } from './coverage.js';
import { findings, untested } from './findings.js';
import { gate, reportOf } from './report.js';
import { cache, checkout, failed, rust, shell, upload } from './steps.js';

const threshold = 80;

const systems = [
  ['ubuntu-24.04', '34s'],
  ['macos-15', '41s'],
  ['windows-2025', '1m'],
] as const;

/** What goes wrong in a run of test.yml besides what the code itself makes fail. */
export interface Trouble {
  /** A system whose tests fail in the first attempt. */
  readonly flaky?: (typeof systems)[number][0];
  readonly unformatted?: boolean;
}

/** The jobs of test.yml for a commit: they find out what they would find out of its files. */
export function testJobs(
  repository: RepositoryState,
  commit: Commit,
  attempt: number,
  trouble: Trouble = {},
): JobPlan[] {
  const { files } = commit;
  const lints = files.get('src/phrases.rs')?.includes('return found;') === true ? findings : [];
  const measured = measuredCoverage(files, untested);
  const enough = measured.percent >= threshold;
  const flaky = attempt === 1 ? trouble.flaky : undefined;
  const failing = lints.length > 0 || !enough || flaky !== undefined || trouble.unformatted === true;
  const start = [checkout(repository.fullName, commit.sha), rust];
  const job = (id: string, steps: readonly StepPlan[], more: Partial<JobPlan> = {}): JobPlan => ({
    id,
    name: id,
    needs: ['detect'],
    steps: [...start, ...steps],
    ...more,
  });
  return [
    detect(repository, commit),
    job('fmt', [format(trouble)], trouble.unformatted === true ? { conclusion: 'failure' } : {}),
    job('clippy', [cache, clippy(lints), upload('rust-ci-part-clippy-0')], {
      ...(lints.length > 0 ? { conclusion: 'failure' } : {}),
      annotations: lints.map(({ line, column, code, message }) => ({
        path: 'src/phrases.rs',
        line,
        column,
        endColumn: column,
        title: code,
        message,
      })),
    }),
    ...systems.map(([system, duration]) =>
      job(`test (${system})`, [cache, tests(system, duration, files.has('src/phrases.rs'), flaky === system)], {
        runsOn: system,
        ...(flaky === system ? { conclusion: 'failure' } : {}),
      }),
    ),
    job('coverage', [cache, coverage(measured, enough), upload('coverage-lcov')], {
      ...(enough
        ? {}
        : {
            conclusion: 'failure',
            annotations: [{ path: '.github', line: 1, title: 'Coverage', message: coverageMessage(measured.percent) }],
          }),
      artifacts: [{ name: 'coverage-lcov', content: { 'lcov.info': measured.lcov } }],
    }),
    job('docs', [cache, shell('cargo doc', 'cargo doc --workspace --no-deps --locked', docsLog, '9s')]),
    {
      ...job('msrv', [cache, shell('cargo check', 'cargo +1.74 check --workspace --locked', checkLog, '11s')]),
      name: 'msrv (1.74)',
    },
    {
      id: 'test-gate',
      name: 'test-gate',
      needs: ['detect', 'fmt', 'clippy', ...systems.map(([system]) => `test (${system})`), 'coverage', 'docs', 'msrv'],
      always: true,
      conclusion: failing ? 'failure' : 'success',
      steps: [
        checkout(repository.fullName, commit.sha),
        shell('Judge', 'bash .github/rust-ci/report.sh test', failing ? failed() : 'Every gate passed.', '1s', {
          ...(failing ? { conclusion: 'failure' } : {}),
        }),
        upload('rust-ci-report'),
      ],
      artifacts: (run) => [
        reportOf(
          repository,
          run,
          [
            gate('fmt', trouble.unformatted === true ? 'fail' : 'pass'),
            gate('clippy', lints.length > 0 ? 'fail' : 'pass', { value: lints.length, unit: 'findings' }),
            gate('test', flaky === undefined ? 'pass' : 'fail', {
              value: 3 * (files.has('src/phrases.rs') ? 10 : 7),
              unit: 'tests',
            }),
            gate('coverage', enough ? 'pass' : 'fail', { value: measured.percent, threshold, unit: '%' }),
            gate('docs'),
            gate('msrv'),
          ],
          { coverage: measured.coverage },
        ),
      ],
    },
  ];
}

/** The first job of a workflow, which finds out what there is to do. */
export function detect(repository: RepositoryState, commit: Commit, name = 'detect'): JobPlan {
  const output =
    'cargo=[{"root":".","locked":"--locked","features":"--all-features"}]\ntests=[{"root":".","locked":"--locked","features":"--all-features"}]';
  return {
    name,
    steps: [
      checkout(repository.fullName, commit.sha),
      shell('Find what there is to check', 'bash .github/rust-ci/detect.sh', output, '1s'),
    ],
    duration: '6s',
  };
}

function format({ unformatted = false }: Trouble): StepPlan {
  const difference = `\x1b[31mDiff in /home/runner/work/tally/tally/src/lib.rs:26:
\x1b[m     words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
\x1b[31m-    words.truncate( limit );
\x1b[32m+    words.truncate(limit);
\x1b[m     words
${failed()}`;
  return shell('cargo fmt', 'cargo fmt --all -- --check', unformatted ? difference : '', '1s', {
    ...(unformatted ? { conclusion: 'failure' } : {}),
  });
}

function clippy(lints: readonly (typeof findings)[number][]): StepPlan {
  const checking = [
    'memchr v2.8.3',
    'regex-automata v0.4.19',
    'itertools v0.10.5',
    'criterion-plot v0.5.0',
    'clap v4.6.9',
  ]
    .map((crate) => `${green}    Checking${off} ${crate}`)
    .join('\n');
  const found = [
    ...lints.map(({ rendered }) => rendered),
    ...lints.map(({ message }) => `##[error]${message}`),
    `${red}error${off}: could not compile \`tally\` (lib) due to ${lints.length} previous errors`,
    failed(101),
  ].join('\n');
  const output = `${checking}\n${green}    Checking${off} tally v1.5.0 (/home/runner/work/tally/tally)\n`;
  const done = `${green}    Finished${off} \`dev\` profile [unoptimized + debuginfo] target(s) in 14.23s`;
  return shell(
    'cargo clippy',
    'bash .github/rust-ci/clippy.sh "$ROOT" "$RUNNER_TEMP/parts/clippy.json" $FEATURES $LOCKED',
    output + (lints.length > 0 ? found : done),
    '17s',
    { ...(lints.length > 0 ? { conclusion: 'failure' } : {}) },
  );
}

function tests(system: string, duration: (typeof systems)[number][1], phrases: boolean, broken: boolean): StepPlan {
  const library = [
    ...(phrases ? phraseTests : []),
    'tests::lone_punctuation_is_no_word',
    'tests::punctuation_and_case_do_not_matter',
  ];
  const program = ['tests::counts_what_it_reads', 'tests::names_the_file_that_is_missing'];
  const panic = `
failures:

---- tests::names_the_file_that_is_missing stdout ----

thread 'tests::names_the_file_that_is_missing' (4120) panicked at src/main.rs:45:9:
assertion failed: error.starts_with("missing.txt: ")
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace


failures:
    tests::names_the_file_that_is_missing

test result: ${boldRed}FAILED${off}. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s

${red}error${off}: test failed, to rerun pass \`--bin tally\`
${failed(101)}`;
  const output = [
    `${green}   Compiling${off} tally v1.5.0 (${system.startsWith('windows') ? 'D:\\a\\tally\\tally' : '/home/runner/work/tally/tally'})`,
    `${green}    Finished${off} \`test\` profile [unoptimized + debuginfo] target(s) in 21.40s`,
    suite('unittests src/lib.rs (target/debug/deps/tally-bd038dfb2fd873e0)', library, true),
    suite('unittests src/main.rs (target/debug/deps/tally-e162f0eee6965c53)', program, !broken),
    broken
      ? panic
      : suite(
          'tests/top.rs (target/debug/deps/top-9139f6040979e23c)',
          ['a_limit_beyond_the_words_gives_all_of_them', 'the_most_frequent_word_comes_first'],
          true,
        ),
  ];
  return shell('cargo test', 'cargo test --workspace --all-features --locked', output.join('\n'), duration, {
    ...(broken ? { conclusion: 'failure' } : {}),
  });
}

const phraseTests = [
  'phrases::tests::the_first_of_the_longest_words',
  'phrases::tests::words_and_different_words',
  'phrases::tests::words_that_follow_one_another',
];

function suite(target: string, names: readonly string[], passed: boolean): string {
  const outcome = (index: number) =>
    passed || index < names.length - 1 ? `${plainGreen}ok${off}` : `${boldRed}FAILED${off}`;
  const result = `test result: ${plainGreen}ok${off}. ${names.length} passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n`;
  return [
    `${green}     Running${off} ${target}`,
    '',
    `running ${names.length} tests`,
    ...names.map((name, index) => `test ${name} ... ${outcome(index)}`),
    ...(passed ? ['', result] : []),
  ].join('\n');
}

function coverage(measured: ReturnType<typeof measuredCoverage>, enough: boolean): StepPlan {
  const { covered, coverable } = measured.coverage;
  const output = `##[group]cargo tarpaulin in .
${green}    Finished${off} \`test\` profile [unoptimized + debuginfo] target(s) in 19.02s
2026-11-20T09:14:02.114090Z  INFO cargo_tarpaulin::process_handling: running /home/runner/work/tally/tally/target/tarpaulin/debug/deps/tally-9d2c
|| Tested/Total Lines:
|| ${measured.percent}% coverage, ${covered}/${coverable} lines covered
##[endgroup]
${covered} of ${coverable} lines are covered.`;
  const message = `##[error]${coverageMessage(measured.percent)}\n${failed()}`;
  return shell('Measure', 'bash .github/rust-ci/coverage.sh', enough ? output : `${output}\n${message}`, '29s', {
    ...(enough ? {} : { conclusion: 'failure' }),
  });
}

function coverageMessage(percent: number): string {
  return `${percent} % of the lines are covered, ${threshold} % are needed.`;
}

const green = '\x1b[1m\x1b[92m';
const plainGreen = '\x1b[32m';
const red = '\x1b[1m\x1b[91m';
const boldRed = '\x1b[31m';
const off = '\x1b[0m';
const docsLog = `${green} Documenting${off} tally v1.5.0 (/home/runner/work/tally/tally)
${green}   Generated${off} /home/runner/work/tally/tally/target/doc/tally/index.html`;
const checkLog = `${green}    Checking${off} tally v1.5.0 (/home/runner/work/tally/tally)
${green}    Finished${off} \`dev\` profile [unoptimized + debuginfo] target(s) in 6.08s`;
