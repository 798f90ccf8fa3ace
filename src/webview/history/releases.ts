import type { Lane, ReleaseRow, Span, Timeline, ToPanel } from '../../core/history/panel/messages.js';
import { exporting } from './benchmarks.js';
import { button, html, listening, setAttributes, svg } from './dom.js';
import { empty } from './empty.js';
import { recordsCsv, releaseRecords, timelineMarkdown } from './export.js';
import { bytes, date, dateTime, shortCommit, timeTicks } from './format.js';
import { short } from './glyphs.js';
import { host } from './host.js';
import { barsOf, isMoment, spanText, timeDomain, type Bar } from './lanes.js';
import { Status } from './notes.js';
import { svgFile } from './picture.js';
import { panned, xScale, zoomed, type Domain } from './scales.js';
import { Shown } from './shown.js';
import { table } from './table.js';

/** Below the bar of what was live there is room for what never was: failures, and what waits. */
const row = { height: 78, bar: 26, moment: 16, axis: 26, top: 8 };

/** The tab about releases: what was live where and when, and the releases themselves. */
export class Releases {
  readonly element: HTMLElement;
  readonly status = new Status('releases');
  readonly #svg = svg('svg', { class: 'lanes', 'aria-label': 'What was live when, by environment', role: 'group' });
  readonly #box: HTMLElement;
  readonly #chosen = html('div', { class: 'chosen', role: 'status' });
  readonly #twin = html('div', { class: 'twin' });
  readonly #list = html('div', { class: 'releases' });
  readonly #content: HTMLElement;
  readonly #empty = html('div');
  readonly #lanesShown = new Shown();
  readonly #releasesShown = new Shown();
  #timeline: Timeline | null = null;
  #canRollBack = false;
  #domain: Domain | undefined;
  #limits: Domain = [0, 1];
  #width = 0;
  #frame = 0;
  #focus: string | undefined;

  constructor() {
    this.#box = listening(html('div', { class: 'lanes-box' }, this.#svg), {
      keydown: (event: KeyboardEvent) => {
        this.#key(event);
      },
    });
    this.#box.addEventListener(
      'wheel',
      (event) => {
        this.#wheel(event);
      },
      { passive: false },
    );
    const exports = exporting('releases', {
      csv: () => ['releases', this.#timeline ? recordsCsv(releaseRecords(this.#timeline)) : ''],
      json: () => ['releases', JSON.stringify(this.#timeline, null, 2)],
      svg: () => ['releases', svgFile(this.#svg)],
      copy: () => (this.#timeline ? timelineMarkdown(this.#timeline) : ''),
    });
    const zoom = html(
      'span',
      { class: 'zoom' },
      button(
        '−',
        () => {
          this.#zoom(1 / 0.6);
        },
        { 'aria-label': 'Zoom out', title: 'Zoom out (-)' },
      ),
      button(
        '+',
        () => {
          this.#zoom(0.6);
        },
        { 'aria-label': 'Zoom in', title: 'Zoom in (+, or Ctrl and the mouse wheel)' },
      ),
      button(
        'All',
        () => {
          this.#zoomTo(this.#limits);
        },
        { title: 'Show all (0)' },
      ),
    );
    this.#content = html(
      'div',
      { class: 'delivery' },
      html('div', { class: 'options' }, zoom, exports),
      this.#box,
      this.#chosen,
      html('details', {}, html('summary', {}, 'All deployments as a table'), this.#twin),
      html('h2', {}, 'Releases'),
      this.#list,
    );
    this.#content.hidden = true;
    this.element = html(
      'div',
      { id: 'panel-releases', role: 'tabpanel', 'aria-labelledby': 'tab-releases', hidden: true },
      this.status.element,
      this.#empty,
      this.#content,
    );
    new ResizeObserver(() => {
      const width = Math.floor(this.#box.clientWidth);
      if (width === this.#width) return;
      this.#width = width;
      this.#schedule();
    }).observe(this.#box);
  }

  show({ timeline, canRollBack }: Extract<ToPanel, { type: 'releases' }>): void {
    this.#timeline = timeline;
    this.#canRollBack = canRollBack;
    const nothing = !timeline || (timeline.lanes.length === 0 && timeline.releases.length === 0);
    this.#content.hidden = nothing;
    this.#empty.replaceChildren(...(timeline && nothing ? [empty('releases')] : []));
    if (!timeline) return;
    this.#limits = timeDomain(timeline.lanes, timeline.now);
    this.#box.hidden = timeline.lanes.length === 0;
    this.#drawTables(timeline);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const timeline = this.#timeline;
    if (!timeline || this.#width === 0) return;
    const focused = this.#svg.contains(document.activeElement);
    const height = row.top + timeline.lanes.length * row.height + row.axis;
    setAttributes(this.#svg, { width: this.#width, height, viewBox: `0 0 ${this.#width} ${height}` });
    const domain = this.#domain ?? this.#limits;
    const range: Domain = [8, this.#width - 8];
    const bottom = height - row.axis;
    this.#svg.replaceChildren(
      patterns(),
      axis(domain, range, bottom),
      ...timeline.lanes.flatMap((lane, index) =>
        this.#lane(lane, row.top + index * row.height, domain, range, timeline.now),
      ),
    );
    const bars = this.#bars;
    const current = bars.find((bar) => bar.dataset['id'] === this.#focus) ?? bars.at(-1);
    current?.setAttribute('tabindex', '0');
    if (focused) current?.focus();
  }

  get #bars(): SVGGElement[] {
    return [...this.#svg.querySelectorAll<SVGGElement>('g.span')];
  }

  #lane(lane: Lane, top: number, domain: Domain, range: Domain, now: number): SVGElement[] {
    const live = lane.spans.findLast(({ state }) => state === 'live');
    const waiting = lane.spans.filter(({ state }) => state === 'waiting').map(({ version }) => version);
    const name = [
      `${lane.environment}: ${live?.version ?? 'nothing live'}`,
      ...(waiting.length > 0 ? [`${waiting.join(', ')} waits for approval`] : []),
    ].join(' · ');
    return [
      svg('text', { class: 'environment', x: range[0], y: top + 14 }, name),
      svg('line', { class: 'ground', x1: range[0], x2: range[1], y1: top + 20 + row.bar, y2: top + 20 + row.bar }),
      ...barsOf(lane, domain, range, now).map((bar) => this.#bar(bar, lane, top + 20)),
    ];
  }

  #bar({ span, x, width, labelled }: Bar, lane: Lane, first: number): SVGElement {
    const [top, height] = isMoment(span) ? [first + row.bar + 6, row.moment] : [first, row.bar];
    const text = spanText(span, lane.environment, dateTime);
    const group = svg(
      'g',
      { class: `span ${span.state} ${span.kind}`, role: 'button', tabindex: -1, 'aria-label': text },
      svg('title', {}, text),
      svg('rect', { x: short(x), y: top, width: short(width), height, rx: 2 }),
    );
    if (span.state === 'waiting')
      group.append(svg('rect', { class: 'hatch', x: short(x), y: top, width: short(width), height }));
    const middle = top + height / 2;
    const sign = {
      failed: 'M-3 -3L3 3M3 -3L-3 3',
      waiting: 'M-2 -4V4M2 -4V4',
      running: 'M-3 -4L4 0L-3 4Z',
      unknown: 'M-3 0H3',
      live: '',
      replaced: '',
    }[span.state];
    if (sign !== '')
      group.append(svg('path', { class: 'sign', d: sign, transform: `translate(${short(x + width / 2)} ${middle})` }));
    if (span.kind === 'rollback' && sign === '') {
      // A hook that turns back: what a rollback is.
      const at = short(x + Math.min(11, width / 2));
      group.append(
        svg('path', {
          class: 'sign',
          d: 'M4 4V0a3 3 0 0 0-3-3H-4M-1-6L-4-3L-1 0',
          transform: `translate(${at} ${middle})`,
        }),
      );
    }
    if (labelled)
      group.append(svg('text', { x: short(x + (span.kind === 'rollback' ? 22 : 7)), y: middle + 4 }, span.version));
    group.dataset['id'] = `${lane.environment} ${span.id}`;
    const choose = () => {
      this.#choose(span, lane);
    };
    return listening(group, {
      // News that is drawn while the button is down would swallow the click.
      mousedown: choose,
      click: choose,
      focus: () => {
        this.#focus = group.dataset['id'];
      },
    });
  }

  #choose(span: Span, lane: Lane): void {
    const run = span.runId;
    const { sha } = span;
    this.#chosen.replaceChildren(
      html('p', {}, spanText(span, lane.environment, dateTime)),
      html(
        'div',
        { class: 'buttons' },
        sha === null
          ? undefined
          : button(`Commit ${shortCommit(sha)}`, () => {
              host.send({ type: 'openCommit', sha });
            }),
        run === null
          ? undefined
          : button('Run on GitHub', () => {
              host.send({ type: 'openRun', run: String(run) });
            }),
        span.state === 'waiting' && run !== null
          ? button('Review…', () => {
              host.send({ type: 'approve', run: String(run) });
            })
          : undefined,
      ),
      ...(span.digest === null ? [] : [html('p', { class: 'digest' }, span.digest)]),
    );
  }

  #key(event: KeyboardEvent): void {
    const bars = this.#bars;
    const at = bars.findIndex((bar) => bar === document.activeElement);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      bars[at]?.dispatchEvent(new MouseEvent('click'));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+') this.#zoom(0.6);
    if (event.key === '-') this.#zoom(1 / 0.6);
    if (event.key === '0') this.#zoomTo(this.#limits);
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      this.#zoomTo(panned(this.#domain ?? this.#limits, event.key === 'ArrowLeft' ? -0.2 : 0.2, this.#limits));
      return;
    }
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: bars.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const bar = bars[Math.min(bars.length - 1, Math.max(0, to))];
    for (const each of bars) each.setAttribute('tabindex', each === bar ? '0' : '-1');
    bar?.focus();
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const domain = this.#domain ?? this.#limits;
    const x = event.clientX - this.#svg.getBoundingClientRect().left;
    const at = xScale(domain, [8, this.#width - 8]).invert(x);
    this.#zoomTo(zoomed(domain, Math.exp(event.deltaY / 300), at, this.#limits));
  }

  #zoom(factor: number): void {
    const domain = this.#domain ?? this.#limits;
    // What is live now is what one looks at.
    this.#zoomTo(zoomed(domain, factor, factor < 1 ? domain[1] : (domain[0] + domain[1]) / 2, this.#limits));
  }

  #zoomTo(domain: Domain): void {
    this.#domain = domain;
    this.#schedule();
  }

  /** Only what has changed is drawn anew: news must not close what one has opened, nor move a button under the pointer. */
  #drawTables({ lanes, releases }: Timeline): void {
    if (this.#lanesShown.becomes(lanes)) this.#drawDeployments(lanes);
    if (this.#releasesShown.becomes([releases, this.#canRollBack])) this.#drawReleases(releases);
  }

  #drawDeployments(lanes: readonly Lane[]): void {
    const spans = lanes
      .flatMap((lane) => lane.spans.map((span) => ({ lane, span })))
      .sort((a, b) => b.span.from - a.span.from);
    this.#twin.replaceChildren(
      table(
        'Deployments and rollbacks, newest first',
        [
          { title: 'Environment', cell: ({ lane }) => lane.environment },
          {
            title: 'Version',
            cell: ({ span }) => (span.kind === 'rollback' ? `rollback to ${span.version}` : span.version),
          },
          { title: 'State', cell: ({ span }) => (span.state === 'waiting' ? 'waits for approval' : span.state) },
          { title: 'From', cell: ({ span }) => dateTime(span.from) },
          { title: 'To', cell: ({ span }) => (span.until === null ? '' : dateTime(span.until)) },
          { title: 'By', cell: ({ span }) => span.by ?? '' },
          { title: 'Reason', cell: ({ span }) => span.reason ?? '' },
        ],
        spans,
      ),
    );
  }

  #drawReleases(releases: readonly ReleaseRow[]): void {
    this.#list.replaceChildren(
      table(
        'Newest first',
        [
          { title: 'Release', cell: (release: ReleaseRow) => releaseName(release) },
          { title: 'Published', cell: ({ at }) => date(at) },
          { title: 'Live on', cell: ({ live }) => live.join(', ') },
          { title: 'Assets', cell: (release) => assetsOf(release) },
          { title: 'Downloads', numeric: true, cell: ({ downloads }) => downloads.toLocaleString() },
          {
            title: 'Image',
            cell: ({ image }) =>
              image ? html('code', { title: image.tags.join(', ') }, shortDigest(image.digest)) : '',
          },
          { title: 'Notes', cell: ({ notes }) => notesOf(notes) },
          { title: 'Actions', cell: (release) => this.#actions(release) },
        ],
        releases,
      ),
    );
  }

  #actions({ tag, obstacle }: ReleaseRow): Node | string {
    if (!this.#canRollBack) return '';
    if (obstacle !== null) return html('span', { class: 'quiet' }, obstacle);
    return button(
      'Roll back to this…',
      () => {
        host.send({ type: 'rollBack', tag });
      },
      { 'aria-label': `Roll back to ${tag}…` },
    );
  }
}

function axis(domain: Domain, range: Domain, bottom: number): SVGElement {
  const group = svg('g', { class: 'axes' });
  const scale = xScale(domain, range);
  for (const { at, text } of timeTicks(domain, Math.max(2, Math.floor((range[1] - range[0]) / 110)))) {
    const x = short(scale(at));
    if (x > range[1] - 3 * text.length || x < 4 * text.length) continue;
    group.append(
      svg('line', { x1: x, x2: x, y1: 0, y2: bottom + 4 }),
      svg('text', { class: 'time', x, y: bottom + 18 }, text),
    );
  }
  return group;
}

function patterns(): SVGElement {
  return svg(
    'defs',
    {},
    svg(
      'pattern',
      { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('line', { class: 'hatching', x1: 0, x2: 0, y1: 0, y2: 6 }),
    ),
  );
}

function releaseName({ tag, name, prerelease, draft, author }: ReleaseRow): Node {
  const open = button(
    tag,
    () => {
      host.send({ type: 'openRelease', tag });
    },
    { class: 'link', title: `Open ${tag} on GitHub` },
  );
  const kind = draft ? 'draft' : prerelease ? 'prerelease' : '';
  const more = [name === tag ? '' : name, kind, author === null ? '' : `by ${author}`].filter((part) => part !== '');
  return html('div', {}, open, html('div', { class: 'quiet' }, more.join(' · ')));
}

function assetsOf({ assets }: ReleaseRow): Node | string {
  if (assets.length === 0) return '';
  return html(
    'details',
    {},
    html('summary', {}, assets.length === 1 ? '1 file' : `${assets.length} files`),
    html(
      'ul',
      {},
      ...assets.map(({ name, size, downloads, digest }) =>
        html(
          'li',
          {},
          `${name}, ${bytes(size)}, ${downloads.toLocaleString()} downloads`,
          digest === null ? undefined : html('div', { class: 'digest' }, digest),
        ),
      ),
    ),
  );
}

function notesOf(notes: string): Node | string {
  const text = notes.trim();
  if (text === '') return '';
  const [first = ''] = text.split('\n');
  const head = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  if (head === text) return text;
  return html('details', {}, html('summary', {}, head.replace(/^#+ /, '')), html('pre', {}, text));
}

function shortDigest(digest: string): string {
  return digest.slice(0, 19);
}
