/**
 * Indices of at most `most` points that draw the same line: of each stretch its first, lowest, highest and last point.
 * An extreme is never lost.
 *
 * @param from first index, inclusive
 * @param to last index, exclusive
 */
export function decimate(values: ArrayLike<number>, from: number, to: number, most: number): number[] {
  if (to - from <= most) return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  const stretches = Math.max(1, Math.floor(most / 4));
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = from + Math.floor(((to - from) * stretch) / stretches);
    const end = from + Math.floor(((to - from) * (stretch + 1)) / stretches);
    let lowest = start;
    let highest = start;
    for (let index = start; index < end; index++) {
      const value = values[index] ?? NaN;
      if (Number.isNaN(value)) continue;
      if (!(value >= (values[lowest] ?? NaN))) lowest = index;
      if (!(value <= (values[highest] ?? NaN))) highest = index;
    }
    kept.push(...new Set([start, lowest, highest, end - 1].sort((a, b) => a - b)));
  }
  return kept;
}

/** At most `most` values that draw the same small line. */
export function thinned(values: readonly number[], most: number): number[] {
  return decimate(values, 0, values.length, most).map((index) => values[index] ?? NaN);
}
