import type { Series } from '../../core/history/panel/messages.js';
import { html, listening, setAttributes, svg } from './dom.js';
import { geometryOf } from './geometry.js';
import { short } from './glyphs.js';
import { xScale, type ChartOptions, type Domain } from './scales.js';

const height = 40;

/** All runs in a narrow strip, with a window over what is seen. Dragging moves the window or one of its ends. */
export class Strip {
  readonly element: HTMLElement;
  readonly #svg = svg('svg', { class: 'strip', 'aria-hidden': 'true', focusable: 'false' });
  readonly #line = svg('path', { class: 'line' });
  readonly #window = svg('rect', { class: 'window', y: 1, height: height - 2 });
  readonly #ends = [svg('rect', { class: 'end' }), svg('rect', { class: 'end' })] as const;
  readonly #onZoom: (domain: Domain) => void;
  #limits: Domain = [0, 1];
  #domain: Domain = [0, 1];
  #drawn: { readonly series: readonly Series[]; readonly width: number; readonly spacing: string } | undefined;
  #drag: { readonly what: 'from' | 'to' | 'window'; readonly at: number; readonly domain: Domain } | undefined;

  constructor(onZoom: (domain: Domain) => void) {
    this.#onZoom = onZoom;
    this.#svg.append(this.#line, this.#window, ...this.#ends);
    listening(this.#svg, {
      pointerdown: (event: PointerEvent) => {
        this.#press(event);
      },
      pointermove: (event: PointerEvent) => {
        this.#move(event);
      },
      pointerup: () => {
        this.#drag = undefined;
      },
      pointercancel: () => {
        this.#drag = undefined;
      },
    });
    this.element = html('div', { class: 'strip-box' }, this.#svg);
  }

  show(series: readonly Series[], options: ChartOptions, limits: Domain, domain: Domain): void {
    this.#limits = limits;
    this.#domain = domain;
    const width = Math.floor(this.element.clientWidth);
    const known = this.#drawn;
    if (known?.series !== series || known.width !== width || known.spacing !== options.spacing) {
      this.#drawn = { series, width, spacing: options.spacing };
      setAttributes(this.#svg, { width, height, viewBox: `0 0 ${width} ${height}` });
      const plain = { ...options, relative: false, zero: false };
      const frame = { left: 2, right: width - 2, top: 4, bottom: height - 4 };
      setAttributes(this.#line, { d: geometryOf(series.slice(0, 1), [], plain, limits, frame)?.line });
    }
    const [from, to] = domain.map(this.#scale(width)) as [number, number];
    setAttributes(this.#window, { x: short(from), width: short(Math.max(4, to - from)) });
    for (const [index, end] of this.#ends.entries()) {
      setAttributes(end, { x: short((index === 0 ? from : to) - 2), y: 10, width: 4, height: height - 20, rx: 2 });
    }
  }

  #scale(width: number) {
    return xScale(this.#limits, [2, width - 2]);
  }

  #at(event: PointerEvent): number {
    return this.#scale(this.element.clientWidth).invert(event.clientX - this.#svg.getBoundingClientRect().left);
  }

  #press(event: PointerEvent): void {
    this.#svg.setPointerCapture(event.pointerId);
    const at = this.#at(event);
    const reach = (this.#limits[1] - this.#limits[0]) * (8 / Math.max(1, this.element.clientWidth));
    const [from, to] = this.#domain;
    const what = Math.abs(at - from) < reach ? 'from' : Math.abs(at - to) < reach ? 'to' : 'window';
    this.#drag = { what, at, domain: this.#domain };
    if (what === 'window' && (at < from || at > to)) this.#centre(at);
  }

  #centre(at: number): void {
    const half = (this.#domain[1] - this.#domain[0]) / 2;
    this.#zoom(at - half, at + half);
    this.#drag = { what: 'window', at, domain: this.#domain };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag) return;
    const by = this.#at(event) - drag.at;
    const [from, to] = drag.domain;
    if (drag.what === 'window') this.#zoom(from + by, to + by);
    else if (drag.what === 'from') this.#zoom(Math.min(from + by, to), to);
    else this.#zoom(from, Math.max(to + by, from));
  }

  #zoom(from: number, to: number): void {
    const [least, most] = this.#limits;
    const width = Math.min(most - least, Math.max(to - from, (most - least) / 2000));
    const start = Math.min(Math.max(from, least), most - width);
    this.#domain = [start, start + width];
    this.#onZoom(this.#domain);
  }
}
