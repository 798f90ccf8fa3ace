import type { Compared, RunChoice } from '../../core/history/panel/messages.js';
import { formatValue, percent } from '../../core/history/words.js';
import { html, listening } from './dom.js';
import { host } from './host.js';
import { table } from './table.js';

export interface Choice {
  readonly from: string;
  readonly to: string;
}

/** Any two runs, benchmark by benchmark. */
export class Compare {
  readonly element: HTMLElement;
  readonly #from = html('select', { id: 'compare-from' });
  readonly #to = html('select', { id: 'compare-to' });
  readonly #result = html('div', { class: 'result' });
  readonly #onChange: (choice: Choice) => void;
  #runs: readonly RunChoice[] = [];
  #rows: readonly Compared[] = [];

  constructor(onChange: (choice: Choice) => void) {
    this.#onChange = onChange;
    for (const select of [this.#from, this.#to]) {
      listening(select, {
        change: () => {
          this.#ask();
        },
      });
    }
    this.element = html(
      'section',
      { class: 'compare', 'aria-label': 'Compare two runs' },
      html('label', { for: 'compare-from' }, 'From', this.#from),
      html('label', { for: 'compare-to' }, 'to', this.#to),
      this.#result,
    );
  }

  /** Offers the runs; asks for the comparison when there is one to ask for. */
  offer(runs: readonly RunChoice[], choice: Choice | null): void {
    if (runs === this.#runs && !choice) return;
    this.#runs = runs;
    const known = (id: string | undefined) => runs.find((run) => run.id === id)?.id;
    const from = known(choice?.from) ?? known(this.#from.value) ?? runs[1]?.id ?? runs[0]?.id;
    const to = known(choice?.to) ?? known(this.#to.value) ?? runs[0]?.id;
    for (const [select, value] of [
      [this.#from, from],
      [this.#to, to],
    ] as const) {
      select.replaceChildren(...runs.map(({ id, label }) => html('option', { value: id }, label)));
      if (value !== undefined) select.value = value;
    }
  }

  get choice(): Choice | undefined {
    return this.#runs.length > 0 ? { from: this.#from.value, to: this.#to.value } : undefined;
  }

  /** What is shown. */
  get rows(): readonly Compared[] {
    return this.#rows;
  }

  ask(): void {
    if (this.choice) host.send({ type: 'compare', ...this.choice });
  }

  #ask(): void {
    if (this.choice) this.#onChange(this.choice);
    this.ask();
  }

  show(rows: readonly Compared[]): void {
    this.#rows = rows.toSorted((a, b) => Math.abs(b.change ?? -1) - Math.abs(a.change ?? -1));
    const value = (amount: number | null, unit: string) => (amount === null ? '' : formatValue(amount, unit));
    const none = rows.length > 0 && rows.every(({ change }) => change === null);
    this.#result.replaceChildren(
      ...(none ? [hint()] : []),
      table<Compared>(
        'Largest change first. One run against another says little on a noisy machine; the verdicts look at the history.',
        [
          {
            title: 'Benchmark',
            cell: ({ benchmark, package: crate }) => (crate === null ? benchmark : `${benchmark} (${crate})`),
          },
          { title: 'From', numeric: true, cell: ({ from, unit }) => value(from, unit) },
          { title: 'To', numeric: true, cell: ({ to, unit }) => value(to, unit) },
          {
            title: 'Change',
            numeric: true,
            cell: ({ change }) => (change === null ? 'not compared' : percent(change)),
          },
          { title: 'Why not', cell: ({ obstacle }) => obstacle ?? '' },
        ],
        this.#rows,
      ),
    );
  }
}

/** How to get two runs that may be compared. */
function hint(): HTMLElement {
  return html(
    'p',
    { class: 'note info' },
    'None of these may be compared: they come from different machines or toolchains. To compare on this computer, run ',
    html('code', {}, 'cargo bench -- --save-baseline main'),
    ' on the default branch, then ',
    html('code', {}, 'cargo bench'),
    ' on yours.',
  );
}
