/** Values in ascending order, in an array of their own. */
export function ascending(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
}

/**
 * The quantile `share` (0…1) of ascending values, interpolated linearly between neighbours (type 7 of Hyndman and Fan,
 * "Sample Quantiles in Statistical Packages", 1996). NaN for no values.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (place - below) * (high - low);
}

/** The middle of values in any order; NaN for no values. */
export function median(values: ArrayLike<number>): number {
  return quantile(ascending(values), 0.5);
}

/**
 * One robust deviation: the median distance from `centre`, times 1.4826 so that it equals the standard deviation where
 * the noise is normal (Rousseeuw and Croux, "Alternatives to the Median Absolute Deviation", 1993).
 */
export function robustDeviation(values: readonly number[], centre: number): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

/** The mean; NaN for no values. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
