import { milliseconds, type Duration } from './duration.js';

interface Event {
  readonly time: number;
  readonly order: number;
  readonly happen: () => void;
}

/**
 * The time of the stand-in. Without a speed it stands still until it is advanced; with one it follows the wall clock, that many times
 * as fast. What is planned happens in order, each at its own time, also when it is planned for the past.
 */
export class Clock {
  /** A heap: the next event is the first. */
  readonly #events: Event[] = [];
  readonly #wallStart = Date.now();
  #order = 0;
  readonly #speed: number;
  #now: number;
  #started: number;

  constructor(start: number, speed: number) {
    this.#now = start;
    this.#started = start;
    this.#speed = speed;
  }

  /** Milliseconds since 1970. While something happens that was planned, the time it was planned for. */
  get now(): number {
    return this.#now;
  }

  plan(time: number, happen: () => void): void {
    const event = { time, order: this.#order++, happen };
    this.#events.push(event);
    this.#rise(this.#events.length - 1);
  }

  advance(duration: Duration): void {
    this.#started += milliseconds(duration);
    this.settle(this.#now + milliseconds(duration));
  }

  /** Lets everything happen that is due. */
  settle(until = this.#wall()): void {
    for (let event = this.#events[0]; event !== undefined && event.time <= until; event = this.#events[0]) {
      this.#removeFirst();
      this.#now = event.time;
      event.happen();
    }
    this.#now = until;
  }

  /** When the next planned thing happens. */
  get next(): number | undefined {
    return this.#events[0]?.time;
  }

  #wall(): number {
    return this.#speed === 0 ? this.#now : this.#started + (Date.now() - this.#wallStart) * this.#speed;
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #removeFirst(): void {
    const last = this.#events.pop();
    if (last === undefined || this.#events.length === 0) return;
    this.#events[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < this.#events.length && this.#earlier(right, left) ? right : left;
      if (child >= this.#events.length || !this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(index: number, parent: number): boolean {
    if (!this.#earlier(index, parent)) return false;
    const [a, b] = [this.#events[index], this.#events[parent]];
    if (a === undefined || b === undefined) return false;
    this.#events[index] = b;
    this.#events[parent] = a;
    return true;
  }

  #earlier(index: number, other: number): boolean {
    const [a, b] = [this.#events[index], this.#events[other]];
    if (a === undefined || b === undefined) return false;
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }
}
