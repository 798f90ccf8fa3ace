import type { Benchmark } from '../../core/history/panel/messages.js';
import { formatValue, percent } from '../../core/history/words.js';
import { verdicts } from '../../core/history/panel/messages.js';
import type { Place } from './chart.js';
import { button, html } from './dom.js';
import { dateTime, shortCommit } from './format.js';
import { host } from './host.js';

/** One run: what was measured, what is said of it, and where it comes from. */
export function details(benchmark: Benchmark, place: Place | undefined): HTMLElement {
  const box = html('section', { class: 'details', 'aria-label': 'The chosen run' });
  const series = place && benchmark.series[place.series];
  if (!series) return box;
  const { index } = place;
  const value = (values: Float64Array) => formatValue(values[index] ?? NaN, series.unit);
  const change = series.change[index] ?? NaN;
  const commit = series.commits[index] ?? null;
  const run = series.runs[index] ?? '';
  const attempt = series.attempts[index] ?? 1;
  const verdict = verdicts[series.verdicts[index] ?? 0] ?? 'collecting';
  const facts: [string, Node | string][] = [
    [
      'Judged time',
      `${value(series.value)}${Number.isNaN(change) ? '' : ` (${percent(change)} against the accepted level)`}`,
    ],
    ['Typical time', `${value(series.typical)}, between ${value(series.low)} and ${value(series.high)}`],
    ['Verdict', `${verdict}. ${series.reasons[index] ?? ''}`],
    [
      'Commit',
      commit === null
        ? 'not known'
        : link(shortCommit(commit), `Open commit ${commit}`, () => {
            host.send({ type: 'openCommit', sha: commit });
          }),
    ],
    ['Run', runOf(run, attempt, series.local)],
    ['Measured', dateTime(series.at[index] ?? NaN) || 'not known'],
    ['Branch', series.branch ?? 'not known'],
    ['Machine', series.runner ?? 'not known'],
    ['Toolchain', series.toolchain ?? 'not known'],
  ];
  box.append(
    html('dl', {}, ...facts.flatMap(([name, fact]) => [html('dt', {}, name), html('dd', {}, fact)])),
    html(
      'div',
      { class: 'buttons' },
      button('Open source of the benchmark', () => {
        host.send({ type: 'openSource', key: benchmark.key });
      }),
      isNumber(run) && !series.local
        ? button('Download artifact…', () => {
            host.send({ type: 'downloadArtifact', run });
          })
        : undefined,
      acceptable(benchmark, place)
        ? button(
            'Accept as new baseline',
            () => {
              accept(benchmark, place);
            },
            { title: 'Makes this level the normal one, in .github/rust-ci-baselines.json' },
          )
        : undefined,
    ),
  );
  return box;
}

function runOf(run: string, attempt: number, local: boolean): Node | string {
  if (local) return 'working copy';
  const text = `${run}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
  if (!isNumber(run)) return text;
  return link(text, `Open run ${run} on GitHub`, () => {
    host.send({ type: 'openRun', run });
  });
}

/** Runs of GitHub have numbers; a history file may have any name for a run. */
function isNumber(run: string): boolean {
  return /^\d{1,16}$/.test(run);
}

function link(text: string, title: string, press: () => void): HTMLButtonElement {
  return button(text, press, { class: 'link', title });
}

/** A run that is off the accepted level, or may be. */
function acceptable(benchmark: Benchmark, { series, index }: Place): boolean {
  const known = benchmark.series[series];
  if (!known || known.local) return false;
  return ['suspect', 'regression', 'improvement'].includes(verdicts[known.verdicts[index] ?? 0] ?? '');
}

/** Accepts the level from its first run on. */
function accept(benchmark: Benchmark, { series, index }: Place): void {
  const known = benchmark.series[series];
  if (!known) return;
  const began = known.changes.filter((change) => change.index <= index && change.verdict !== 'recovered').at(-1);
  const suspect = verdicts[known.verdicts[index] ?? 0] === 'suspect';
  const first = suspect ? index : (began?.index ?? index);
  host.send({
    type: 'accept',
    key: benchmark.key,
    run: known.runs[first] ?? '',
    commit: known.commits[first] ?? null,
    runner: known.runner,
    toolchain: known.toolchain,
  });
}
