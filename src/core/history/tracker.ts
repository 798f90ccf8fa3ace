import { bestSplit } from './statistics/change-point.js';
import { median } from './statistics/robust.js';
import { restOfStep } from './statistics/student.js';
import { trendTest } from './statistics/trend.js';
import { Level, type Origin, type Reading } from './level.js';
import * as rules from './rules.js';
import type { Bounds } from './rules.js';

/** What is said of one run, in numbers. Relative changes are fractions: 0.05 is 5 % slower than the accepted level. */
export type Finding =
  | {
      readonly verdict: 'collecting';
      readonly known: number;
      readonly needed: number;
      readonly afterAccepting: boolean;
    }
  | (Judged & { readonly verdict: 'stable'; readonly striking: Striking | undefined })
  | (Judged & { readonly verdict: 'suspect'; readonly since: Origin; readonly runs: number; readonly chance: number })
  | (Judged & { readonly verdict: 'regression' | 'improvement' } & Change)
  | (Judged & { readonly verdict: 'recovered' } & Change);

interface Judged {
  /** Of this run; for a confirmed change, of the new level. */
  readonly change: number;
  /** `change` in robust deviations of the accepted history. */
  readonly deviations: number;
  /** The smallest slowdown that `runsToResolve` runs would confirm; undefined while the history is too short for any. */
  readonly resolvable: number | undefined;
  /** Runs that the accepted history holds. */
  readonly history: number;
  /** Between these values, in the unit of the measurement, a run is nothing out of the ordinary. */
  readonly normal: { readonly low: number; readonly high: number };
}

/** Runs that are off, but not more than unchanged code has been before. */
interface Striking {
  readonly runs: number;
  readonly chance: number;
  /** Whether they lie where one new level may be. */
  readonly agree: boolean;
}

/** Some of the runs that are off, up to the newest. */
interface Row extends Striking {
  /** Index of the first among those that are off. */
  readonly start: number;
  readonly since: Origin;
  /** Whether all are much further off than anything before. */
  readonly unheard: boolean;
}

/** A confirmed change. */
interface Begun {
  /** The first run at the new level. */
  readonly since: Origin;
  /** Runs since then. */
  readonly runs: number;
  /** The chance of these runs without any change, when it was confirmed. */
  readonly chance: number;
}

interface Change extends Begun {
  /** It was this run that decided. */
  readonly news: boolean;
  /** From the next run on this is the accepted level. */
  readonly adopted: boolean;
  /** Runs in a row that look as if it were over. */
  readonly back: number;
}

/** A run that is being judged, and how it compares with what was accepted before it came. */
interface Arrival {
  readonly reading: Reading;
  readonly bounds: Bounds;
  readonly judged: Judged;
}

/** Judges the runs of one benchmark as they arrive. It never looks ahead and costs the same for every run. */
export class Tracker {
  #accepted = new Level();
  /** Where the benchmark is now: the accepted level itself, or the level of a confirmed change. */
  #current = this.#accepted;
  #change: Begun | undefined;
  #resetByPerson = false;
  /** Runs in a row that are off the current level, all in the same direction. */
  #off: Reading[] = [];
  /** Runs in a row that are nearer to the accepted level than to the current one. */
  #back: Reading[] = [];

  /** Makes what follows the accepted level, whatever it is. What is known about the noise stays. */
  accept(): void {
    this.#accepted = this.#current = new Level(this.#current);
    this.#change = undefined;
    this.#resetByPerson = true;
    this.#off = [];
    this.#back = [];
  }

  judge(reading: Reading, bounds: Bounds): Finding {
    const collecting = this.#collect(reading);
    if (collecting) return collecting;
    const arrival = { reading, bounds, judged: this.#judged(reading.value, bounds) };
    return this.#recover(arrival) ?? this.#compare(arrival);
  }

  #collect(reading: Reading): Finding | undefined {
    const { size, runs } = this.#current;
    const needed = size < rules.leastHistory ? rules.leastHistory : rules.leastAtNewLevel;
    const known = size < rules.leastHistory ? size : runs.length;
    if (this.#change || known >= needed) return undefined;
    this.#current.add(reading);
    return { verdict: 'collecting', known: known + 1, needed, afterAccepting: this.#resetByPerson };
  }

  /** A confirmed change is over when a run is clearly back, or when a few in a row are more likely back than not. */
  #recover(arrival: Arrival): Finding | undefined {
    const { reading, bounds } = arrival;
    const change = this.#change;
    if (!change) return undefined;
    const toCurrent = Math.abs(reading.value - this.#current.centre);
    const toAccepted = Math.abs(reading.value - this.#accepted.centre);
    const far = bounds.outlier * this.#accepted.deviation;
    if (toAccepted >= toCurrent || toAccepted > far) {
      this.#current.add(...this.#back);
      this.#back = [];
      return undefined;
    }
    this.#current.add(...this.#off);
    this.#off = [];
    this.#back.push(reading);
    if (toCurrent < far && this.#back.length < rules.runsToRecover) return this.#state(arrival);
    return this.#returnTo(this.#back, change.chance, arrival);
  }

  #compare(arrival: Arrival): Finding {
    const { reading, bounds } = arrival;
    const level = this.#current;
    const distance = reading.value - level.centre;
    const sign = Math.sign(distance);
    const [first] = this.#off;
    const goesOn = first !== undefined && Math.sign(first.value - level.centre) === sign;
    const threshold = (goesOn ? bounds.stillOff : bounds.outlier) * level.deviation;
    const isOff = Math.abs(distance) >= Math.max(rules.leastChange, threshold);
    if (!isOff || !goesOn) {
      // They were noise after all, and the history has to know of it.
      level.add(...this.#off);
      this.#off = [];
    }
    if (!isOff) {
      level.add(reading);
      return this.#lookBack(arrival);
    }
    this.#off.push(reading);
    return this.#weigh(sign, arrival);
  }

  /** Decides whether the runs that are off may still be chance. */
  #weigh(sign: number, arrival: Arrival): Finding {
    const { reading, bounds, judged } = arrival;
    // A run of noise right before a change is off like the change itself, and must not speak for it: each end of the row
    // is looked at, the longest first.
    const rows = this.#off.map((first, start) => this.#rowFrom(first, start, sign, bounds));
    const least = reading.sampled ? rules.leastToConfirm.sampled : rules.leastToConfirm.estimated;
    const sure = rows.find(
      ({ runs, chance, agree }) => runs >= least && chance <= bounds.confirmed * (agree ? 1 : rules.beyondDoubt),
    );
    if (sure) return this.#enter(this.#takeChanged(sure.start), sure.chance, arrival);
    if (this.#change) return this.#state(arrival);
    const suspect = rows.find(({ chance, agree, unheard }) => unheard || (agree && chance <= bounds.suspected));
    if (suspect)
      return { verdict: 'suspect', since: suspect.since, runs: suspect.runs, chance: suspect.chance, ...judged };
    const striking = rows.reduce((rarest, row) => (row.chance < rarest.chance ? row : rarest));
    return { verdict: 'stable', striking, ...judged };
  }

  /** The runs that are off from `first` on, taken together. */
  #rowFrom(first: Reading, start: number, sign: number, { outlier }: Bounds): Row {
    const level = this.#current;
    const row = this.#off.slice(start);
    const [nearest = 0, next = Infinity] = row.map(({ value }) => sign * (value - level.centre)).sort((a, b) => a - b);
    return {
      start,
      since: first.origin,
      runs: row.length,
      // A run of unchanged code lies beyond the nearest of them with this chance; as many in a row with its power.
      chance: level.chance(nearest, sign) ** row.length,
      agree: next - nearest <= rules.agreement * level.deviation,
      unheard: nearest >= rules.suspectFactor(level.size) * Math.max(level.furthest(sign), outlier * level.deviation),
    };
  }

  /** Looks for a change too small for any of its runs to strike, but which lasts. */
  #lookBack(arrival: Arrival): Finding {
    if (this.#change) return this.#state(arrival);
    const level = this.#current;
    const values = level.runs.map(({ value }) => value);
    const split = bestSplit(values, { least: rules.runsOfLasting, p: arrival.bounds.lasting });
    const step = split ? Math.abs(median(values.slice(split.index)) - median(values.slice(0, split.index))) : 0;
    if (split && step >= Math.max(rules.leastChange, rules.leastLasting * level.deviation)) {
      return this.#enter(level.removeFrom(split.index), split.p, arrival);
    }
    return this.#lookForDrift(values, arrival);
  }

  /** Looks for a level that creeps away, in steps that are each too small to be seen. */
  #lookForDrift(values: readonly number[], arrival: Arrival): Finding {
    const first = values.length - rules.runsOfLasting;
    if (first < rules.leastHistory) return this.#state(arrival);
    const { slope, rest, p } = trendTest(values);
    const drift = Math.abs(slope) * (values.length - 1);
    if (p > arrival.bounds.lasting || drift < rules.leastDrift) return this.#state(arrival);
    // A step looks like a slope, too, as long as few runs lie behind it.
    const step = bestSplit(values, { least: 2, p: 1 });
    if (step && restOfStep(values, step.index) < rest) return this.#state(arrival);
    return this.#enter(this.#current.removeFrom(first), p, arrival);
  }

  /** Goes to a new level, or back to the accepted one if that is where the runs lie. */
  #enter(runs: Reading[], chance: number, arrival: Arrival): Finding {
    const { reading, bounds } = arrival;
    const [first = reading] = runs;
    const known = this.#change;
    const before = this.#current.centre - this.#accepted.centre;
    const after = new Level(undefined, runs).centre - this.#accepted.centre;
    if (known && Math.abs(after) <= Math.max(rules.leastChange, bounds.outlier * this.#accepted.deviation)) {
      return this.#returnTo(runs, chance, arrival);
    }
    this.#current = new Level(this.#current, runs);
    // A change that became smaller is still the same one.
    const same = known && Math.sign(after) === Math.sign(before) && Math.abs(after) < Math.abs(before);
    this.#change = same ? { ...known, runs: known.runs + 1 } : { since: first.origin, chance, runs: runs.length };
    return this.#said(this.#change, arrival, !same);
  }

  /**
   * The runs since the change, taken out of the history where that holds the first of them: small changes begin before
   * a run is far enough off to be seen.
   *
   * @param start of the runs that are off, the first that surely belongs to the change
   */
  #takeChanged(start: number): Reading[] {
    const before = this.#current.runs.length;
    const all = [...this.#current.runs, ...this.#off];
    const split = bestSplit(
      all.map(({ value }) => value),
      { least: 2, p: rules.splitDoubt },
    );
    const earliest = Math.max(before - rules.furthestStart, rules.leastHistory);
    const index = split && split.index >= earliest ? split.index : before + start;
    this.#off = [];
    this.#current.removeFrom(Math.min(index, before));
    this.#current.add(...all.slice(before, index));
    return all.slice(index);
  }

  #returnTo(runs: readonly Reading[], chance: number, arrival: Arrival): Finding {
    const [first = arrival.reading] = runs;
    this.#current = this.#accepted;
    this.#current.add(...runs);
    this.#change = undefined;
    this.#back = [];
    this.#off = [];
    return {
      verdict: 'recovered',
      since: first.origin,
      runs: runs.length,
      chance,
      news: true,
      adopted: false,
      back: 0,
      ...arrival.judged,
    };
  }

  /** What holds while nothing new is decided. */
  #state(arrival: Arrival): Finding {
    if (!this.#change) return { verdict: 'stable', striking: undefined, ...arrival.judged };
    this.#change = { ...this.#change, runs: this.#change.runs + 1 };
    return this.#said(this.#change, arrival, false);
  }

  #said(change: Begun, arrival: Arrival, news: boolean): Finding {
    const judged = this.#judged(this.#current.centre, arrival.bounds);
    const verdict = judged.change > 0 ? 'regression' : 'improvement';
    const adopted = verdict === 'improvement' && this.#current.runs.length >= rules.runsToKeepImprovement;
    const finding: Finding = { verdict, ...change, news, adopted, back: this.#back.length, ...judged };
    if (adopted) {
      this.#accepted = this.#current;
      this.#change = undefined;
    }
    return finding;
  }

  #judged(value: number, { outlier, confirmed }: Bounds): Judged {
    const { centre, deviation, size } = this.#accepted;
    const distance = value - centre;
    const rare = this.#accepted.distanceOf(confirmed ** (1 / rules.runsToResolve));
    const seen = rare === undefined ? undefined : Math.max(rare, outlier * deviation, rules.leastChange);
    return {
      change: Math.expm1(distance),
      deviations: distance / deviation,
      resolvable: seen === undefined ? undefined : Math.expm1(seen + rules.allowance * deviation),
      history: size,
      normal: { low: Math.exp(centre - outlier * deviation), high: Math.exp(centre + outlier * deviation) },
    };
  }
}
