import { button, html } from './dom.js';
import { host } from './host.js';

/** What to do where there is nothing to show yet. */
export function empty(what: 'benchmarks' | 'releases'): HTMLElement {
  const steps =
    what === 'benchmarks'
      ? [
          html(
            'li',
            {},
            'On this computer: run ',
            html('code', {}, 'cargo bench'),
            ' in a crate with Criterion benchmarks, then reload. It works offline.',
          ),
          html(
            'li',
            {},
            'On GitHub: let Rust CI write ',
            html('code', {}, 'benchmarks.yml'),
            ', which measures every week and whenever you start it, and keeps each run.',
          ),
        ]
      : [
          html(
            'li',
            {},
            'Push a branch ',
            html('code', {}, 'release-1.2'),
            ' for a release on staging, or a tag ',
            html('code', {}, 'v1.2.0'),
            ' for one in production; ',
            html('code', {}, 'release.yml'),
            ' does the rest.',
          ),
          html('li', {}, 'Deployments to environments, image tags and rollbacks appear here as they happen.'),
        ];
  const title = what === 'benchmarks' ? 'No benchmark has run yet' : 'Nothing has been released yet';
  return html(
    'section',
    { class: 'empty' },
    html('h2', {}, title),
    html(
      'p',
      {},
      what === 'benchmarks'
        ? 'A first point comes from either place:'
        : 'What was released, and what is live where, is shown here:',
    ),
    html('ul', {}, ...steps),
    html(
      'div',
      { class: 'buttons' },
      button('Reload', () => {
        host.send({ type: 'action', action: 'reload', tab: what, index: null });
      }),
      button('Scaffold Rust CI…', () => {
        host.send({ type: 'action', action: 'scaffold', tab: what, index: null });
      }),
    ),
  );
}
