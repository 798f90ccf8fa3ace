import * as v from 'valibot';
import { InputError } from '../scaffold/input-error.js';
import {
  estimatesSchema,
  orNaN,
  readEstimates,
  throughputSchema,
  withCurrentNames,
  type Estimates,
  type Throughput,
} from './criterion/schema.js';
import { readJson } from './json.js';
import { measure, type Measurement } from './measurement.js';

const name = v.pipe(v.string(), v.minLength(1));
const numbers = v.array(v.nullable(v.number()));

/**
 * One line of a benchmark history (**contract**, published as schema/benchmark-history.schema.json): one benchmark in one
 * run, with its samples, its estimates, or a summary of them. Keys that are not named here are ignored.
 */
export const historyLineSchema = v.pipe(
  v.looseObject({
    /** Criterion's `full_id`. */
    benchmark: v.pipe(name, v.description('Criterion’s full_id, for example "parse/large"')),
    package: v.pipe(
      v.nullish(v.string()),
      v.description('Cargo package of the benchmark, which tells equal names apart'),
    ),
    commit: v.pipe(v.nullish(v.string()), v.description('full SHA of the commit that was measured')),
    run: v.pipe(
      v.union([v.number(), name], 'expected a number that grows from run to run, or a text'),
      v.description(
        'a number that grows from run to run (of GitHub Actions: the run id); texts keep the order of the file',
      ),
    ),
    attempt: v.pipe(v.nullish(v.number()), v.description('which attempt of the run; 1 where it is missing')),
    branch: v.nullish(v.string()),
    runner: v.pipe(
      v.nullish(v.string()),
      v.description('class of the machine; runs of different classes are never compared'),
    ),
    toolchain: v.pipe(
      v.nullish(v.string()),
      v.description('rustc version; runs of different toolchains are never compared'),
    ),
    at: v.pipe(v.nullish(v.string()), v.description('when it ran, ISO 8601')),
    unit: v.pipe(v.nullish(name), v.description('what is measured for one iteration; "ns" where it is missing')),
    throughput: v.fallback(v.nullish(throughputSchema), undefined),
    iters: v.pipe(v.nullish(numbers), v.description('iterations of each sample')),
    times: v.pipe(v.nullish(numbers), v.description('total of each sample, in `unit`')),
    estimates: v.pipe(v.nullish(estimatesSchema), v.description('as in Criterion’s estimates.json')),
    summary: v.pipe(
      v.nullish(
        v.object({
          kind: v.picklist(['samples', 'estimates']),
          value: v.number(),
          stretches: v.pipe(v.array(v.number()), v.minLength(1)),
          typical: v.number(),
          low: v.number(),
          high: v.number(),
        }),
      ),
      v.description('what was kept of samples or estimates that were judged before'),
    ),
  }),
  v.title('Benchmark history, one line of JSON for each benchmark and run'),
);
export type HistoryLine = v.InferOutput<typeof historyLineSchema>;

/** One benchmark in one run. */
export interface Point {
  readonly benchmark: string;
  /** Cargo package, where the history tells it: two packages may have benchmarks of the same name. */
  readonly package: string | undefined;
  readonly commit: string | undefined;
  readonly run: number | string;
  readonly attempt: number;
  readonly branch: string | undefined;
  readonly runner: string | undefined;
  readonly toolchain: string | undefined;
  readonly at: string | undefined;
  /** Of `measurement`: `ns` for time. */
  readonly unit: string;
  readonly throughput: Throughput | undefined;
  readonly measurement: Measurement;
}

/** What a history holds, and what of it could not be read. */
export interface History {
  /** In run order. */
  readonly points: readonly Point[];
  /** One for each bad line, with its place. */
  readonly problems: readonly InputError[];
}

const advice = 'Correct or delete the line; schema/benchmark-history.schema.json describes it.';

/** Reads a history in which each line is JSON. A bad line is reported and left out. */
export function readHistory(file: string, text: string): History {
  const points: Point[] = [];
  const problems: InputError[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const content = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
    line++;
    if (content.trim() === '') continue;
    try {
      points.push(readLine(file, content, line));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error);
    }
  }
  return { points: inRunOrder(points), problems };
}

/** @throws InputError with the place of what is wrong */
function readLine(file: string, text: string, line: number): Point {
  const content = readJson(file, text, historyLineSchema, { advice, line, prepare: withOldEstimates });
  const position = { line, column: 1 };
  const { iters, times } = content;
  if (iters && times && iters.length !== times.length) {
    const what = `The run of "${content.benchmark}" has ${iters.length} "iters" but ${times.length} "times".`;
    throw new InputError({ file, position, what, advice });
  }
  const point = pointOf(content);
  if (point) return point;
  throw new InputError({
    file,
    position,
    what: `The run of "${content.benchmark}" has neither "iters" and "times", "estimates" nor "summary" with a number above 0.`,
    advice,
  });
}

/** The run that a line tells of; undefined if it holds no usable number. */
export function pointOf(line: Partial<HistoryLine> & Pick<HistoryLine, 'benchmark' | 'run'>): Point | undefined {
  const measurement = measurementOf(line);
  return (
    measurement && {
      benchmark: line.benchmark,
      package: line.package ?? undefined,
      commit: line.commit ?? undefined,
      run: line.run,
      attempt: line.attempt ?? 1,
      branch: line.branch ?? undefined,
      runner: line.runner ?? undefined,
      toolchain: line.toolchain ?? undefined,
      at: line.at ?? undefined,
      unit: line.unit ?? 'ns',
      throughput: line.throughput ?? undefined,
      measurement,
    }
  );
}

/** The estimates under their current names; a bare number is an estimate without an interval. */
function withOldEstimates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('estimates' in value)) return value;
  const estimates = withCurrentNames(value.estimates);
  if (typeof estimates !== 'object' || estimates === null || Array.isArray(estimates)) return value;
  const whole = Object.entries(estimates).map(([key, estimate]: [string, unknown]) => [
    key,
    typeof estimate === 'number' ? { point_estimate: estimate } : estimate,
  ]);
  return { ...value, estimates: Object.fromEntries(whole) as unknown };
}

function measurementOf({ iters, times, estimates, summary }: Partial<HistoryLine>): Measurement | undefined {
  if (summary) return summary.value > 0 && summary.stretches.every((stretch) => stretch > 0) ? summary : undefined;
  const sample = iters && times && { iters: iters.map(orNaN), times: times.map(orNaN) };
  const read: Estimates | undefined = estimates ? readEstimates(estimates) : undefined;
  return measure(sample ?? undefined, read);
}

/** Points by run and attempt where runs are numbers; otherwise as they stand. Points of one run keep their order. */
export function inRunOrder(points: readonly Point[]): Point[] {
  const runs = points.map(({ run }) => Number(run));
  if (runs.some((run) => Number.isNaN(run))) return [...points];
  return points
    .map((point, index) => ({ point, run: runs[index] ?? 0, index }))
    .sort((a, b) => a.run - b.run || a.point.attempt - b.point.attempt || a.index - b.index)
    .map(({ point }) => point);
}

/** A line that says of a point what is needed to judge and show it, in about 300 bytes. */
export function formatPoint({ attempt, ...point }: Point): string {
  const { measurement, ...rest } = point;
  const { value, stretches, typical, low, high } = measurement;
  const summary = {
    kind: measurement.kind,
    value: short(value),
    stretches: stretches.map(short),
    typical: short(typical),
    low: short(low),
    high: short(high),
  };
  return JSON.stringify({ ...rest, ...(attempt !== 1 && { attempt }), summary });
}

/** Six digits tell apart what no benchmark can. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}
