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

/** How far a run was from the level of its time: what unchanged code does. */
interface Noise {
  readonly value: number;
  readonly stretches: readonly number[];
}

/** What is normal for a benchmark: where its runs lie and how they scatter. */
export class Level {
  readonly #earlier: readonly Noise[];
  #runs: Reading[] = [];
  #facts: { centre: number; noise: Noise[]; deviation: number } | undefined;

  /** @param earlier noise seen at earlier levels, which a change of level leaves as it was */
  constructor(earlier: readonly Noise[] = [], runs: readonly Reading[] = []) {
    this.#earlier = earlier;
    this.#runs = [...runs];
  }

  /** The runs at this level, oldest first. */
  get runs(): readonly Reading[] {
    return this.#runs;
  }

  /** How many runs tell about the noise. */
  get size(): number {
    return Math.min(windowSize, this.#earlier.length + this.#runs.length);
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

  /** How the runs scatter, for another level of the same benchmark. */
  noise(): readonly Noise[] {
    return this.#known().noise;
  }

  /**
   * The chance that a run of unchanged code lies at least `distance` from the centre, in the direction of `sign`. It is
   * the share of the history's stretches that were that far off, with one run of that kind added that was not seen yet
   * (the rule of succession), so that eight runs never say more than "less than one in nine". A whole run is that slow
   * at most as often as its stretches are (Markov's inequality), so stretches warn of what runs have not shown so far.
   */
  chance(distance: number, sign: number): number {
    let runs = 1;
    for (const { stretches } of this.noise()) {
      let far = 0;
      for (const stretch of stretches) if (sign * stretch >= distance) far++;
      runs += far / stretches.length;
    }
    return Math.min(1, runs / (this.size + 1));
  }

  /** The smallest distance above the centre whose chance is at most `chance`; undefined where no distance is that rare. */
  distanceOf(chance: number): number | undefined {
    let rest = chance * (this.size + 1) - 1;
    if (rest < 0) return undefined;
    const slow: { stretch: number; weight: number }[] = [];
    for (const { stretches } of this.noise())
      for (const stretch of stretches) if (stretch > 0) slow.push({ stretch, weight: 1 / stretches.length });
    slow.sort((a, b) => b.stretch - a.stretch);
    for (const { stretch, weight } of slow) {
      rest -= weight;
      // Floating point: forty fifths are eight.
      if (rest < -1e-9) return stretch;
    }
    return 0;
  }

  /** The furthest stretch from the centre in the direction of `sign`; 0 where all lie on the other side. */
  furthest(sign: number): number {
    let furthest = 0;
    for (const { stretches } of this.noise())
      for (const stretch of stretches) furthest = Math.max(furthest, sign * stretch);
    return furthest;
  }

  #known() {
    if (this.#facts) return this.#facts;
    const centre = median(this.#runs.map(({ value }) => value));
    const own = this.#runs.map(({ value, stretches }) => ({
      value: value - centre,
      stretches: stretches.map((stretch) => stretch - centre),
    }));
    const noise = [...this.#earlier, ...own].slice(-windowSize);
    const deviation = Math.max(
      finestDeviation,
      robustDeviation(
        noise.map(({ value }) => value),
        0,
      ),
    );
    return (this.#facts = { centre, noise, deviation });
  }
}
