import { formatPoint, pointOf } from '../../../src/core/history/line.js';

const kinds = [
  { benchmark: 'parse/large', level: 12_400, noise: 0.004, step: 1.061, at: 54 },
  { benchmark: 'parse/small', level: 310, noise: 0.006, step: 1, at: 0 },
  { benchmark: 'sort/1000000', level: 48_000_000, noise: 0.11, step: 1, at: 0 },
  { benchmark: 'hash/short', level: 21, noise: 0.005, step: 0.88, at: 50 },
  { benchmark: 'count/9000', level: 612_000, noise: 0.005, step: 1, at: 0 },
  { benchmark: 'print/table', level: 5400, noise: 0.01, step: 1, at: 0 },
] as const;

/** `history.jsonl` of two years: a slowdown, a speed-up, noise, another machine now and then. The same every time. */
export function historyLines(runs = 60): string {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lines: string[] = [];
  for (let run = 0; run < runs; run++) {
    for (const { benchmark, level, noise, step, at } of kinds) {
      const value = level * (run >= at ? step : 1) * Math.exp(noise * normal());
      const times = Array.from({ length: 20 }, () => value * (1 + 0.02 * random()));
      const point = pointOf({
        benchmark,
        package: 'tally',
        commit: `${(run * 7919 + 4096).toString(16)}c41e07c0ffee0123456789abcdef01234567`.padEnd(40, '0').slice(0, 40),
        run: 9_000_000_000 + 1000 * run,
        branch: 'main',
        runner: run % 17 === 9 ? 'Linux Intel Xeon 8370C, 4 cores' : 'Linux AMD EPYC 7763, 4 cores',
        toolchain: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
        at: new Date(Date.UTC(2025, 0, 4, 3, 43) + run * 7 * 86_400_000).toISOString(),
        iters: times.map(() => 1),
        times,
      });
      if (!point) throw new Error('A generated run has no usable sample.');
      lines.push(formatPoint(point));
    }
  }
  return `${lines.join('\n')}\n`;
}
