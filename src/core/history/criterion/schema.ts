import * as v from 'valibot';

/** A number as Rust's serde writes it: what is not finite becomes null. */
const float = v.nullish(v.number());

const interval = v.looseObject({ confidence_level: float, lower_bound: float, upper_bound: float });

/** One estimate as Criterion writes it; `slope` is null where sampling was flat. */
const estimate = v.nullish(
  v.looseObject({ confidence_interval: v.nullish(interval), point_estimate: float, standard_error: float }),
);

/** `estimates.json`; in old versions the names are capitalised (`Mean`, `MedianAbsDev`). */
export const estimatesSchema = v.looseObject({
  mean: estimate,
  median: estimate,
  median_abs_dev: estimate,
  slope: estimate,
  std_dev: estimate,
});

/** `sample.json`. */
export const sampleSchema = v.pipe(
  v.looseObject({
    sampling_mode: v.nullish(v.string()),
    iters: v.array(v.nullable(v.number())),
    times: v.array(v.nullable(v.number())),
  }),
  v.check(({ iters, times }) => iters.length === times.length, '"iters" and "times" differ in length'),
);

/** How much one iteration works through, as Criterion's enum is written. */
export const throughputSchema = v.union(
  [
    v.strictObject({ Bytes: v.number() }),
    v.strictObject({ BytesDecimal: v.number() }),
    v.strictObject({ Bits: v.number() }),
    v.strictObject({ Elements: v.number() }),
    v.strictObject({ ElementsAndBytes: v.looseObject({ elements: v.number(), bytes: v.number() }) }),
  ],
  'expected one of Bytes, BytesDecimal, Bits, Elements, ElementsAndBytes',
);
export type Throughput = v.InferOutput<typeof throughputSchema>;

/** `benchmark.json`. Only `full_id` matters for who a benchmark is; folder names are cut and may collide. */
export const identitySchema = v.looseObject({
  full_id: v.pipe(v.string(), v.minLength(1)),
  group_id: v.nullish(v.string()),
  function_id: v.nullish(v.string()),
  value_str: v.nullish(v.string()),
  // A kind of throughput that is not known yet must not cost the measurement.
  throughput: v.fallback(v.nullish(throughputSchema), undefined),
  title: v.nullish(v.string()),
});

/** An estimate with its confidence interval. Units are those of what was measured; fractions in `change`. */
export interface Estimate {
  readonly point: number;
  readonly low?: number;
  readonly high?: number;
  readonly error?: number;
}

/** What could be read of `estimates.json`; what is missing, null or not finite is left out. */
export interface Estimates {
  readonly mean?: Estimate;
  readonly median?: Estimate;
  readonly medianAbsDev?: Estimate;
  readonly slope?: Estimate;
  readonly stdDev?: Estimate;
}

/** Iterations and total times, sample by sample; NaN where Criterion had no finite number. */
export interface Sample {
  readonly iters: readonly number[];
  readonly times: readonly number[];
}

/** @param input an object with the estimates under their current or old names, or `undefined` */
export function readEstimates(input: v.InferOutput<typeof estimatesSchema>): Estimates {
  return {
    ...named('mean', input.mean),
    ...named('median', input.median),
    ...named('medianAbsDev', input.median_abs_dev),
    ...named('slope', input.slope),
    ...named('stdDev', input.std_dev),
  };
}

function named<N extends keyof Estimates>(
  name: N,
  input: v.InferOutput<typeof estimate>,
): Partial<Record<N, Estimate>> {
  const point = input?.point_estimate;
  if (point === undefined || point === null) return {};
  const low = input?.confidence_interval?.lower_bound ?? undefined;
  const high = input?.confidence_interval?.upper_bound ?? undefined;
  const error = input?.standard_error ?? undefined;
  const value: Estimate = {
    point,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    ...(error !== undefined && { error }),
  };
  return { [name]: value } as Partial<Record<N, Estimate>>;
}

/** Current names for the capitalised ones of old versions: `MedianAbsDev` becomes `median_abs_dev`. */
export function withCurrentNames(value: unknown): unknown {
  // An array would pass for an object without a key.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, content]: [string, unknown]) => [
      key.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
      content,
    ]),
  );
}

/** The current shape of `sample.json` for that of old versions, in which the two arrays stand alone. */
export function withNamedArrays(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [iters, times] = value as unknown[];
  return { iters, times };
}

/** Null becomes NaN. */
export function readSample({ iters, times }: v.InferOutput<typeof sampleSchema>): Sample {
  return { iters: iters.map(orNaN), times: times.map(orNaN) };
}

/** JSON has no number for what is not finite. */
export function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
