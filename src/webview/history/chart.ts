import type { Benchmark } from '../../core/history/panel/messages.js';
import { html, listening, setAttributes, svg } from './dom.js';
import { axisTexts, dateTime, shortCommit, timeTicks } from './format.js';
import { geometryOf, nearest, type Frame, type Geometry, type Mark } from './geometry.js';
import { glyph, short } from './glyphs.js';
import { formatValue } from '../../core/history/words.js';
import {
  fullDomain,
  panned,
  positionsOf,
  xScale,
  zoomed,
  type ChartOptions,
  type Domain,
  type YScale,
} from './scales.js';
import { Strip } from './strip.js';

/** Which run is meant. */
export interface Place {
  readonly series: number;
  readonly index: number;
}

export interface ChartEvents {
  /** The cursor is on another run. */
  readonly onMove: (place: Place | undefined) => void;
  /** Somebody chose a run. */
  readonly onChoose: (place: Place) => void;
  /** Another part is seen; null: all. */
  readonly onZoom: (domain: Domain | null) => void;
}

/** Wide charts are higher, up to a point. */
function heightOf(width: number): number {
  return Math.round(Math.min(560, Math.max(260, width * 0.34)));
}

/** One benchmark, large. It is redrawn as a whole: some hundred marks are a few long paths. */
export class Chart {
  readonly element: HTMLElement;
  readonly #svg = svg('svg', { class: 'chart', focusable: 'false', 'aria-hidden': 'true' });
  /** What has the keyboard: a slider over the runs, which screen readers know how to move. */
  readonly #cursor: HTMLElement;
  readonly #readout = html('p', { class: 'readout' });
  readonly #strip: Strip;
  readonly #events: ChartEvents;
  #benchmark: Benchmark | undefined;
  #options: ChartOptions | undefined;
  #limits: Domain = [0, 1];
  #domain: Domain = [0, 1];
  #place: Place | undefined;
  #geometry: Geometry | undefined;
  #width = 0;
  #frame = 0;
  #drag: { readonly x: number; readonly domain: Domain; readonly brush: boolean; to: number } | undefined;

  constructor(events: ChartEvents) {
    this.#events = events;
    this.#cursor = listening(
      html('div', { class: 'plot', role: 'slider', tabindex: 0, 'aria-orientation': 'horizontal' }),
      {
        keydown: (event: KeyboardEvent) => {
          this.#key(event);
        },
        pointermove: (event: PointerEvent) => {
          this.#hover(event);
        },
        pointerleave: () => {
          if (!this.#drag) this.#read(this.#place);
        },
        pointerdown: (event: PointerEvent) => {
          this.#press(event);
        },
        pointerup: (event: PointerEvent) => {
          this.#release(event);
        },
        pointercancel: () => {
          this.#drag = undefined;
          this.#draw();
        },
        dblclick: () => {
          this.#zoomTo(this.#limits);
        },
      },
    );
    this.#cursor.addEventListener(
      'wheel',
      (event) => {
        this.#wheel(event);
      },
      { passive: false },
    );
    this.#cursor.append(this.#svg);
    this.#strip = new Strip((domain) => {
      this.#zoomTo(domain);
    });
    this.element = html('div', { class: 'chart-box' }, this.#readout, this.#cursor, this.#strip.element);
    new ResizeObserver(() => {
      const width = Math.floor(this.#cursor.clientWidth);
      if (width === this.#width) return;
      this.#width = width;
      this.#schedule();
    }).observe(this.#cursor);
  }

  /** @param zoom what is seen of the horizontal axis; null: all */
  show(benchmark: Benchmark, options: ChartOptions, zoom: Domain | null): void {
    const other = this.#benchmark?.key !== benchmark.key;
    const moved = other ? undefined : this.#sameRun(benchmark);
    this.#benchmark = benchmark;
    this.#options = options;
    this.#limits = fullDomain(positionsOf(benchmark.series, options.spacing));
    this.#domain = zoom ? zoomed(zoom, 1, (zoom[0] + zoom[1]) / 2, this.#limits) : this.#limits;
    const length = benchmark.series[0]?.value.length ?? 0;
    this.#place = moved ?? { series: 0, index: length - 1 };
    setAttributes(this.#cursor, { 'aria-label': `Runs of ${benchmark.benchmark}`, 'aria-valuemin': 1 });
    this.#moved();
    this.#schedule();
  }

  /** Where the run under the cursor is after others came; the newest run stays the newest. */
  #sameRun(next: Benchmark): Place | undefined {
    const place = this.#place;
    const before = place && this.#benchmark?.series[place.series];
    if (!before || (place.series === 0 && place.index === before.runs.length - 1)) return undefined;
    const series = next.series.findIndex(({ label }) => label === before.label);
    const index = next.series[series]?.runs.findIndex(
      (run, at) =>
        run === before.runs[place.index] && next.series[series]?.attempts[at] === before.attempts[place.index],
    );
    return index === undefined || index < 0 ? undefined : { series, index };
  }

  /** The part that is seen in pixels and colours, for export. */
  get picture(): SVGSVGElement {
    return this.#svg;
  }

  /** Which runs of a series lie in the part that is seen. */
  seen(series: number): number[] {
    if (!this.#benchmark || !this.#options) return [];
    const positions = positionsOf(this.#benchmark.series, this.#options.spacing)[series] ?? new Float64Array();
    const [from, to] = this.#domain;
    return [...positions.keys()].filter((index) => {
      const at = positions[index] ?? NaN;
      return at >= from && at <= to;
    });
  }

  zoomBy(factor: number): void {
    const [from, to] = this.#domain;
    const at = this.#positionOf(this.#place);
    const centre = at !== undefined && at >= from && at <= to ? at : (from + to) / 2;
    this.#zoomTo(zoomed(this.#domain, factor, centre, this.#limits));
  }

  zoomOut(): void {
    this.#zoomTo(this.#limits);
  }

  #zoomTo(domain: Domain): void {
    this.#domain = domain;
    const all = domain[0] <= this.#limits[0] && domain[1] >= this.#limits[1];
    this.#events.onZoom(all ? null : domain);
    this.#schedule();
  }

  #positionOf(place: Place | undefined): number | undefined {
    if (!place || !this.#benchmark || !this.#options) return undefined;
    return positionsOf(this.#benchmark.series, this.#options.spacing)[place.series]?.[place.index];
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  get #box(): Frame {
    const width = this.#width || 300;
    return { left: width < 420 ? 56 : 76, right: width - 12, top: 22, bottom: heightOf(width) - 28 };
  }

  #draw(): void {
    const [benchmark, options] = [this.#benchmark, this.#options];
    if (!benchmark || !options || this.#width === 0) return;
    const box = this.#box;
    const geometry = geometryOf(benchmark.series, benchmark.releases, options, this.#domain, box);
    this.#geometry = geometry;
    if (!geometry) return;
    const height = heightOf(this.#width);
    setAttributes(this.#svg, { width: this.#width, height, viewBox: `0 0 ${this.#width} ${height}` });
    const clip = svg(
      'clipPath',
      { id: 'plot-area' },
      svg('rect', { x: box.left, y: box.top, width: Math.max(0, box.right - box.left), height: box.bottom - box.top }),
    );
    const inside = svg('g', { 'clip-path': 'url(#plot-area)' });
    inside.append(
      svg('path', { class: 'normal', d: geometry.normal }),
      svg('path', { class: 'interval', d: geometry.interval }),
      svg('path', { class: 'line', d: geometry.line }),
    );
    this.#svg.replaceChildren(
      svg('defs', {}, clip),
      this.#axes(geometry, box, options),
      inside,
      ...this.#annotations(geometry, box),
      ...this.#points(geometry, box),
      ...this.#brush(box),
    );
    this.#strip.show(benchmark.series, options, this.#limits, this.#domain);
  }

  #axes(geometry: Geometry, box: Frame, options: ChartOptions): SVGGElement {
    const group = svg('g', { class: 'axes' });
    const unit = this.#benchmark?.series[0]?.unit ?? 'ns';
    const values = valueTicks(geometry.y);
    const texts = axisTexts(values, unit, options.relative);
    for (const [index, tick] of values.entries()) {
      const y = short(geometry.y(tick));
      group.append(
        svg('line', { x1: box.left, x2: box.right, y1: y, y2: y }),
        svg('text', { x: box.left - 6, y: y + 4, class: 'value' }, texts[index]),
      );
    }
    const room = Math.max(2, Math.floor((box.right - box.left) / 110));
    const evenly = options.spacing === 'run' || !this.#dated;
    const ticks = evenly
      ? geometry.x
          .ticks(room)
          .filter(Number.isInteger)
          .map((at) => ({ at, text: `run ${at + 1}` }))
      : timeTicks(this.#domain, room);
    for (const { at, text } of ticks) {
      const x = short(geometry.x(at));
      if (x > this.#width - 4 * text.length) continue;
      group.append(
        svg('line', { class: 'tick', x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4 }),
        svg('text', { x, y: box.bottom + 18, class: 'time' }, text),
      );
    }
    return group;
  }

  get #dated(): boolean {
    return this.#benchmark?.series.every(({ at }) => at.every((time) => !Number.isNaN(time))) ?? false;
  }

  #annotations(geometry: Geometry, box: Frame): SVGElement[] {
    const marks: SVGElement[] = [];
    let free = -Infinity;
    for (const { x, tag } of geometry.releases) {
      marks.push(svg('line', { class: 'release', x1: short(x), x2: short(x), y1: box.top - 6, y2: box.bottom }));
      // A name that would cover the one before it is left to the table.
      if (x < free) continue;
      const end = x > box.right - 40;
      marks.push(
        svg('text', { class: end ? 'release end' : 'release', x: short(end ? x - 3 : x + 3), y: box.top - 8 }, tag),
      );
      free = x + 8 + tag.length * 7;
    }
    const rows: number[] = [];
    for (const { x, text, verdict } of geometry.changes) {
      marks.push(svg('line', { class: `change ${verdict}`, x1: short(x), x2: short(x), y1: box.top, y2: box.bottom }));
      const end = x > (box.left + box.right) / 2;
      const width = text.length * 7 + 10;
      const [from, to] = end ? [x - width, x] : [x, x + width];
      // Below those that it would cover.
      const row = rows.findIndex((taken) => taken < from);
      const line = row < 0 ? rows.length : row;
      rows[line] = to;
      const y = box.top + 12 + 15 * line;
      marks.push(
        svg('text', { class: `change ${verdict}${end ? ' end' : ''}`, x: short(end ? x - 5 : x + 5), y }, text),
      );
    }
    return marks;
  }

  #points({ marks, others }: Geometry, box: Frame): SVGElement[] {
    const size = marks.length > 250 ? 2.6 : 4;
    const paths = new Map<string, string>();
    const add = (name: string, path: string) => paths.set(name, (paths.get(name) ?? '') + path);
    for (const { x, y } of others) add('other', glyph('stable', x, y, size));
    for (const mark of marks) {
      if (mark.clipped) add('clipped', arrow(mark.x, mark.clipped === 'above' ? box.top : box.bottom, mark.clipped));
      else add(mark.verdict, glyph(mark.verdict, mark.x, mark.y, mark.verdict === 'stable' ? size : size + 1.5));
    }
    const elements: SVGElement[] = [...paths].map(([name, d]) => svg('path', { class: `point ${name}`, d }));
    const here = [...marks, ...others].find(
      ({ series, index }) => series === this.#place?.series && index === this.#place.index,
    );
    if (here) {
      elements.push(
        svg('line', { class: 'cursor', x1: short(here.x), x2: short(here.x), y1: box.top, y2: box.bottom }),
        svg('circle', { class: 'cursor', cx: short(here.x), cy: short(here.y), r: 7 }),
      );
    }
    return elements;
  }

  #brush(box: Frame): SVGElement[] {
    if (!this.#drag?.brush) return [];
    const [a, b] = [this.#drag.x, this.#drag.to].sort((left, right) => left - right) as [number, number];
    return [svg('rect', { class: 'brush', x: a, y: box.top, width: b - a, height: box.bottom - box.top })];
  }

  #local(event: PointerEvent | WheelEvent): { x: number; y: number } {
    const { left, top } = this.#svg.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #hover(event: PointerEvent): void {
    const { x, y } = this.#local(event);
    const drag = this.#drag;
    if (!drag) {
      this.#read(this.#geometry && nearest(this.#geometry, x, y));
      return;
    }
    drag.to = x;
    if (!drag.brush) {
      const { left, right } = this.#box;
      this.#zoomTo(panned(drag.domain, -(x - drag.x) / (right - left), this.#limits));
    }
    this.#schedule();
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#cursor.setPointerCapture(event.pointerId);
    const { x } = this.#local(event);
    const all = this.#domain[0] <= this.#limits[0] && this.#domain[1] >= this.#limits[1];
    // Where all is seen there is nothing to move, so dragging marks what to zoom to.
    this.#drag = { x, to: x, domain: this.#domain, brush: all || event.shiftKey };
  }

  #release(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (!drag) return;
    const { x, y } = this.#local(event);
    if (Math.abs(x - drag.x) < 4) {
      const mark = this.#geometry && nearest(this.#geometry, x, y);
      if (mark) this.#choose(mark);
    } else if (drag.brush) {
      const { left, right } = this.#box;
      const scale = xScale(this.#domain, [left, right]);
      const [from, to] = [scale.invert(drag.x), scale.invert(x)].sort((a, b) => a - b) as [number, number];
      this.#zoomTo(zoomed([from, to], 1, (from + to) / 2, this.#limits));
    }
    this.#schedule();
  }

  #wheel(event: WheelEvent): void {
    const { left, right } = this.#box;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const at = xScale(this.#domain, [left, right]).invert(this.#local(event).x);
      this.#zoomTo(zoomed(this.#domain, Math.exp(event.deltaY / 300), at, this.#limits));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.#zoomTo(panned(this.#domain, event.deltaX / (right - left), this.#limits));
    }
  }

  #key(event: KeyboardEvent): void {
    const handled = this.#keys[event.shiftKey ? `Shift+${event.key}` : event.key];
    if (!handled || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    handled();
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => {
      this.#step(-1);
    },
    ArrowRight: () => {
      this.#step(1);
    },
    PageUp: () => {
      this.#step(-10);
    },
    PageDown: () => {
      this.#step(10);
    },
    Home: () => {
      this.#step(-Infinity);
    },
    End: () => {
      this.#step(Infinity);
    },
    ArrowUp: () => {
      this.#otherSeries(-1);
    },
    ArrowDown: () => {
      this.#otherSeries(1);
    },
    'Shift+ArrowLeft': () => {
      this.#zoomTo(panned(this.#domain, -0.2, this.#limits));
    },
    'Shift+ArrowRight': () => {
      this.#zoomTo(panned(this.#domain, 0.2, this.#limits));
    },
    '+': () => {
      this.zoomBy(0.6);
    },
    'Shift++': () => {
      this.zoomBy(0.6);
    },
    '-': () => {
      this.zoomBy(1 / 0.6);
    },
    '0': () => {
      this.zoomOut();
    },
    Enter: () => {
      if (this.#place) this.#choose(this.#place);
    },
    ' ': () => {
      if (this.#place) this.#choose(this.#place);
    },
  };

  #step(by: number): void {
    const series = this.#place?.series ?? 0;
    const length = this.#benchmark?.series[series]?.value.length ?? 0;
    const index = Math.min(length - 1, Math.max(0, (this.#place?.index ?? length - 1) + by));
    this.#go({ series, index });
  }

  #otherSeries(by: number): void {
    const count = this.#benchmark?.series.length ?? 0;
    const series = Math.min(count - 1, Math.max(0, (this.#place?.series ?? 0) + by));
    if (series === this.#place?.series) return;
    this.#go({ series, index: (this.#benchmark?.series[series]?.value.length ?? 1) - 1 });
  }

  /** To a run by keyboard; what is seen follows. */
  #go(place: Place): void {
    this.#place = place;
    const at = this.#positionOf(place);
    const [from, to] = this.#domain;
    if (at !== undefined && (at < from || at > to)) {
      const share = (at - (from + to) / 2) / (to - from);
      this.#zoomTo(panned(this.#domain, share, this.#limits));
    }
    this.#moved();
    this.#schedule();
  }

  #choose({ series, index }: Place | Mark): void {
    this.#place = { series, index };
    this.#moved();
    this.#schedule();
    this.#events.onChoose({ series, index });
  }

  #moved(): void {
    const series = this.#benchmark?.series[this.#place?.series ?? 0];
    setAttributes(this.#cursor, {
      'aria-valuemax': series?.value.length ?? 1,
      'aria-valuenow': (this.#place?.index ?? 0) + 1,
      'aria-valuetext': this.#textOf(this.#place),
    });
    this.#read(this.#place);
    this.#events.onMove(this.#place);
  }

  #read(place: Place | undefined): void {
    this.#readout.textContent = this.#textOf(place ?? this.#place);
  }

  /** A run in a line. */
  #textOf(place: Place | undefined): string {
    const series = place && this.#benchmark?.series[place.series];
    if (!series) return '';
    const { index } = place;
    const value = formatValue(series.value[index] ?? NaN, series.unit);
    const commit = shortCommit(series.commits[index] ?? null);
    const parts = [value, commit, dateTime(series.at[index] ?? NaN)].filter((part) => part !== '');
    if (place.series !== 0) parts.push(`not compared: ${series.label}`);
    return `${parts.join(' · ')} · ${series.reasons[index] ?? ''}`;
  }
}

/** A logarithmic axis has ticks at every digit, of which some are enough. */
function valueTicks(scale: YScale): number[] {
  const ticks = scale.ticks(6);
  const step = Math.ceil(ticks.length / 10);
  return ticks.filter((_, index) => index % step === 0);
}

function arrow(x: number, y: number, side: 'above' | 'below'): string {
  const down = side === 'above' ? 1 : -1;
  return `M${short(x)} ${short(y)}l-4 ${7 * down}h8Z`;
}
