import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readHistory } from '../../../src/core/history/line.js';

const scripts = resolve('workflows-template/.github/rust-ci');
const estimate = (value: number) => ({
  confidence_interval: { confidence_level: 0.95, lower_bound: value - 1, upper_bound: value + 1 },
  point_estimate: value,
  standard_error: 1,
});

/** A program that stands in for cargo and writes what Criterion would. */
const cargo = `#!/usr/bin/env bash
mkdir -p "$CRITERION_HOME/new-form/new" "$CRITERION_HOME/old-form/new"
cp "$FIXTURES/current.json" "$CRITERION_HOME/new-form/new/sample.json"
cp "$FIXTURES/old.json" "$CRITERION_HOME/old-form/new/sample.json"
for form in new-form old-form; do
  cp "$FIXTURES/estimates.json" "$CRITERION_HOME/$form/new/estimates.json"
  echo "{\\"full_id\\": \\"$form\\", \\"throughput\\": null}" >"$CRITERION_HOME/$form/new/benchmark.json"
done
`;

function has(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

describe('the scripts that measure', () => {
  let folder: string;
  beforeEach(async function () {
    if (!['bash', 'jq', 'git', 'lscpu'].every(has)) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'rust-ci-measure-'));
    const files = {
      'bin/cargo': cargo,
      'bin/rustc': '#!/usr/bin/env bash\necho "rustc 1.90.0"\n',
      'bin/gh': '#!/usr/bin/env bash\n',
      'fixtures/current.json': JSON.stringify({ sampling_mode: 'Linear', iters: [1, 2], times: [10, 20] }),
      // As Criterion wrote it before 0.3.
      'fixtures/old.json': '[[1, 2], [11, 22]]',
      'fixtures/estimates.json': JSON.stringify({ mean: estimate(10), slope: estimate(10) }),
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
      if (path.startsWith('bin/')) await chmod(join(folder, path), 0o755);
    }
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  function run(program: string, args: readonly string[], cwd = folder): void {
    const { status, stderr } = spawnSync(program, args, {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        FIXTURES: join(folder, 'fixtures'),
        RUNNER_TEMP: folder,
        GITHUB_SHA: 'c'.repeat(40),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        BENCHES: JSON.stringify([
          { root: '.', locked: '', features: '', package: 'tally', folder: '.', select: '', bench: 'speed' },
        ]),
      },
    });
    assert.equal(status, 0, stderr);
  }

  it('read the samples of new and of old versions of Criterion', async () => {
    run('bash', [join(scripts, 'benchmarks.sh')]);
    const { benchmarks } = JSON.parse(await readFile(join(folder, 'parts/benchmarks.json'), 'utf8')) as {
      benchmarks: { benchmark: string; package: string; iters: number[]; times: number[] }[];
    };
    assert.deepEqual(
      benchmarks.map(({ benchmark, package: crate, iters, times }) => [benchmark, crate, iters, times]),
      [
        ['new-form', 'tally', [1, 2], [10, 20]],
        ['old-form', 'tally', [1, 2], [11, 22]],
      ],
    );
  });

  it('keep of each benchmark which package it belongs to', async () => {
    const report = {
      commit: 'c'.repeat(40),
      ref: 'refs/heads/main',
      run: { id: 7, number: 1, attempt: 1 },
      created: '2026-01-01T00:00:00Z',
      machine: { runner: 'Linux', toolchain: 'rustc 1.90.0' },
      benchmarks: ['tally', 'tally-core'].map((crate) => ({
        benchmark: 'count',
        package: crate,
        unit: 'ns',
        throughput: null,
        iters: [1],
        times: [10],
        estimates: { mean: estimate(10) },
      })),
    };
    const work = join(folder, 'work');
    run('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')]);
    run('git', ['clone', '--quiet', join(folder, 'origin.git'), work]);
    run(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'First'],
      work,
    );
    await writeFile(join(work, 'rust-ci-report.json'), JSON.stringify(report));
    run('bash', [join(scripts, 'history.sh'), 'benchmark-history'], work);
    const shown = spawnSync('git', ['show', 'benchmark-history:history.jsonl'], {
      cwd: join(folder, 'origin.git'),
      encoding: 'utf8',
    });
    const { points, problems } = readHistory('history.jsonl', shown.stdout);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      points.map(({ benchmark, package: crate, branch }) => [benchmark, crate, branch]),
      [
        ['count', 'tally', 'main'],
        ['count', 'tally-core', 'main'],
      ],
    );
  });
});
