import { reasonOf, originText, percent } from '../words.js';
import { isLocal, seriesOf } from './benchmark.js';
import { verdicts, type Benchmark, type Series } from './messages.js';
import { mainSeries, whereOf, type Run } from './overview.js';

/**
 * Everything about one benchmark, in columns.
 *
 * @param runs of this benchmark, in run order
 * @param releases when what was released, in milliseconds
 */
export function benchmarkOf(
  key: string,
  runs: readonly Run[],
  branch: string | undefined,
  releases: Benchmark['releases'] = [],
): Benchmark | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const main = mainSeries(runs, branch);
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const name = seriesOf(run.point);
    const known = groups.get(name);
    if (known) known.push(run);
    else groups.set(name, [run]);
  }
  const series = [...groups].map(([name, all]) => columnsOf(all, name === main));
  return {
    key,
    benchmark: first.point.benchmark,
    package: first.point.package ?? null,
    series: series.sort((a, b) => Number(b.main) - Number(a.main)),
    releases,
  };
}

function columnsOf(runs: readonly Run[], main: boolean): Series {
  const [first] = runs;
  if (!first) throw new Error('A series without a run.');
  const column = (of: (run: Run) => number | undefined) => Float64Array.from(runs, (run) => of(run) ?? NaN);
  const judged = ({ judged: known }: Run) => (known?.finding.verdict === 'collecting' ? undefined : known?.finding);
  const { point } = first;
  return {
    label: whereOf(point) || 'unknown machine',
    main,
    local: isLocal(point),
    unit: point.unit,
    at: column((run) => timeOf(run.point.at)),
    value: column((run) => run.point.measurement.value),
    typical: column((run) => run.point.measurement.typical),
    low: column((run) => run.point.measurement.low),
    high: column((run) => run.point.measurement.high),
    normalLow: column((run) => judged(run)?.normal.low),
    normalHigh: column((run) => judged(run)?.normal.high),
    verdicts: Uint8Array.from(runs, (run) => verdicts.indexOf(run.judged?.finding.verdict ?? 'collecting')),
    change: column((run) => judged(run)?.change),
    reasons: runs.map((run) => (run.judged ? reasonOf(run.judged) : 'Not judged yet.')),
    commits: runs.map((run) => run.point.commit ?? null),
    runs: runs.map((run) => String(run.point.run)),
    attempts: column((run) => run.point.attempt),
    changes: changesOf(runs),
    branch: point.branch ?? null,
    runner: point.runner ?? null,
    toolchain: point.toolchain ?? null,
  };
}

function timeOf(at: string | undefined): number | undefined {
  return at === undefined ? undefined : Date.parse(at);
}

/** Where levels begin. A change that is seen late is marked where it began, not where it was seen. */
function changesOf(runs: readonly Run[]): Series['changes'] {
  const changes = new Map<number, Series['changes'][number]>();
  for (const { judged } of runs) {
    const finding = judged?.finding;
    if (!finding || !('news' in finding) || !finding.news) continue;
    const since = String(finding.since.run);
    const index = runs.findIndex(({ point }) => String(point.run) === since);
    const what = finding.verdict === 'recovered' ? 'recovered' : percent(finding.change);
    const text = `${what} since ${originText(finding.since)}`;
    if (index >= 0) changes.set(index, { index, text, verdict: finding.verdict });
  }
  return [...changes.values()];
}
