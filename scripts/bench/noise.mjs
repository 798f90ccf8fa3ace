// @ts-check
// Runs of benchmarks for scoring the verdicts: measured noise, resampled in blocks, and synthetic noise of many kinds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';

/**
 * The samples of one run, in nanoseconds of one iteration.
 * @typedef {readonly number[]} Run
 * @typedef {{ uniform: () => number, normal: () => number }} Random
 */

/** Numbers that are the same every time (mulberry32). @param {number} seed @returns {Random} */
export function random(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** The measured runs by benchmark and code, in the order in which they were taken. @type {Map<string, Run[]>} */
export const measured = new Map();
for (const line of readFileSync(join(root, 'test/unit/history/data/noise.txt'), 'utf8').trim().split('\n')) {
  if (line.startsWith('#')) continue;
  const [benchmark, code, , ...samples] = line.split(' ');
  const key = `${benchmark} ${code}`;
  measured.set(key, [...(measured.get(key) ?? []), samples.map(Number)]);
}

/**
 * Another history of the same kind: blocks of consecutive runs, so that bursts stay bursts.
 * @param {readonly Run[]} pool @param {number} count @param {number} block @param {Random} random
 */
export function resampled(pool, count, block, { uniform }) {
  /** @type {Run[]} */
  const runs = [];
  while (runs.length < count) {
    const start = Math.floor(uniform() * pool.length);
    for (let i = 0; i < block && runs.length < count; i++) runs.push(pool[(start + i) % pool.length] ?? []);
  }
  return runs;
}

/** The same runs of code that takes `factor` times as long. @param {readonly Run[]} runs @param {number} factor */
export function slower(runs, factor) {
  return runs.map((run) => run.map((sample) => sample * factor));
}

/** @param {number} level @param {number} spread @param {Random} random @returns {Run} */
function samples(level, spread, { normal }) {
  return Array.from({ length: 50 }, () => 1000 * Math.exp(level + spread * normal()));
}

/** @param {number} strength correlation of one run with the next */
const autoregressive = (strength) => (/** @type {number} */ count, /** @type {Random} */ random) => {
  let level = random.normal();
  return Array.from({ length: count }, () => {
    level = strength * level + Math.sqrt(1 - strength ** 2) * random.normal();
    return samples(0.01 * level, 0.01, random);
  });
};

/** @param {number} share of runs on the slower machine @param {number} factor */
const twoMachines = (share, factor) => (/** @type {number} */ count, /** @type {Random} */ random) =>
  Array.from({ length: count }, () =>
    samples((random.uniform() < share ? Math.log(factor) : 0) + 0.005 * random.normal(), 0.01, random),
  );

/** @param {number} deviation */
const normalRuns = (deviation) => (/** @type {number} */ count, /** @type {Random} */ random) =>
  Array.from({ length: count }, () => samples(deviation * random.normal(), 0.02, random));

/** Unchanged code, by the kind of noise. @type {Record<string, (count: number, random: Random) => Run[]>} */
export const synthetic = {
  'quiet, 0.1 %': (count, random) =>
    Array.from({ length: count }, () => samples(0.001 * random.normal(), 0.002, random)),
  'normal, 1 %': normalRuns(0.01),
  'normal, 2.7 % (hosted runners)': normalRuns(0.0266),
  'heavy tails, t3 × 1 %': (count, random) =>
    Array.from({ length: count }, () => {
      const { normal } = random;
      return samples(((0.01 * normal()) / Math.hypot(normal(), normal(), normal())) * Math.sqrt(3), 0.01, random);
    }),
  'one-sided, exponential 2 %': (count, random) =>
    Array.from({ length: count }, () => samples(-0.02 * Math.log(1 - random.uniform()), 0.01, random)),
  'correlated 0.5, 1 %': autoregressive(0.5),
  'correlated 0.8, 1 %': autoregressive(0.8),
  'two machines, 30 % are 12 % slower': twoMachines(0.3, 1.12),
  'two machines, 10 % are 25 % slower': twoMachines(0.1, 1.25),
  'neighbour that comes and goes within runs, 35 %': (count, random) => {
    let busy = false;
    return Array.from({ length: count }, () =>
      Array.from({ length: 50 }, () => {
        busy = random.uniform() < (busy ? 0.97 : 0.01);
        return 1000 * (busy ? 1.35 + 0.05 * random.normal() : 1) * Math.exp(0.008 * Math.abs(random.normal()));
      }),
    );
  },
  'bursts over whole runs, 20 to 40 %': (count, random) => {
    let busy = false;
    return Array.from({ length: count }, () => {
      busy = random.uniform() < (busy ? 0.6 : 0.06);
      return samples((busy ? Math.log(1.2 + 0.2 * random.uniform()) : 0) + 0.005 * random.normal(), 0.01, random);
    });
  },
  'wide samples, 8 %': (count, random) =>
    Array.from({ length: count }, () => samples(0.003 * random.normal(), 0.08, random)),
  'creeping, 0.05 % a run': (count, random) =>
    Array.from({ length: count }, (_, index) => samples(0.0005 * index + 0.005 * random.normal(), 0.01, random)),
};
