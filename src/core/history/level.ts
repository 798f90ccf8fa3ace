import { median, robustDeviation } from './statistics/robust.js';

/** How many of the newest runs tell what is normal. */
const windowSize = 40;
/** Timers and code layout alone make this much difference; no history makes a benchmark more exact. */
const finestDeviation = 0.002;

/** One run of one benchmark, in natural logarithms: differences are relative changes, alike in both directions. */
export interface Reading {
  readonly value: number;
  readonly stretches: readonly number[];
  /** Whether the stretches come from samples, or only from an estimate of their spread. */
  readonly sampled: boolean;
  readonly origin: Origin;
}

/** Where a reading comes from. */
export interface Origin {
  readonly commit: string | undefined;
  readonly run: number | string;
}

/** A run that scattered around a level which is no longer the current one. */
interface Past {
  readonly run: Reading;
  /** Where the level was. */
  readonly centre: number;
}

/** What is normal for a benchmark: where its runs lie and how they scatter. */
export class Level {
  /** Noise seen at earlier levels, which a change of level leaves as it was. */
  readonly #past: readonly Past[];
  #runs: Reading[] = [];
  #facts: Facts | undefined;

  /** @param before the level whose noise is the noise of this one too */
  constructor(before?: Level, runs: readonly Reading[] = []) {
    this.#past = before?.noise() ?? [];
    this.#runs = [...runs];
  }

  /** The runs at this level, oldest first. */
  get runs(): readonly Reading[] {
    return this.#runs;
  }

  /** How many runs tell about the noise. */
  get size(): number {
    return Math.min(windowSize, this.#past.length + this.#runs.length);
  }

  add(...readings: readonly Reading[]): void {
    this.#runs.push(...readings);
    if (this.#runs.length > windowSize) this.#runs = this.#runs.slice(-windowSize);
    this.#facts = undefined;
  }

  /** Takes the runs from `index` on away. */
  removeFrom(index: number): Reading[] {
    this.#facts = undefined;
    return this.#runs.splice(index);
  }

  /** The median of the runs. */
  get centre(): number {
    return this.#known().centre;
  }

  /** One robust deviation of the runs from their centre. */
  get deviation(): number {
    return this.#known().deviation;
  }

  /** The newest runs, here and at earlier levels, each with the level that it scattered around. */
  noise(): Past[] {
    const { centre } = this;
    const here = this.#runs.map((run) => ({ run, centre }));
    return [...this.#past, ...here].slice(-windowSize);
  }

  /**
   * The chance that a run of unchanged code lies at least `distance` from the centre, in the direction of `sign`. It is
   * the share of the history's stretches that were that far off, with one run of that kind added that was not seen yet
   * (the rule of succession), so that eight runs never say more than "less than one in nine". A whole run is that slow
   * at most as often as its stretches are (Markov's inequality), so stretches warn of what runs have not shown so far.
   */
  chance(distance: number, sign: number): number {
    const { distances, weights } = this.#known();
    let runs = 1;
    for (let i = 0; i < distances.length; i++) if (sign * (distances[i] ?? 0) >= distance) runs += weights[i] ?? 0;
    return Math.min(1, runs / (this.size + 1));
  }

  /** The smallest distance above the centre whose chance is at most `most`; undefined where no distance is that rare. */
  distanceOf(most: number): number | undefined {
    if (1 / (this.size + 1) > most) return undefined;
    // Chances fall along the distances: halving finds where they become small enough, to a hundredth of a per mille.
    let near = 0;
    let far = this.furthest(1) + 1e-5;
    while (far - near > 1e-5) {
      const middle = (near + far) / 2;
      if (this.chance(middle, 1) > most) near = middle;
      else far = middle;
    }
    return far;
  }

  /** The furthest stretch from the centre in the direction of `sign`; 0 where all lie on the other side. */
  furthest(sign: number): number {
    let furthest = 0;
    for (const distance of this.#known().distances) furthest = Math.max(furthest, sign * distance);
    return furthest;
  }

  #known(): Facts {
    return (this.#facts ??= factsOf(this.#past, this.#runs));
  }
}

/** What follows from the runs; in flat arrays, since it is worked out for every run. */
interface Facts {
  readonly centre: number;
  readonly deviation: number;
  /** How far each stretch of the window lies from the level of its run, and which part of its run it is. */
  readonly distances: Float64Array;
  readonly weights: Float64Array;
}

function factsOf(past: readonly Past[], runs: readonly Reading[]): Facts {
  const centre = median(runs.map(({ value }) => value));
  const fromPast = past.slice(Math.max(0, past.length + runs.length - windowSize));
  const fromHere = runs.slice(-windowSize);
  let count = 0;
  for (const { run } of fromPast) count += run.stretches.length;
  for (const { stretches } of fromHere) count += stretches.length;
  const distances = new Float64Array(count);
  const weights = new Float64Array(count);
  const values: number[] = [];
  const add = ({ value, stretches }: Reading, level: number) => {
    values.push(value - level);
    for (const stretch of stretches) {
      count--;
      distances[count] = stretch - level;
      weights[count] = 1 / stretches.length;
    }
  };
  for (const { run, centre: level } of fromPast) add(run, level);
  for (const run of fromHere) add(run, centre);
  return { centre, deviation: Math.max(finestDeviation, robustDeviation(values, 0)), distances, weights };
}
