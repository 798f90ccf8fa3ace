import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { baselinesPath, readBaselines, type AcceptedChange } from '../../core/history/baselines.js';
import { judgeHistory } from '../../core/history/judge.js';
import { readHistory } from '../../core/history/line.js';
import { verdictOf } from '../../core/history/verdict.js';
import { InputError } from '../../core/scaffold/input-error.js';
import { UsageError, type Terminal } from '../command.js';
import { currentSeries, format } from './table.js';

/** `rust-ci benchmarks`. */
export function benchmarksCommand(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, baselines: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Which history? Name a file such as history.jsonl.');
  if (more.length > 0) throw new UsageError(`One history at a time, not ${positionals.join(' and ')}.`);
  const text = read(terminal, file);
  const accepted = baselines(terminal, values.baselines);
  if (text === undefined || !accepted) return 2;

  const { points, problems } = readHistory(file, text);
  for (const problem of problems) terminal.tell(`${problem.message}\n`);
  if (points.length === 0 && problems.length > 0) {
    terminal.tell(`error: No line of ${file} could be read.\n`);
    return 2;
  }
  const judged = judgeHistory(points, accepted);
  terminal.print(values.json ? `${JSON.stringify(judged.map(verdictOf), undefined, 2)}\n` : format(judged));
  const slower = currentSeries(judged).some(({ last }) => last.finding.verdict === 'regression');
  return slower || problems.length > 0 ? 1 : 0;
}

/** Undefined, and said why, where there is nothing to read. */
function read(terminal: Terminal, file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : resolve(terminal.folder, file), 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    terminal.tell(`error: ${file} cannot be read: ${why}. Name a file that this user may read.\n`);
    return undefined;
  }
}

/** Accepted changes; none where the usual file is not there. */
function baselines(terminal: Terminal, named: string | undefined): AcceptedChange[] | undefined {
  const file = named ?? baselinesPath;
  if (named === undefined && !existsSync(resolve(terminal.folder, file))) return [];
  const text = read(terminal, file);
  if (text === undefined) return undefined;
  try {
    return readBaselines(file, text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    terminal.tell(`error: ${error.message}\n`);
    return undefined;
  }
}
