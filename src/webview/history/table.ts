import { html } from './dom.js';

export interface Column<R> {
  readonly title: string;
  readonly numeric?: boolean;
  readonly cell: (row: R) => Node | string;
}

/** A table, which says to everybody what a picture says to those who see it. */
export function table<R>(caption: string, columns: readonly Column<R>[], rows: readonly R[]): HTMLTableElement {
  const number = (numeric: boolean | undefined) => (numeric === true ? 'number' : undefined);
  return html(
    'table',
    {},
    html('caption', {}, caption),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...columns.map(({ title, numeric }) => html('th', { scope: 'col', class: number(numeric) }, title)),
      ),
    ),
    html(
      'tbody',
      {},
      ...rows.map((row) =>
        html(
          'tr',
          {},
          ...columns.map(({ title, cell, numeric }, index) =>
            index === 0
              ? html('th', { scope: 'row' }, cell(row))
              : html('td', { class: number(numeric), 'data-title': title }, cell(row)),
          ),
        ),
      ),
    ),
  );
}
