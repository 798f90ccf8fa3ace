import type { VerdictName } from '../../core/history/panel/messages.js';

/** A shape for each verdict, so that colour is not the only sign. */
export function glyph(verdict: VerdictName, x: number, y: number, size = 4): string {
  const [left, right, top, bottom] = [x - size, x + size, y - size, y + size].map(short) as [
    number,
    number,
    number,
    number,
  ];
  const [cx, cy] = [short(x), short(y)];
  switch (verdict) {
    case 'regression':
      return `M${cx} ${top}L${right} ${bottom}H${left}Z`;
    case 'improvement':
      return `M${cx} ${bottom}L${right} ${top}H${left}Z`;
    case 'suspect':
      return `M${cx} ${top}L${right} ${cy}L${cx} ${bottom}L${left} ${cy}Z`;
    case 'recovered':
      return `M${left} ${top}H${right}V${bottom}H${left}Z`;
    case 'collecting':
    case 'stable': {
      const radius = size * 0.7;
      return `M${short(x - radius)} ${cy}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
    }
  }
}

/** Tenths of a pixel are seen, hundredths are not. */
export function short(value: number): number {
  return Math.round(value * 10) / 10;
}
