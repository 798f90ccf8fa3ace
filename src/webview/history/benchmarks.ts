import {
  verdicts,
  type Benchmark,
  type ExportFormat,
  type Row,
  type RunChoice,
  type ToPanel,
} from '../../core/history/panel/messages.js';
import { formatValue } from '../../core/history/words.js';
import { Chart, type Place } from './chart.js';
import { Compare } from './compare.js';
import { details } from './details.js';
import { button, checkbox, html, listening } from './dom.js';
import { empty } from './empty.js';
import { benchmarkMarkdown, comparisonMarkdown, fileName, overviewMarkdown, recordsCsv, runRecord } from './export.js';
import { dateTime, shortCommit } from './format.js';
import { host, type ViewState } from './host.js';
import { legend } from './legend.js';
import { Status } from './notes.js';
import { Overview, type Sort } from './overview.js';
import { svgFile } from './picture.js';
import type { ChartOptions } from './scales.js';
import { table } from './table.js';

type Messages = { readonly [T in ToPanel['type']]: Extract<ToPanel, { type: T }> };

/** The tab about benchmarks: the overview, one benchmark large, and the comparison of two runs. */
export class Benchmarks {
  readonly element: HTMLElement;
  readonly status = new Status('benchmarks');
  readonly #overview: Overview;
  readonly #chart: Chart;
  readonly #compare: Compare;
  readonly #title = html('h2', { id: 'benchmark-title' });
  readonly #where = html('p', { class: 'where' });
  readonly #options = html('div', { class: 'options', role: 'group', 'aria-label': 'How it is drawn' });
  readonly #details = html('div');
  readonly #table = html('div', { class: 'twin' });
  readonly #comparing: HTMLDetailsElement;
  readonly #tableBox: HTMLDetailsElement;
  readonly #columns: HTMLElement;
  readonly #detail: HTMLElement;
  readonly #empty = html('div');
  #state: ViewState;
  readonly #save: (change: Partial<ViewState>) => void;
  #rows: readonly Row[] = [];
  #runs: readonly RunChoice[] = [];
  #benchmark: Benchmark | undefined;
  #place: Place | undefined;
  #asked: string | undefined;

  constructor(state: ViewState, save: (change: Partial<ViewState>) => void) {
    this.#state = state;
    this.#save = (change) => {
      this.#state = { ...this.#state, ...change };
      save(change);
    };
    this.#overview = new Overview((key) => {
      this.#select(key);
    });
    this.#chart = new Chart({
      onMove: (place) => {
        this.#place = place;
        this.#showDetails();
      },
      onChoose: () => {
        this.#save({ key: this.#asked ?? null });
        this.#details.querySelector('button')?.focus({ preventScroll: false });
      },
      onZoom: (domain) => {
        // Who looks closer has chosen.
        this.#save({ zoom: domain ? [...domain] : null, key: this.#asked ?? null });
      },
    });
    this.#compare = new Compare((choice) => {
      this.#save({ compare: choice });
    });
    this.#comparing = listening(
      html('details', { class: 'comparing' }, html('summary', {}, 'Compare two runs'), this.#compare.element),
      {
        toggle: () => {
          if (this.#comparing.open) this.#openComparison();
          else this.#save({ compare: null });
        },
      },
    );
    this.#tableBox = listening(html('details', {}, html('summary', {}, 'All runs as a table'), this.#table), {
      toggle: () => {
        this.#drawTable();
      },
    });
    this.#detail = html(
      'section',
      { class: 'detail', 'aria-labelledby': 'benchmark-title' },
      this.#title,
      this.#where,
      this.#options,
      this.#chart.element,
      legend(),
      this.#details,
      this.#tableBox,
    );
    this.#columns = html(
      'div',
      { class: 'columns' },
      html('div', { class: 'side' }, this.#filter(), this.#overview.element),
      html('div', { class: 'main' }, this.#detail, this.#comparing),
    );
    this.element = html(
      'div',
      {
        id: 'panel-benchmarks',
        role: 'tabpanel',
        'aria-labelledby': 'tab-benchmarks',
      },
      this.status.element,
      this.#empty,
      this.#columns,
    );
    this.#columns.hidden = true;
    this.#detail.hidden = true;
    this.#drawOptions();
  }

  overview({ rows, complete, runs }: Messages['overview']): void {
    this.#rows = rows;
    this.#runs = runs;
    this.#columns.hidden = rows.length === 0;
    this.#empty.replaceChildren(...(rows.length === 0 && complete ? [empty('benchmarks')] : []));
    this.#drawOverview();
    this.#compare.offer(runs, this.#state.compare);
    if (this.#state.compare && !this.#comparing.open) this.#comparing.open = true;
    // Until somebody chooses, it is what comes first by now. What is shown may have new runs or verdicts.
    const wanted = rows.some(({ key }) => key === this.#state.key) ? this.#state.key : this.#overview.first;
    if (wanted !== undefined && wanted !== null) this.#ask(wanted);
  }

  benchmark({ benchmark }: Messages['benchmark']): void {
    if (benchmark.key !== this.#asked) return;
    this.#benchmark = benchmark;
    this.#detail.hidden = false;
    const [main] = benchmark.series;
    this.#title.textContent =
      benchmark.package === null ? benchmark.benchmark : `${benchmark.benchmark} · ${benchmark.package}`;
    const others = benchmark.series.length - 1;
    this.#where.textContent = `${main?.label ?? ''}${others > 0 ? ` · grey: ${others === 1 ? 'one other series that is' : `${others} other series that are`} not compared` : ''}`;
    this.#chart.show(benchmark, this.#state.options, this.#state.zoom);
    this.#drawTable();
  }

  comparison({ from, to, rows }: Messages['comparison']): void {
    const { choice } = this.#compare;
    if (choice?.from === from && choice.to === to) this.#compare.show(rows);
  }

  /** Opens a benchmark, or a comparison, that somebody asked for elsewhere in the editor. */
  open(key: string | null, choice: { readonly from: string; readonly to: string } | null): void {
    if (key !== null) this.#select(key);
    if (choice) {
      this.#save({ compare: choice });
      this.#compare.offer(this.#runs, choice);
      this.#comparing.open = true;
      this.#openComparison();
      this.#comparing.scrollIntoView({ block: 'start' });
    }
  }

  #openComparison(): void {
    const { choice } = this.#compare;
    if (!choice) return;
    this.#save({ compare: choice });
    this.#compare.ask();
  }

  #select(key: string): void {
    if (key !== this.#asked) this.#save({ zoom: null });
    this.#save({ key });
    this.#ask(key);
  }

  #ask(key: string): void {
    this.#asked = key;
    this.#overview.mark(key);
    host.send({ type: 'select', key });
  }

  #drawOverview(): void {
    this.#overview.show(this.#rows, this.#state.filter, this.#state.sort, this.#asked ?? null);
  }

  #filter(): HTMLElement {
    const filter = html('input', {
      type: 'search',
      placeholder: 'Filter',
      'aria-label': 'Filter benchmarks by name, package or verdict',
      value: this.#state.filter,
    });
    listening(filter, {
      input: () => {
        this.#save({ filter: filter.value });
        this.#drawOverview();
      },
    });
    const sorts: [Sort, string][] = [
      ['significance', 'Significance'],
      ['change', 'Change'],
      ['name', 'Name'],
    ];
    const sort = html(
      'select',
      { 'aria-label': 'Sort by' },
      ...sorts.map(([value, text]) => html('option', { value }, text)),
    );
    sort.value = this.#state.sort;
    listening(sort, {
      change: () => {
        const [chosen] = sorts.find(([value]) => value === sort.value) ?? ['significance'];
        this.#save({ sort: chosen });
        this.#drawOverview();
      },
    });
    const exports = exporting('the overview', {
      csv: () => [
        'benchmarks',
        recordsCsv(this.#overview.shown.map(({ spark, ...row }) => ({ ...row, spark: spark.join(' ') }))),
      ],
      json: () => ['benchmarks', JSON.stringify(this.#overview.shown, null, 2)],
      copy: () =>
        this.#comparing.open
          ? comparisonMarkdown(
              this.#label(this.#compare.choice?.from),
              this.#label(this.#compare.choice?.to),
              this.#compare.rows,
            )
          : overviewMarkdown(this.#overview.shown),
    });
    return html('div', { class: 'filter' }, filter, sort, exports);
  }

  #label(id: string | undefined): string {
    return this.#runs.find((run) => run.id === id)?.label ?? '';
  }

  #drawOptions(): void {
    const { options } = this.#state;
    const set = (change: Partial<ChartOptions>) => {
      this.#save({ options: { ...this.#state.options, ...change }, ...(change.spacing && { zoom: null }) });
      if (this.#benchmark) {
        this.#chart.show(this.#benchmark, this.#state.options, this.#state.zoom);
      }
    };
    this.#options.replaceChildren(
      checkbox(
        'Relative',
        options.relative,
        (relative) => {
          set({ relative });
        },
        'In percent of the accepted level',
      ),
      checkbox(
        'From zero',
        options.zero,
        (zero) => {
          set({ zero });
        },
        'The vertical axis begins at zero',
      ),
      checkbox(
        'Log',
        options.log,
        (log) => {
          set({ log });
        },
        'Logarithmic vertical axis',
      ),
      checkbox(
        'Clip outliers',
        options.clip,
        (clip) => {
          set({ clip });
        },
        'Runs that are far off are marked at the edge',
      ),
      checkbox(
        'Even spacing',
        options.spacing === 'run',
        (even) => {
          set({ spacing: even ? 'run' : 'time' });
        },
        'Runs stand evenly rather than by time',
      ),
      html(
        'span',
        { class: 'zoom' },
        button(
          '−',
          () => {
            this.#chart.zoomBy(1 / 0.6);
          },
          { 'aria-label': 'Zoom out', title: 'Zoom out (-)' },
        ),
        button(
          '+',
          () => {
            this.#chart.zoomBy(0.6);
          },
          { 'aria-label': 'Zoom in', title: 'Zoom in (+, or Ctrl and the mouse wheel)' },
        ),
        button(
          'All',
          () => {
            this.#chart.zoomOut();
          },
          { title: 'Show all runs (0)' },
        ),
      ),
      exporting('this benchmark', {
        csv: () => [this.#name, recordsCsv(this.#seen())],
        json: () => [this.#name, JSON.stringify(this.#seen(), null, 2)],
        svg: () => [this.#name, svgFile(this.#chart.picture)],
        copy: () => (this.#benchmark ? benchmarkMarkdown(this.#benchmark) : ''),
      }),
    );
  }

  get #name(): string {
    return fileName(this.#benchmark?.benchmark ?? '');
  }

  /** The runs in the part that is zoomed to. */
  #seen() {
    const benchmark = this.#benchmark;
    if (!benchmark) return [];
    return benchmark.series.flatMap((series, number) =>
      this.#chart.seen(number).map((index) => runRecord(benchmark, series, index)),
    );
  }

  #showDetails(): void {
    const benchmark = this.#benchmark;
    if (!benchmark) return;
    const focused = this.#details.contains(document.activeElement);
    this.#details.replaceChildren(details(benchmark, this.#place));
    if (focused) this.#details.querySelector('button')?.focus();
  }

  #drawTable(): void {
    const benchmark = this.#benchmark;
    if (!this.#tableBox.open || !benchmark) return;
    const rows = benchmark.series.flatMap((series) =>
      [...series.value.keys()].reverse().map((index) => ({ series, index })),
    );
    const value = (values: Float64Array, unit: string, index: number) => formatValue(values[index] ?? NaN, unit);
    this.#table.replaceChildren(
      table(
        `Runs of ${benchmark.benchmark}, newest first`,
        [
          { title: 'Run', cell: ({ series, index }) => (series.local ? 'working copy' : (series.runs[index] ?? '')) },
          { title: 'When', cell: ({ series, index }) => dateTime(series.at[index] ?? NaN) },
          { title: 'Commit', cell: ({ series, index }) => shortCommit(series.commits[index] ?? null) },
          { title: 'Judged', numeric: true, cell: ({ series, index }) => value(series.value, series.unit, index) },
          { title: 'Typical', numeric: true, cell: ({ series, index }) => value(series.typical, series.unit, index) },
          { title: 'Verdict', cell: ({ series, index }) => verdicts[series.verdicts[index] ?? 0] ?? '' },
          { title: 'Why', cell: ({ series, index }) => series.reasons[index] ?? '' },
          { title: 'Measured on', cell: ({ series }) => series.label },
        ],
        rows,
      ),
    );
  }
}

interface Exports {
  readonly csv: () => [name: string, content: string];
  readonly json: () => [name: string, content: string];
  readonly svg?: () => [name: string, content: string];
  readonly copy: () => string;
}

/** A menu that saves or copies what is seen. */
export function exporting(what: string, exports: Exports): HTMLElement {
  const menu = html('select', { 'aria-label': `Export ${what}`, class: 'export' });
  menu.append(
    html('option', { value: '' }, 'Export…'),
    html('option', { value: 'copy' }, 'Copy Markdown summary'),
    html('option', { value: 'csv' }, 'Save as CSV'),
    html('option', { value: 'json' }, 'Save as JSON'),
    ...(exports.svg ? [html('option', { value: 'svg' }, 'Save as SVG')] : []),
  );
  const save = (format: ExportFormat, [name, content]: [string, string]) => {
    host.send({ type: 'export', format, name, content });
  };
  return listening(menu, {
    change: () => {
      const { value } = menu;
      menu.value = '';
      if (value === 'copy') host.send({ type: 'copy', content: exports.copy() });
      if (value === 'csv') save(value, exports.csv());
      if (value === 'json') save(value, exports.json());
      if (value === 'svg' && exports.svg) save(value, exports.svg());
    },
  });
}
