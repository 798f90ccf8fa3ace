import { mean, variance } from './robust.js';

/**
 * The two-sided p value of Welch's t test that two samples have the same mean, without assuming equal variances
 * (Welch, "The generalization of Student's problem", 1947). 1 where a sample is too small to say anything.
 */
export function welchTest(a: readonly number[], b: readonly number[]): number {
  if (a.length < 2 || b.length < 2) return 1;
  const ofA = variance(a) / a.length;
  const ofB = variance(b) / b.length;
  const difference = mean(a) - mean(b);
  if (ofA + ofB === 0) return difference === 0 ? 1 : 0;
  const t = difference / Math.sqrt(ofA + ofB);
  const freedom = (ofA + ofB) ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1));
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
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
