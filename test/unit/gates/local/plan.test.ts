import assert from 'node:assert/strict';
import { measuredIn, outputsIn } from '../../../../src/core/gates/local/outcome.js';
import { detectionFor, gatesIn, planOf } from '../../../../src/core/gates/local/plan.js';
import type { Machine } from '../../../../src/core/gates/local/plan.js';
import { readWorkflow } from '../../../../src/core/gates/local/workflow-file.js';
import { changesFiles } from '../../../../src/core/gates/local/changes-files.js';
import { defaultOptions, extraGateIds } from '../../../../src/core/pipeline/options.js';
import { render } from '../../../../src/core/scaffold/render.js';
import { templates } from '../../../../src/core/scaffold/templates.js';

const machine: Machine = {
  os: 'Linux',
  workspace: '/home/me/x',
  temp: '/tmp/rust-ci-1',
  branch: 'topic',
  defaultBranch: 'main',
};

/** The workflow as people get it, with these extra gates. */
function workflow(name: 'test' | 'security', gates = defaultOptions.gates) {
  const path = `.github/workflows/${name}.yml`;
  const file = render(templates, { ...defaultOptions, gates, registries: ['ours'] }).get(path);
  assert.ok(file !== undefined);
  return readWorkflow(file, path);
}

const project = { root: '.', locked: '--locked', features: '--all-features', doctests: true };
const outputs = {
  cargo: JSON.stringify([project]),
  tests: JSON.stringify([project]),
  libraries: JSON.stringify([project]),
  msrv: JSON.stringify([{ root: '.', locked: '--locked', rust: '1.74', packages: '-p tally' }]),
  docker: 'false',
  skipped: '{}',
};

const plan = (gate: string, given: Readonly<Record<string, string>> = outputs, name: 'test' | 'security' = 'test') =>
  planOf(
    workflow(
      name,
      [...extraGateIds].filter((id) => id !== 'nextest'),
    ),
    gate,
    given,
    machine,
  );

describe('a gate on this machine', () => {
  it('is each job of the pipeline that checks something', () => {
    assert.deepEqual(gatesIn(workflow('test')), ['fmt', 'clippy', 'test', 'coverage', 'docs', 'msrv']);
    assert.deepEqual(gatesIn(workflow('security')), ['audit', 'deny', 'gitleaks', 'trivy', 'workflows']);
  });

  it('runs what the workflow runs, in its folder, with its variables', () => {
    const { jobs, skipped } = plan('fmt');
    assert.equal(skipped, null);
    assert.deepEqual(
      jobs.map(({ name, steps }) => [name, steps.map(({ script, folder, shell }) => [script, folder, shell])]),
      [['fmt', [['cargo fmt --all -- --check', '.', 'bash']]]],
    );
    const [docs] = plan('docs').jobs;
    assert.equal(docs?.steps[0]?.env['RUSTDOCFLAGS'], '-D warnings');
    assert.equal(docs.steps[0].env['LOCKED'], '--locked');
    assert.equal(docs.steps[0].env['CARGO_TERM_COLOR'], 'always');
  });

  it('hides no login of this machine behind a secret that it does not have', () => {
    for (const { env } of plan('fmt').jobs.flatMap(({ steps }) => steps)) {
      assert.equal('CARGO_REGISTRIES_OURS_TOKEN' in env, false);
    }
  });

  it('runs once for each root', () => {
    const two = JSON.stringify([project, { ...project, root: 'crates/api', locked: '' }]);
    const { jobs } = plan('clippy', { ...outputs, cargo: two });
    assert.deepEqual(
      jobs.map(({ name, steps }) => [name, steps[0]?.env['ROOT'], steps[0]?.env['LOCKED'], steps[0]?.env['INDEX']]),
      [
        ['clippy', '.', '--locked', '0'],
        ['clippy (crates/api)', 'crates/api', '', '1'],
      ],
    );
  });

  it('runs the legs of a matrix that are for this system', () => {
    const names = (os: Machine['os']) =>
      planOf(workflow('test'), 'test', outputs, { ...machine, os }).jobs.map(({ name }) => name);
    assert.deepEqual(names('Linux'), ['test (ubuntu-24.04)']);
    assert.deepEqual(names('macOS'), ['test (macos-15)']);
    assert.deepEqual(names('Windows'), ['test (windows-2025)']);
  });

  it('leaves out uploads and what only pushes do', () => {
    assert.deepEqual(
      plan('trivy', outputs, 'security')
        .jobs[0]?.steps.filter(({ runs }) => runs(true))
        .map(({ name }) => name),
      ['Lock the dependencies', 'Dependencies'],
    );
  });

  it('goes on after a failure as GitHub does', () => {
    const steps = plan('test').jobs[0]?.steps ?? [];
    assert.deepEqual(
      steps.map(({ name, runs }) => [name, runs(true), runs(false)]),
      [
        ['cargo test', true, false],
        ['Count the tests', true, true],
      ],
    );
  });

  it('is skipped for the reason that detect gives', () => {
    const { skipped, jobs } = plan('msrv', {
      ...outputs,
      msrv: '[]',
      skipped: '{"msrv":"No package sets rust-version."}',
    });
    assert.deepEqual([skipped, jobs], ['No package sets rust-version.', []]);
  });

  it('needs the tools that the workflow installs, in its versions', () => {
    const needs = (gate: string, name: 'test' | 'security' = 'test') =>
      plan(gate, outputs, name).needs.map(({ name: what, install, page }) => [what, install?.join(' ') ?? page]);
    const [deny] = needs('deny', 'security');
    assert.match(deny?.[0] ?? '', /^cargo-deny \d+\.\d+\.\d+$/);
    assert.match(deny?.[1] ?? '', /^cargo install --locked cargo-deny@\d+\.\d+\.\d+$/);
    assert.deepEqual(needs('clippy'), [['clippy', 'rustup component add clippy']]);
    assert.deepEqual(needs('fmt'), [['rustfmt', 'rustup component add rustfmt']]);
    assert.deepEqual(needs('gitleaks', 'security'), [['gitleaks', 'https://github.com/gitleaks/gitleaks#installing']]);
    assert.deepEqual(needs('msrv'), [
      ['Rust 1.74', 'rustup toolchain install 1.74 --profile minimal --no-self-update'],
    ]);
    assert.deepEqual(needs('miri'), [
      [
        'Rust nightly, miri, rust-src',
        'rustup toolchain install nightly --profile minimal --component miri --component rust-src --no-self-update',
      ],
    ]);
  });

  it('finds out first what there is to check, where the workflow does', () => {
    assert.match(
      detectionFor(workflow('test'), 'fmt', machine)?.script ?? '',
      /^bash .github\/rust-ci\/detect\.sh fmt/,
    );
    assert.equal(detectionFor(workflow('test'), 'fmt', machine)?.env['CARGO_ROOTS'], '.');
    assert.equal(detectionFor(workflow('security'), 'gitleaks', machine), null);
  });

  it('gets a copy of the files where it would change them', () => {
    assert.equal(changesFiles('deny', outputs), true);
    assert.equal(changesFiles('fmt', outputs), false);
    assert.equal(changesFiles('audit', outputs), false);
    assert.equal(changesFiles('audit', { cargo: '[{"root":".","locked":""}]' }), true);
  });
});

describe('what a gate measured on this machine', () => {
  it('is what its scripts leave for the report', () => {
    const part = (value: number, unit: string) =>
      JSON.stringify({ gates: [{ id: 'a', value, threshold: 80, unit, reason: null }] });
    assert.deepEqual(measuredIn([part(2, 'findings'), part(3, 'findings'), 'no json'], 'a'), {
      value: 5,
      threshold: 80,
      unit: 'findings',
      reason: null,
      skipped: false,
    });
    assert.equal(measuredIn([part(81.2, '%'), part(78, '%')], 'a')?.value, 78);
    assert.equal(measuredIn([part(1, '%')], 'b'), null);
  });

  it('can be that there was nothing to check', () => {
    const part = JSON.stringify({
      gates: [{ id: 'semver', state: 'skipped', value: 0, reason: 'Not published yet: x.' }],
    });
    assert.deepEqual(
      [measuredIn([part], 'semver')?.skipped, measuredIn([part], 'semver')?.reason],
      [true, 'Not published yet: x.'],
    );
  });

  it('comes by the outputs of a step', () => {
    assert.deepEqual(outputsIn('a=1\nb<<END\ntwo\nlines\nEND\nc=x=y\n\nd<<OPEN\nlost'), {
      a: '1',
      b: 'two\nlines',
      c: 'x=y',
    });
  });
});
