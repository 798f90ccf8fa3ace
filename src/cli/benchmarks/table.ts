import type { JudgedPoint } from '../../core/history/judge.js';
import { verdictName } from '../../core/history/verdict.js';
import { formatValue, originText, percent, reasonOf, unsignedPercent } from '../../core/history/words.js';

/** What is known of one benchmark on one class of machine. */
export interface Series {
  readonly runs: readonly JudgedPoint[];
  readonly last: JudgedPoint;
}

/** The worst first. */
const order = ['regression', 'suspect', 'improvement', 'recovered', 'stable', 'collecting'] as const;

/** A table of where each benchmark is now, and what changed when. */
export function format(judged: readonly JudgedPoint[]): string {
  if (judged.length === 0) return 'There is no run in this history yet.\n';
  const all = seriesOf(judged);
  const current = currentSeries(judged);
  const parts = [table(current)];
  const changes = judged.filter(({ finding, duplicate }) => 'news' in finding && finding.news && !duplicate);
  if (changes.length > 0) parts.push(['Changes, oldest first:', ...changes.map(change)].join('\n'));
  const ended = all.length - current.length;
  if (ended > 0) {
    parts.push(
      `Not shown: ${ended} series of other runner classes, toolchains or branches, which newer runs do not continue.`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** The series that the newest run of each benchmark belongs to; the others ended with a toolchain or a machine. */
export function currentSeries(judged: readonly JudgedPoint[]): Series[] {
  const newest = new Map<string, JudgedPoint['point']['run']>();
  for (const { point } of judged) newest.set(name(point), point.run);
  return seriesOf(judged).filter(({ last: { point } }) => newest.get(name(point)) === point.run);
}

function seriesOf(judged: readonly JudgedPoint[]): Series[] {
  const series = new Map<string, JudgedPoint[]>();
  for (const each of judged) {
    const { branch, runner, toolchain, unit, measurement } = each.point;
    const key = JSON.stringify([name(each.point), branch, runner, toolchain, unit, measurement.kind]);
    const known = series.get(key);
    if (known) known.push(each);
    else series.set(key, [each]);
  }
  return [...series.values()].flatMap((runs) => {
    const last = runs.at(-1);
    return last ? [{ runs, last }] : [];
  });
}

function name({ benchmark, package: crate }: JudgedPoint['point']): string {
  return crate === undefined ? benchmark : `${crate}: ${benchmark}`;
}

function table(current: readonly Series[]): string {
  const rank = ({ last }: Series) => order.indexOf(last.finding.verdict);
  const weight = ({ last }: Series) => ('deviations' in last.finding ? Math.abs(last.finding.deviations) : 0);
  const sorted = [...current].sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a));
  const severalClasses = new Set(current.map(({ last }) => classOf(last))).size > 1;
  const rows = sorted.map(({ runs, last: { point, finding }, last }) => [
    name(point),
    String(runs.length),
    formatValue(point.measurement.value, point.unit),
    'change' in finding ? percent(finding.change) : '',
    'change' in finding && finding.resolvable !== undefined ? unsignedPercent(finding.resolvable) : '',
    finding.verdict === 'collecting' ? `collecting (${finding.known} of ${finding.needed})` : verdictName(last),
    'since' in finding ? originText(finding.since) : '',
    ...(severalClasses ? [classOf(last)] : []),
  ]);
  const head = ['benchmark', 'runs', 'time', 'change', 'resolves', 'verdict', 'since'];
  return aligned([[...head, ...(severalClasses ? ['runner, toolchain, branch'] : [])], ...rows]);
}

function classOf({ point: { runner, toolchain, branch } }: JudgedPoint): string {
  return [runner ?? 'unknown runner', toolchain ?? 'unknown toolchain', ...(branch === undefined ? [] : [branch])].join(
    ', ',
  );
}

/** Numbers stand at the right of their column. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return column >= 1 && column <= 4 ? text.padStart(width) : text.padEnd(width);
  };
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

function change(judged: JudgedPoint): string {
  const { point } = judged;
  return `  ${verdictName(judged)} of ${name(point)} in run ${point.run}: ${reasonOf(judged)}`;
}
