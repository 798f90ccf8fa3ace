import { inRunOrder, type Point } from '../line.js';

/** What tells benchmarks apart: two packages may have benchmarks of the same name. */
export function keyOf({ package: crate = '', benchmark }: Pick<Point, 'package' | 'benchmark'>): string {
  return JSON.stringify([crate, benchmark]);
}

/**
 * Gives points that know no package that of the only package with a benchmark of this name. Criterion's own files, and
 * old histories, don't tell the package.
 */
export function withPackages(points: readonly Point[]): Point[] {
  const packages = new Map<string, Set<string>>();
  for (const { benchmark, package: crate } of points) {
    if (crate === undefined) continue;
    const known = packages.get(benchmark);
    if (known) known.add(crate);
    else packages.set(benchmark, new Set([crate]));
  }
  return points.map((point) => {
    const [only, another] = point.package === undefined ? [...(packages.get(point.benchmark) ?? [])] : [];
    return only !== undefined && another === undefined ? { ...point, package: only } : point;
  });
}

/** What must be the same for two runs of a benchmark to be comparable. */
export function seriesOf({ branch = '', runner = '', toolchain = '', unit, measurement }: Point): string {
  return JSON.stringify([branch, runner, toolchain, unit, measurement.kind]);
}

/** Points by benchmark, each in run order. */
export function byBenchmark<P>(points: readonly P[], pointOf: (item: P) => Point): Map<string, P[]> {
  const groups = new Map<string, P[]>();
  for (const item of points) {
    const key = keyOf(pointOf(item));
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** One run, of all benchmarks that ran in it. */
export interface RunOfBenchmarks {
  readonly id: string;
  readonly points: readonly Point[];
}

/** The runs in a history, newest first. What was measured on this computer is one run: its newest of each benchmark. */
export function runsOf(points: readonly Point[]): RunOfBenchmarks[] {
  const runs = new Map<string, Point[]>();
  for (const point of inRunOrder(points)) {
    const id = isLocal(point) ? localRunner : JSON.stringify([String(point.run), point.attempt, point.runner ?? '']);
    const known = runs.get(id);
    if (known) known.push(point);
    else runs.set(id, [point]);
  }
  return [...runs].map(([id, all]) => ({ id, points: newestOfEach(all) })).reverse();
}

function newestOfEach(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [keyOf(point), point])).values()];
}

/** The runner class of what was measured on the computer of the person who looks. */
export const localRunner = 'this computer';

export function isLocal({ runner }: Point): boolean {
  return runner === localRunner;
}
