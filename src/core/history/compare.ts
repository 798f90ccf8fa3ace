import type { Point } from './line.js';

/** One benchmark in two runs. */
export interface Comparison {
  readonly benchmark: string;
  readonly package: string | undefined;
  readonly from: Point | undefined;
  readonly to: Point | undefined;
  /** From one to the other, as a fraction: 0.05 is 5 % slower. Undefined where the two are not comparable. */
  readonly change: number | undefined;
  /** Why they are not, for people. */
  readonly obstacle: string | undefined;
}

/**
 * Compares any two runs, such as the working copy with the default branch, benchmark by benchmark. What is different in
 * machine or toolchain is not compared: that would measure the machine.
 */
export function compareRuns(from: readonly Point[], to: readonly Point[]): Comparison[] {
  const before = new Map(from.map((point) => [nameOf(point), point]));
  const after = new Map(to.map((point) => [nameOf(point), point]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => compare(before.get(name), after.get(name)));
}

function compare(from: Point | undefined, to: Point | undefined): Comparison {
  const { benchmark = '', package: crate } = to ?? from ?? {};
  const obstacle = obstacleBetween(from, to);
  const change = from && to && !obstacle ? to.measurement.value / from.measurement.value - 1 : undefined;
  return { benchmark, package: crate, from, to, change, obstacle };
}

function obstacleBetween(from: Point | undefined, to: Point | undefined): string | undefined {
  if (!from) return 'It is new.';
  if (!to) return 'It is gone.';
  if (from.unit !== to.unit) return `One is in ${from.unit}, the other in ${to.unit}.`;
  if (from.measurement.kind !== to.measurement.kind) return 'One has samples, the other only estimates.';
  if (from.runner !== to.runner)
    return `They ran on different machines: ${named(from.runner)} and ${named(to.runner)}.`;
  if (from.toolchain !== to.toolchain) {
    return `They were built by different toolchains: ${named(from.toolchain)} and ${named(to.toolchain)}.`;
  }
  return undefined;
}

function named(name: string | undefined): string {
  return name ?? 'unknown';
}

function nameOf({ package: crate = '', benchmark }: Point): string {
  return `${crate}\n${benchmark}`;
}
