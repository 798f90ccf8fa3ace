import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { releasesOf } from '../doubles/github.js';
import { library } from '../projects/crate.js';
import { commit, type Files, readCommitted } from '../projects/repository.js';
import { scaffolded } from '../projects/scaffold.js';
import { dispatch, push, schedule } from '../runner/event.js';
import { assertGates, gate, report, run, sharedBuilds, summaryOf } from './run.js';

/** A workspace in which one member has a Criterion benchmark, as short as Criterion lets it be. */
const benched: Files = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["core", "plain"]\n',
  ...library({ name: 'plain', folder: 'plain' }),
  ...library({
    name: 'core-of-it',
    folder: 'core',
    manifest: `license = "MIT"

[dev-dependencies]
criterion = { version = "0.8", default-features = false }

[[bench]]
name = "sums"
harness = false`,
  }),
  'core/benches/sums.rs': `use criterion::{criterion_group, criterion_main, Criterion};
use std::{hint::black_box, time::Duration};

fn sums(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sums");
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(10));
    group.measurement_time(Duration::from_millis(50));
    group.bench_function("small", |bencher| {
        bencher.iter(|| core_of_it::add(black_box(1), black_box(2)))
    });
}

criterion_group!(benches, sums);
criterion_main!(benches);
`,
};

describe('benchmarks.yml', function () {
  this.timeout(1_200_000);

  it('is green without benchmarks and says so', async () => {
    const result = await run(await scaffolded(library()), 'benchmarks.yml', schedule());
    assert.equal(result.jobs['benchmarks']?.result, 'skipped');
    assert.match(summaryOf(result, 'detect'), /There is no Criterion benchmark/);
  });

  it('measures, reports every sample, and keeps a line of history for each run', async () => {
    const repository = await scaffolded(benched, { workflows: ['benchmarks'], benchmarkHistory: true });
    const { gh } = await releasesOf(repository);
    const measure = () =>
      run(repository, 'benchmarks.yml', dispatch(), {
        machine: { programs: { gh }, variables: sharedBuilds },
      });
    const result = await measure();
    assertGates(result, { benchmarks: 'pass' });
    assert.equal(gate(result, 'benchmarks').value, 1);
    const [benchmark] = report(result).benchmarks ?? [];
    assert.ok(benchmark);
    const { name, ...place } = { name: benchmark.benchmark, package: benchmark.package, bench: benchmark.bench };
    assert.deepEqual([name, place], ['sums/small', { package: 'core-of-it', bench: 'sums' }]);
    assert.equal(benchmark.times.length, 10);
    assert.ok(benchmark.times.every((time) => time !== null && time > 0));
    assert.ok(existsSync(join(result.artifacts['criterion'] ?? '', 'core-of-it/sums/sums/small/new/estimates.json')));
    assert.match(summaryOf(result, 'benchmarks'), /\| `sums\/small` \| [\d.]+ (?:ns|µs) \|/);

    await commit(repository, { 'later.txt': '' });
    const later = await measure();
    const history = (await readCommitted(repository, 'benchmark-history', 'history.jsonl')).split('\n');
    const commits = history.map((line) => (JSON.parse(line) as { commit: string }).commit);
    assert.deepEqual(commits, [report(result).commit, report(later).commit]);
  });

  it('leaves folders of the project alone that are called as what it collects', async () => {
    const manifest = (benched['Cargo.toml'] ?? '').replace('"core", "plain"', '"criterion", "parts"');
    const renamed = Object.entries(benched).map(([path, content]) => [
      path.replace(/^core\//, 'criterion/').replace(/^plain\//, 'parts/'),
      content,
    ]);
    const files = { ...(Object.fromEntries(renamed) as Files), 'Cargo.toml': manifest };
    const result = await run(await scaffolded(files, { workflows: ['benchmarks'] }), 'benchmarks.yml', schedule(), {
      machine: { variables: sharedBuilds },
    });
    assertGates(result, { benchmarks: 'pass' });
    assert.ok(existsSync(join(result.artifacts['criterion'] ?? '', 'core-of-it/sums/sums/small/new/estimates.json')));
  });

  it('leaves the oldest Rust of a workspace alone, although Criterion needs a newer one', async () => {
    const manifest = (benched['core/Cargo.toml'] ?? '').replace('license', 'rust-version = "1.70"\nlicense');
    const repository = await scaffolded({ ...benched, 'core/Cargo.toml': manifest });
    const result = await run(repository, 'test.yml', push(), { machine: { variables: sharedBuilds } });
    assertGates(result, { fmt: 'pass', clippy: 'pass', test: 'pass', coverage: 'pass', docs: 'pass', msrv: 'pass' });
  });

  it('fails when a benchmark does not run', async () => {
    const broken = { ...benched, 'core/src/lib.rs': 'pub fn add(_: u32, _: u32) -> u32 {\n    panic!("never")\n}\n' };
    const result = await run(await scaffolded(broken, { workflows: ['benchmarks'] }), 'benchmarks.yml', schedule(), {
      machine: { variables: sharedBuilds },
    });
    assertGates(result, { benchmarks: 'fail' });
  });
});
