import { inRunOrder, type Point } from './line.js';

/**
 * One history out of several: what the editor kept, the history branch, artifacts. A run that several of them hold
 * counts once; its samples are preferred to its estimates, and otherwise the later source to the earlier one.
 */
export function mergeHistories(...sources: readonly (readonly Point[])[]): Point[] {
  const points = new Map<string, Point>();
  for (const point of sources.flat()) {
    const key = identity(point);
    const known = points.get(key);
    const poorer = known?.measurement.kind === 'samples' && point.measurement.kind === 'estimates';
    if (!poorer) points.set(key, point);
  }
  return inRunOrder([...points.values()]);
}

function identity({ benchmark, package: crate, run, attempt, branch, runner, toolchain, unit }: Point): string {
  return JSON.stringify([benchmark, crate, String(run), attempt, branch, runner, toolchain, unit]);
}

/**
 * The newest runs that fit into a budget; whole runs, so that no benchmark loses what another keeps.
 *
 * @param points in run order
 * @param most number of points
 */
export function newestRuns(points: readonly Point[], most: number): Point[] {
  let start = Math.max(0, points.length - most);
  const cut = points[start - 1];
  if (cut) while (start < points.length && isSameRun(points[start], cut)) start++;
  return points.slice(start);
}

function isSameRun(a: Point | undefined, b: Point): boolean {
  return a?.run === b.run && a.attempt === b.attempt;
}
