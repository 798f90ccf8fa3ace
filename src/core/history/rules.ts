/** Runs that must be known before one is judged. */
export const leastHistory = 8;
/** Runs at a newly accepted level before one is judged there; how they scatter is known from before. */
export const leastAtNewLevel = 3;
/** Runs after which an improvement is the new normal. */
export const runsToKeepImprovement = 8;
/** Changes below this are never reported, however exact a benchmark is (natural logarithm, about 1 %). */
export const leastChange = 0.01;

/**
 * From here on a run is out of the ordinary. 3.5 robust deviations is the usual bound for outliers (Iglewicz and Hoaglin,
 * "How to Detect and Handle Outliers", 1993).
 */
const outlier = 3.5;
/** A run this far off, as a share of `outlier`, still belongs to a change that an earlier run began. */
const stillOff = 0.5;
/** Chance of a wrong alarm that one benchmark may have in one run, and all benchmarks of a run together. */
const confirmed = { each: 0.002, together: 0.02 };
/** Largest p value of a split, which is looked for in every run. */
const lasting = 0.00001;
const suspected = { each: 0.005, together: 0.05 };
/** How many times further off than anything before a run is suspect; a short history has not seen much yet. */
export function suspectFactor(history: number): number {
  return 2 * Math.sqrt(Math.max(1, 20 / history));
}
/** The two runs nearest to the old level must agree within so many robust deviations about the new one. */
export const agreement = 4;
/** Runs that confirm a change at the earliest; one more where a run tells nothing of its inside. */
export const leastToConfirm = { sampled: 2, estimated: 3 };
/** Unless chance is this much smaller than it needs to be. */
export const beyondDoubt = 0.1;
/** In how many runs a change of the resolvable size is confirmed. */
export const runsToResolve = 3;
/** Runs of a change may lie this many robust deviations below its size, and mostly do not. */
export const allowance = 1.5;
/** Runs in a row nearer to the old level than to the new one that mean it is back. */
export const runsToRecover = 3;
/** A change too small to strike in any run is one when it has lasted so many runs … */
export const runsOfLasting = 8;
/** … and is so many robust deviations large. */
export const leastLasting = 1.5;
/** A level that creeps is reported once it has crept this far (natural logarithm). */
export const leastDrift = 0.03;
/** How many runs before the first striking one the change may have begun. */
export const furthestStart = 10;
/** Where the search for the commit stops believing its split (p value of the t test). */
export const splitDoubt = 0.05;

/** The bounds that hold for one benchmark of a family. */
export interface Bounds {
  /** In robust deviations. */
  readonly outlier: number;
  readonly stillOff: number;
  /** Largest chances. */
  readonly suspected: number;
  readonly confirmed: number;
  /** Largest p value of a split that shows a small change after many runs. */
  readonly lasting: number;
}

/**
 * Bounds for one of `family` benchmarks that are judged in the same run: the allowed chance of a wrong alarm is divided
 * among them (Bonferroni) as soon as together they would exceed what a run may have. The tail of the normal distribution
 * falls as exp(-z²/2), so dividing a chance by m moves z to √(z² + 2 ln m).
 */
export function boundsFor(family: number): Bounds {
  const share = Math.max(1, (family * confirmed.each) / confirmed.together);
  const z = Math.sqrt(outlier ** 2 + 2 * Math.log(share));
  return {
    outlier: z,
    stillOff: z * stillOff,
    suspected: suspected.each / share,
    confirmed: confirmed.each / share,
    lasting: lasting / share,
  };
}
