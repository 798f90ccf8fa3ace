import {
  verdicts,
  type Benchmark,
  type Compared,
  type Row,
  type Series,
  type Timeline,
} from '../../core/history/panel/messages.js';
import { formatValue, percent } from '../../core/history/words.js';
import { shortCommit } from './format.js';

/** A table as CSV (RFC 4180). What a spreadsheet would take for a formula is made a text. */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** One run of a benchmark, as it is exported. */
export function runRecord(benchmark: Benchmark, series: Series, index: number) {
  const number = (values: Float64Array) => finite(values[index]);
  const at = finite(series.at[index]);
  return {
    benchmark: benchmark.benchmark,
    package: benchmark.package,
    run: series.runs[index] ?? '',
    attempt: number(series.attempts),
    commit: series.commits[index] ?? null,
    at: at === null ? null : new Date(at).toISOString(),
    branch: series.branch,
    runner: series.runner,
    toolchain: series.toolchain,
    unit: series.unit,
    value: number(series.value),
    typical: number(series.typical),
    low: number(series.low),
    high: number(series.high),
    normalLow: number(series.normalLow),
    normalHigh: number(series.normalHigh),
    change: number(series.change),
    verdict: verdicts[series.verdicts[index] ?? 0] ?? 'collecting',
    reason: series.reasons[index] ?? '',
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Records with the same keys, as CSV with a header. */
export function recordsCsv(records: readonly Readonly<Record<string, string | number | null>>[]): string {
  const [first] = records;
  if (!first) return '';
  const keys = Object.keys(first);
  return csv([keys, ...records.map((record) => keys.map((key) => record[key] ?? null))]);
}

/** Releases as flat records. */
export function releaseRecords({ releases }: Timeline) {
  return releases.map(({ tag, name, at, author, prerelease, draft, live, downloads, image }) => ({
    tag,
    name,
    at: new Date(at).toISOString(),
    author,
    prerelease: String(prerelease),
    draft: String(draft),
    live: live.join(' '),
    downloads,
    digest: image?.digest ?? null,
  }));
}

/** What the overview says, for a pull request: what changed first, what is unchanged as one number. */
export function overviewMarkdown(rows: readonly Row[]): string {
  const told = rows.filter(({ verdict }) => verdict !== null && verdict !== 'stable' && verdict !== 'collecting');
  const counts = (['regression', 'suspect', 'improvement', 'recovered', 'stable', 'collecting'] as const)
    .map((verdict) => [rows.filter((row) => row.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`);
  const head = `### Benchmarks\n\n${rows.length} benchmarks: ${counts.join(', ') || 'not judged yet'}.\n`;
  if (told.length === 0) return head;
  const lines = told.map(
    ({ benchmark, package: crate, verdict, value, unit, reason }) =>
      `| ${code(benchmark)}${crate === null ? '' : ` ${escaped(crate)}`} | ${verdict ?? ''} | ${formatValue(value, unit)} | ${escaped(reason)} |`,
  );
  return `${head}\n| benchmark | verdict | last | why |\n| --- | --- | ---: | --- |\n${lines.join('\n')}\n`;
}

/** A comparison of two runs, for a pull request. */
export function comparisonMarkdown(from: string, to: string, rows: readonly Compared[]): string {
  const value = (amount: number | null, unit: string) => (amount === null ? '' : formatValue(amount, unit));
  const lines = rows.map(
    ({ benchmark, unit, from: before, to: after, change, obstacle }) =>
      `| ${code(benchmark)} | ${value(before, unit)} | ${value(after, unit)} | ${change === null ? escaped(obstacle ?? '') : percent(change)} |`,
  );
  return `### Benchmarks: ${escaped(from)} → ${escaped(to)}\n\n| benchmark | from | to | change |\n| --- | ---: | ---: | ---: |\n${lines.join('\n')}\n`;
}

/** One benchmark, for a pull request. */
export function benchmarkMarkdown(benchmark: Benchmark): string {
  const [series] = benchmark.series;
  if (!series) return '';
  const last = series.value.length - 1;
  const verdict = verdicts[series.verdicts[last] ?? 0] ?? 'collecting';
  const changes = series.changes.map(({ index, text }) => `- ${text} (${shortCommit(series.commits[index] ?? null)})`);
  return [
    `### ${code(benchmark.benchmark)}: ${verdict}`,
    `${formatValue(series.value[last] ?? NaN, series.unit)}. ${escaped(series.reasons[last] ?? '')}`,
    ...(changes.length > 0 ? [changes.join('\n')] : []),
    `${series.value.length} runs, ${escaped(series.label)}.`,
    '',
  ].join('\n\n');
}

/** What is live where, and what happened last, for a pull request or a report. */
export function timelineMarkdown({ lanes, releases }: Timeline): string {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const live = lanes.map(({ environment, spans }) => {
    const span = spans.findLast(({ state }) => state === 'live');
    const why = span?.reason === null || span === undefined ? '' : `: ${escaped(span.reason)}`;
    const how = span?.kind === 'rollback' ? ' by rollback' : '';
    return `- ${escaped(environment)}: ${span ? `${code(span.version)} since ${day(span.from)}${how}${why}` : 'nothing'}`;
  });
  const rows = releases.map(
    ({ tag, at, live: where, downloads }) =>
      `| ${code(tag)} | ${day(at)} | ${escaped(where.join(', '))} | ${downloads} |`,
  );
  return `### Releases\n\n${live.join('\n')}\n\n| release | published | live on | downloads |\n| --- | --- | --- | ---: |\n${rows.join('\n')}\n`;
}

function code(text: string): string {
  return text.includes('`') ? escaped(text) : `\`${text.replaceAll('|', '\\|')}\``;
}

function escaped(text: string): string {
  return text.replace(/[|\\`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A name for a file, from what is shown. */
export function fileName(name: string): string {
  return (
    name
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'benchmarks'
  );
}
