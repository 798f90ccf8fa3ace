import assert from 'node:assert/strict';
import { findBenches, sitesOf } from '../../../src/core/history/rust-benches.js';

const patterns = (source: string) => findBenches(source).map(({ pattern }) => pattern);

describe('benchmarks in Rust code', () => {
  it('are found with their place', () => {
    const source = 'fn b(c: &mut Criterion) {\n    c.bench_function("count/9000", |b| b.iter(|| 1));\n}\n';
    assert.deepEqual(findBenches(source), [{ line: 1, column: 5, pattern: 'count/9000' }]);
  });

  it('are named after their group', () => {
    const source = `
      let mut group = c.benchmark_group("parse");
      group.sample_size(10);
      group.bench_function("small", |b| b.iter(small));
      group.bench_with_input(BenchmarkId::new("large", size), &size, |b, s| b.iter(|| large(s)));
      group.bench_with_input(criterion::BenchmarkId::from_parameter(size), &size, run);
      group.finish();
      c.bench_function("alone", run);`;
    assert.deepEqual(patterns(source), ['parse/small', 'parse/large/*', 'parse/*', 'alone']);
  });

  it('keep apart groups of the same name', () => {
    const source = `
      let mut g = c.benchmark_group("one"); g.bench_function("a", f); g.finish();
      let mut g = c.benchmark_group("two"); g.bench_function("a", f);`;
    assert.deepEqual(patterns(source), ['one/a', 'two/a']);
  });

  it('are found in chains, over several lines', () => {
    const source = 'c\n  .benchmark_group("chain")\n  .bench_function("a", |b| b.iter(f))\n  .bench_function("b", f);';
    assert.deepEqual(patterns(source), ['chain/a', 'chain/b']);
  });

  it('have stars for what only the program knows', () => {
    const source = `
      c.bench_function(&format!("sort {} of {n}", kind), f);
      c.bench_function(name, f);
      fn helper(group: &mut BenchmarkGroup<'_, WallTime>) { group.bench_function("in helper", f); }`;
    assert.deepEqual(patterns(source), ['sort * of *', '*', '*/in helper']);
  });

  it('are not found in comments', () => {
    assert.deepEqual(patterns('// c.bench_function("a", f);\n/* c.bench_function("b", f); */'), []);
    assert.deepEqual(patterns('c.bench_function("https://a", f);'), ['https://a']);
  });

  it('belong to the site that names them best', () => {
    const sites = findBenches('let g = c.benchmark_group("p"); g.bench_function(name, f); g.bench_function("x", f);');
    const of = (id: string) => sitesOf(sites, id).map(({ pattern }) => pattern);
    assert.deepEqual(of('p/x'), ['p/x']);
    assert.deepEqual(of('p/y'), ['p/*']);
    assert.deepEqual(of('q/y'), []);
  });

  it('whose name is nothing but unknown belong nowhere', () => {
    assert.deepEqual(sitesOf(findBenches('c.bench_function(name, f);'), 'anything'), []);
  });

  it('survive code that is no Rust', () => {
    assert.deepEqual(patterns('.bench_function("'), ['*']);
    assert.deepEqual(patterns(''), []);
  });
});
