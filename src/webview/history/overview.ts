import type { Row } from '../../core/history/panel/messages.js';
import { formatValue } from '../../core/history/words.js';
import { html, listening, svg } from './dom.js';
import { glyph, short } from './glyphs.js';

export type Sort = 'significance' | 'name' | 'change';

/** Rows drawn at once; the others follow when the browser has time. */
const atOnce = 60;
const spark = { width: 96, height: 24 };

/** All benchmarks, one line each, with what is known of it in words and as a small line. */
export class Overview {
  readonly element: HTMLElement;
  readonly #list: HTMLElement;
  readonly #count = html('p', { class: 'count', role: 'status' });
  readonly #onSelect: (key: string) => void;
  #shown: readonly Row[] = [];
  /** Names that two packages use. */
  #ambiguous: ReadonlySet<string> = new Set();
  #selected: string | null = null;
  #drawing = 0;

  constructor(onSelect: (key: string) => void) {
    this.#onSelect = onSelect;
    const choose = (event: MouseEvent) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
      const key = row?.dataset['key'];
      if (key !== undefined) this.#select(key);
    };
    this.#list = listening(html('div', { class: 'rows', role: 'listbox', 'aria-label': 'Benchmarks' }), {
      // Runs that arrive while the button is down are drawn anew, and would swallow the click.
      mousedown: choose,
      click: (event: MouseEvent) => {
        // Without a button that went down: a screen reader.
        if (event.detail === 0) choose(event);
      },
      keydown: (event: KeyboardEvent) => {
        this.#key(event);
      },
    });
    this.element = html('div', { class: 'overview' }, this.#list, this.#count);
  }

  show(rows: readonly Row[], filter: string, sort: Sort, selected: string | null): void {
    this.#selected = selected;
    const names = rows.map(({ benchmark }) => benchmark);
    this.#ambiguous = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    this.#shown = sorted(
      rows.filter((row) => matches(row, filter)),
      sort,
    );
    this.#count.textContent =
      this.#shown.length === rows.length
        ? countText(rows.length)
        : `${this.#shown.length} of ${countText(rows.length)}`;
    this.#draw();
  }

  /** The benchmark on top. */
  get first(): string | undefined {
    return this.#shown[0]?.key;
  }

  get shown(): readonly Row[] {
    return this.#shown;
  }

  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...this.#shown.slice(0, atOnce).map((row) => this.#row(row)));
    if (focused) this.#focusSelected();
    let next = atOnce;
    const more = () => {
      if (next >= this.#shown.length) return;
      this.#list.append(...this.#shown.slice(next, next + atOnce).map((row) => this.#row(row)));
      next += atOnce;
      this.#drawing = requestAnimationFrame(more);
    };
    this.#drawing = requestAnimationFrame(more);
  }

  #row(row: Row): HTMLElement {
    const chosen = row.key === this.#selected;
    const value = formatValue(row.value, row.unit);
    const verdict = row.verdict ?? 'collecting';
    const element = html(
      'div',
      {
        class: `row ${row.verdict ?? 'unjudged'}`,
        role: 'option',
        tabindex: chosen || (this.#selected === null && row === this.#shown[0]) ? 0 : -1,
        'aria-selected': String(chosen),
        'aria-label': [row.benchmark, row.package, row.words, value].filter(Boolean).join(', '),
        title: [row.benchmark, row.reason, row.where].filter((part) => part !== '').join('\n'),
      },
      svg(
        'svg',
        { class: 'sign', width: 14, height: 14, 'aria-hidden': 'true' },
        svg('path', { class: `point ${verdict}`, d: glyph(verdict, 7, 7, 5) }),
      ),
      html(
        'span',
        { class: 'name' },
        row.benchmark,
        row.package !== null && this.#ambiguous.has(row.benchmark)
          ? html('span', { class: 'package' }, ` ${row.package}`)
          : undefined,
      ),
      html('span', { class: 'last' }, value),
      html('span', { class: 'words' }, row.words || 'judging'),
      sparkline(row.spark, verdict),
    );
    element.dataset['key'] = row.key;
    return element;
  }

  #select(key: string): void {
    this.mark(key);
    this.#onSelect(key);
  }

  /** Shows which benchmark is chosen, without drawing anew. */
  mark(key: string | null): void {
    this.#selected = key;
    for (const row of this.#list.querySelectorAll<HTMLElement>('.row')) {
      const chosen = row.dataset['key'] === key;
      row.setAttribute('aria-selected', String(chosen));
      row.tabIndex = chosen ? 0 : -1;
    }
  }

  #focusSelected(): void {
    const row = this.#list.querySelector<HTMLElement>('.row[tabindex="0"]');
    row?.focus();
  }

  #key(event: KeyboardEvent): void {
    const at = this.#shown.findIndex(({ key }) => key === this.#selected);
    const last = this.#shown.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    const row = this.#shown[Math.min(last, Math.max(0, to))];
    if (!row) return;
    this.#select(row.key);
    this.#focusSelected();
    this.#list.querySelector('.row[tabindex="0"]')?.scrollIntoView({ block: 'nearest' });
  }
}

function countText(count: number): string {
  return count === 1 ? '1 benchmark' : `${count} benchmarks`;
}

function matches({ benchmark, package: crate, words }: Row, filter: string): boolean {
  const text = `${benchmark} ${crate ?? ''} ${words}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function sorted(rows: readonly Row[], sort: Sort): Row[] {
  if (sort === 'significance') return [...rows];
  const byName = (a: Row, b: Row) => (a.benchmark < b.benchmark ? -1 : a.benchmark > b.benchmark ? 1 : 0);
  if (sort === 'name') return rows.toSorted(byName);
  return rows.toSorted((a, b) => (b.change ?? -Infinity) - (a.change ?? -Infinity) || byName(a, b));
}

function sparkline(values: readonly number[], verdict: string): SVGSVGElement {
  const { width, height } = spark;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => (values.length < 2 ? width / 2 : 3 + ((width - 6) * index) / (values.length - 1));
  // A line that hardly moves is drawn flat: a full-height zigzag of half a per cent would look like trouble.
  const range = Math.max(high - low, 0.04 * high);
  const y = (value: number) => height / 2 - ((value - (low + high) / 2) / range) * (height - 6);
  const points = values.map((value, index) => `${short(x(index))},${short(y(value))}`).join(' ');
  const last = values.length - 1;
  return svg(
    'svg',
    { class: `spark ${verdict}`, width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    svg('polyline', { points }),
    svg('circle', { cx: short(x(last)), cy: short(y(values[last] ?? 0)), r: 2 }),
  );
}
