import type { Report } from '../../../src/core/gates/report.js';
import type { Noise } from './noise.js';

type Measured = NonNullable<Report['benchmarks']>[number];

/** How long one iteration takes, in nanoseconds, and how much runs differ from each other. */
const benches = {
  'count/9000': { time: 612_000, spread: 0.012 },
  'count/90000': { time: 6_240_000, spread: 0.015 },
  'top/10': { time: 41_300, spread: 0.008 },
  'read/1MB': { time: 183_000, spread: 0.09 },
} as const;

/** What Criterion would have measured in one run. @param slower from how much more work, by benchmark */
export function measured(noise: Noise, slower: Readonly<Record<string, number>>): Measured[] {
  return Object.entries(benches).map(([benchmark, { time, spread }]) => {
    // Machines differ from run to run far more than samples do within one.
    const typical = time * (1 + (slower[benchmark] ?? 0)) * (1 + spread * noise.normal());
    const iters = Array.from({ length: 50 }, (_, index) => (index + 1) * Math.max(1, Math.round(3e6 / time)));
    const times = iters.map((count) => Math.round(count * typical * (1 + 0.006 * Math.abs(noise.normal()))));
    const single = times.map((total, index) => total / (iters[index] ?? 1));
    return {
      benchmark,
      root: '.',
      package: 'tally',
      bench: 'count',
      unit: 'ns',
      throughput: benchmark.startsWith('count') ? { Bytes: Number(benchmark.slice('count/'.length)) * 5 } : null,
      iters,
      times,
      estimates: estimates(single),
    };
  });
}

function estimates(values: readonly number[]): Measured['estimates'] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const median = middle(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const error = deviation / Math.sqrt(values.length);
  const around = (point: number, width = error) => ({
    confidence_interval: {
      confidence_level: 0.95,
      lower_bound: point - 1.96 * width,
      upper_bound: point + 1.96 * width,
    },
    point_estimate: point,
    standard_error: width,
  });
  const spread = middle(values.map((value) => Math.abs(value - median))) * 1.4826;
  return {
    mean: around(mean),
    median: around(median),
    median_abs_dev: around(spread, spread / 8),
    slope: around((mean + median) / 2),
    std_dev: around(deviation, deviation / 8),
  };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
