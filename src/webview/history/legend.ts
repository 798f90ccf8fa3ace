import type { VerdictName } from '../../core/history/panel/messages.js';
import { html, svg } from './dom.js';
import { glyph } from './glyphs.js';

const signs: readonly [VerdictName, string][] = [
  ['stable', 'run'],
  ['suspect', 'suspect'],
  ['regression', 'slower, confirmed'],
  ['improvement', 'faster, confirmed'],
  ['recovered', 'recovered'],
];

/** What the shapes and bands of the chart mean. */
export function legend(): HTMLElement {
  const sign = (...children: SVGElement[]) => svg('svg', { width: 18, height: 12, 'aria-hidden': 'true' }, ...children);
  return html(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...signs.map(([verdict, text]) =>
      html('li', {}, sign(svg('path', { class: `point ${verdict}`, d: glyph(verdict, 9, 6) })), text),
    ),
    html('li', {}, sign(svg('path', { class: 'point other', d: glyph('stable', 9, 6) })), 'not comparable'),
    html('li', {}, sign(svg('rect', { class: 'interval', width: 18, height: 12 })), 'nine of ten samples'),
    html('li', {}, sign(svg('rect', { class: 'normal', width: 18, height: 12 })), 'nothing out of the ordinary'),
  );
}
