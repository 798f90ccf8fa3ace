import type { Throughput } from './schema.js';

/** How fast, with its unit. */
export interface Rate {
  readonly perSecond: number;
  readonly unit: 'B' | 'bit' | 'element';
}

/**
 * What a benchmark gets through in a second.
 *
 * @param nanoseconds time of one iteration
 */
export function rates(throughput: Throughput, nanoseconds: number): Rate[] {
  const rate = (amount: number, unit: Rate['unit']): Rate => ({ perSecond: (amount * 1e9) / nanoseconds, unit });
  if ('Bytes' in throughput) return [rate(throughput.Bytes, 'B')];
  if ('BytesDecimal' in throughput) return [rate(throughput.BytesDecimal, 'B')];
  if ('Bits' in throughput) return [rate(throughput.Bits, 'bit')];
  if ('Elements' in throughput) return [rate(throughput.Elements, 'element')];
  const { elements, bytes } = throughput.ElementsAndBytes;
  return [rate(elements, 'element'), rate(bytes, 'B')];
}
