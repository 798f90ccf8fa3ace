import { mean } from './robust.js';

/**
 * The two-sided p value of Welch's t test that a series has the same mean before and after `index` (Welch, "The
 * generalization of Student's problem when several different population variances are involved", 1947), for runs that
 * resemble their neighbours: where one correlates with the next by r, n of them say as much as n (1 - r) / (1 + r)
 * independent ones (Bayley and Hammersley, "The effective number of independent observations in an autocorrelated time
 * series", 1946). 1 where there are too few values to say anything.
 */
export function stepTest(values: readonly number[], index: number): number {
  const before = sideOf(values.slice(0, index));
  const after = sideOf(values.slice(index));
  if (before.count < 2 || after.count < 2) return 1;
  const squares = before.squares + after.squares;
  const difference = after.centre - before.centre;
  if (squares === 0) return difference === 0 ? 1 : 0;
  const independent = independentShare((before.products + after.products) / squares, values.length);
  const errors = [before, after].map(({ count, squares: own }) => own / (count - 1) / (count * independent));
  const freedoms = [before, after].map(({ count }) => Math.max(1, count * independent - 1));
  const [ofBefore = 0, ofAfter = 0] = errors;
  const [fromBefore = 1, fromAfter = 1] = freedoms;
  const freedom = (ofBefore + ofAfter) ** 2 / (ofBefore ** 2 / fromBefore + ofAfter ** 2 / fromAfter);
  return incompleteBeta(freedom / (freedom + difference ** 2 / (ofBefore + ofAfter)), freedom / 2, 0.5);
}

/** What two levels, before and from `index` on, leave unexplained: the sum of the squared distances from them. */
export function restOfStep(values: readonly number[], index: number): number {
  return sideOf(values.slice(0, index)).squares + sideOf(values.slice(index)).squares;
}

/**
 * How much each of `count` values says, if two parameters were fitted and the rests correlate with their neighbours by
 * `seen`.
 */
export function independentShare(seen: number, count: number): number {
  // Each mean that was taken from the data hides (1 + 3r)/n of the correlation (Kendall, "Note on bias in the estimation
  // of autocorrelation", 1954).
  const correlation = Math.min(0.95, Math.max(0, seen + (2 * (1 + 3 * seen)) / count));
  return (1 - correlation) / (1 + correlation);
}

function sideOf(values: readonly number[]) {
  const centre = mean(values);
  let squares = 0;
  let products = 0;
  let last = 0;
  for (const value of values) {
    const rest = value - centre;
    squares += rest * rest;
    products += rest * last;
    last = rest;
  }
  return { count: values.length, centre, squares, products };
}

/**
 * The regularized incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8,
 * evaluated as Lentz does). The two-sided tail of Student's t is I_{n/(n+t²)}(n/2, 1/2) (26.7.1).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly below this bound; above it the symmetric value does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      step = c * d;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return front * fraction;
}

/** ln Γ(x) for x > 0, by Stirling's series after moving x up (Abramowitz and Stegun 6.1.41); error below 1e-12. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 12; y++) shift += Math.log(y);
  const inverse = 1 / (y * y);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
