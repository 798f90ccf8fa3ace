// @ts-check
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../root.mjs';

const minute = 60_000;
const hour = 60 * minute;

/**
 * What the sidebar costs: requests and time until its first tree, and what it takes from the rate limit, at the stand-in for
 * GitHub with a clock that is advanced.
 * @returns {Promise<import('./run.mjs').Row[]>}
 */
export async function measure() {
  const file = join(tmpdir(), `rust-ci-bench-github-${process.pid}.mjs`);
  await bundle(file);
  try {
    const parts = await import(pathToFileURL(file).href);
    return [
      ...(await firstTree(parts, 'main')),
      ...(await firstTree(parts, 'faster')),
      ...(await anHour(parts, 'idle')),
      ...(await anHour(parts, 'running')),
      ...(await manyRuns(parts)),
      ...(await manyJobs(parts)),
    ];
  } finally {
    await rm(file, { force: true });
  }
}

/** The stand-in, and what its tests have for it. @param {string} outfile */
async function bundle(outfile) {
  await build({
    stdin: {
      contents: `
        export { startGitHub } from './test/github/github.js';
        export { connect, headOf, pipeline, push } from './test/contract/store/setting.js';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    outfile,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    banner: { js: "import { createRequire as of } from 'node:module'; const require = of(import.meta.url);" },
  });
}

/**
 * A stand-in for the time of a measurement.
 * @template T @param {any} parts @param {(double: any) => Promise<T>} use @returns {Promise<T>}
 */
async function at({ startGitHub }, use) {
  const double = await startGitHub({ time: Date.UTC(2026, 10, 20, 9) });
  try {
    return await use(double);
  } finally {
    await double.stop();
  }
}

/** The first tree of a window: requests, with those that come after it, and time. @param {any} parts @param {string} branch */
async function firstTree(parts, branch) {
  return at(parts, async (double) => {
    const repository = parts.pipeline(double);
    parts.push(repository);
    double.finish();
    if (branch !== 'main') {
      repository.branch(branch);
      repository.commit({ message: 'Count faster', branch });
      parts.push(repository, branch);
      double.finish();
    }
    const times = [];
    let requests = 0;
    for (let turn = 0; turn < 9; turn += 1) {
      double.forgetRequests();
      const seen = await show(parts, double, repository, branch);
      requests = seen.requests;
      times.push(seen.time);
    }
    const detail = `${double.requests.length} with checks, rules and the default branch`;
    return [
      { what: `requests until the first tree, on ${branch}`, value: requests, unit: 'requests', aim: 8, detail },
      { what: `time until the first tree, on ${branch}`, value: median(times), unit: 'ms' },
    ];
  });
}

/** Opens a window on a branch. @param {any} parts @param {any} double @param {any} repository @param {string} branch */
async function show(parts, double, repository, branch) {
  const { store, advance, dispose } = parts.connect(double, parts.headOf(repository, branch));
  const seen = { requests: 0, time: 0 };
  const start = performance.now();
  store.onDidChange(() => {
    if (seen.requests > 0 || store.snapshot.current === null) return;
    seen.requests = double.requests.length;
    seen.time = performance.now() - start;
  });
  store.watch('status');
  await advance(0);
  check(store.connection.problem === null && seen.requests > 0, 'there is a tree');
  dispose();
  return seen;
}

/** @param {any} parts @param {'idle' | 'running'} kind */
async function anHour(parts, kind) {
  return at(parts, async (double) => {
    const repository = parts.pipeline(double);
    const jobs = Array.from({ length: 12 }, (_, index) => ({
      name: `job ${index}`,
      duration: '5m',
      needs: index === 0 ? [] : [`job ${index - 1}`],
    }));
    repository.workflow('long.yml', { jobs });
    parts.push(repository);
    double.finish();
    const { store, advance, dispose } = parts.connect(double, parts.headOf(repository));
    store.watch('status');
    await advance(10 * minute);
    if (kind === 'running') {
      repository.run({ workflow: 'long.yml' });
      store.wake('push');
    }
    double.forgetRequests();
    await advance(hour);
    check(store.connection.problem === null, 'nothing failed');
    dispose();
    const detail = `${double.requests.length} requests, most of them answered by 304`;
    return kind === 'idle'
      ? [{ what: 'rate limit for an hour in which nothing runs', value: double.cost, unit: 'of 5,000', aim: 0, detail }]
      : [
          {
            what: 'rate limit for an hour in which a run of 12 jobs goes on',
            value: double.cost,
            unit: 'of 5,000',
            detail,
          },
        ];
  });
}

/** @param {any} parts */
async function manyRuns(parts) {
  return at(parts, async (double) => {
    const repository = parts.pipeline(double);
    for (let number = 0; number < 10_000; number += 1) {
      repository.run({ workflow: 'benchmarks.yml', at: repository.ago('60d') + number * minute });
    }
    double.finish();
    repository.commit({ message: 'Count faster' });
    parts.push(repository);
    double.finish();
    double.forgetRequests();
    const { requests, time } = await show(parts, double, repository, 'main');
    const detail = `${Math.round(time)} ms, ${double.cost} of the rate limit in all`;
    return [{ what: 'first tree with 10,000 runs', value: requests, unit: 'requests', aim: 8, detail }];
  });
}

/** @param {any} parts */
async function manyJobs(parts) {
  return at(parts, async (double) => {
    const repository = double.repository('octo', 'tally');
    repository.commit({ message: 'Count words' });
    const jobs = Array.from({ length: 300 }, (_, index) => ({ name: `test (${index})`, duration: '10m' }));
    repository.workflow('test.yml', { jobs });
    repository.run({ workflow: 'test.yml' });
    double.advance('30s');
    const { requests, time } = await show(parts, double, repository, 'main');
    const { store, advance, dispose } = parts.connect(double, parts.headOf(repository));
    store.watch('status');
    await advance(0);
    double.forgetRequests();
    await advance(5 * minute);
    dispose();
    const detail = `${Math.round(time)} ms; then ${double.requests.length} requests in 5 minutes, ${double.cost} of the rate limit`;
    return [{ what: 'first tree with a run of 300 jobs', value: requests, unit: 'requests', aim: 8, detail }];
  });
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** @param {boolean} condition @param {string} what */
function check(condition, what) {
  if (!condition) throw new Error(`The measurement is worth nothing: not true that ${what}.`);
}
