import { tabs, type Tab, type ToPanel } from '../../core/history/panel/messages.js';
import { Benchmarks } from './benchmarks.js';
import { html, listening } from './dom.js';
import { host, type ViewState } from './host.js';
import { Releases } from './releases.js';

const titles: Readonly<Record<Tab, string>> = { benchmarks: 'Benchmarks', releases: 'Releases' };

let state = host.load();

function save(change: Partial<ViewState>): void {
  state = { ...state, ...change };
  host.save(state);
}

const benchmarks = new Benchmarks(state, save);
const releases = new Releases();
const panels = { benchmarks, releases };
const buttons = tabs.map((tab) =>
  listening(
    html('button', { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': `panel-${tab}` }, titles[tab]),
    {
      click: () => {
        show(tab);
      },
    },
  ),
);

function show(tab: Tab): void {
  save({ tab });
  for (const [index, each] of tabs.entries()) {
    buttons[index]?.setAttribute('aria-selected', String(each === tab));
    buttons[index]?.setAttribute('tabindex', each === tab ? '0' : '-1');
    panels[each].element.hidden = each !== tab;
  }
}

function move(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const next = tabs[(tabs.indexOf(state.tab) + by + tabs.length) % tabs.length] ?? 'benchmarks';
  show(next);
  buttons[tabs.indexOf(next)]?.focus();
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'overview':
      benchmarks.overview(message);
      break;
    case 'benchmark':
      benchmarks.benchmark(message);
      break;
    case 'comparison':
      benchmarks.comparison(message);
      break;
    case 'releases':
      releases.show(message);
      break;
    case 'progress':
      panels[message.tab].status.progress(message.text, message.share);
      break;
    case 'notes':
      panels[message.tab].status.notes(message.notes);
      break;
    case 'show':
      if (message.tab) show(message.tab);
      benchmarks.open(message.benchmark, message.compare);
  }
}

document.body.append(
  listening(html('div', { class: 'tabs', role: 'tablist', 'aria-label': 'History' }, ...buttons), { keydown: move }),
  html('main', {}, benchmarks.element, releases.element),
);
show(state.tab);
host.onMessage(receive);
host.send({ type: 'ready' });
