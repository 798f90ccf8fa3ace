import type { Note, Tab } from '../../core/history/panel/messages.js';
import { button, html, setAttributes } from './dom.js';
import { host } from './host.js';
import { Shown } from './shown.js';

/** What is being fetched, with a way to stop it; and what went wrong, with the button that helps. */
export class Status {
  readonly element = html('div', { class: 'status' });
  readonly #progress = html('div', { class: 'progress', hidden: true });
  readonly #text = html('span', { role: 'status' });
  readonly #bar = html('progress', { max: 1, 'aria-label': 'Loading' });
  readonly #notes = html('div', { class: 'notes' });
  readonly #shown = new Shown();

  readonly #tab: Tab;

  constructor(tab: Tab) {
    this.#tab = tab;
    this.#progress.append(
      this.#bar,
      this.#text,
      button('Cancel', () => {
        host.send({ type: 'cancel' });
      }),
    );
    this.element.append(this.#progress, this.#notes);
  }

  progress(text: string | null, share: number | null): void {
    this.#progress.hidden = text === null;
    this.#text.textContent = text ?? '';
    setAttributes(this.#bar, { value: share ?? undefined });
  }

  notes(notes: readonly Note[]): void {
    if (!this.#shown.becomes(notes)) return;
    this.#notes.replaceChildren(
      ...notes.map(({ kind, text, action }, index) =>
        html(
          'div',
          { class: `note ${kind}`, role: kind === 'error' ? 'alert' : 'note' },
          html('p', {}, `${kind === 'info' ? '' : kind === 'error' ? 'Error: ' : 'Warning: '}${text}`),
          action
            ? button(action.label, () => {
                host.send({ type: 'action', action: action.action, tab: this.#tab, index });
              })
            : undefined,
        ),
      ),
    );
  }
}
