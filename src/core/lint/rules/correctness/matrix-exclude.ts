import type { MapNode, Node } from '../../yaml/node';
import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { describe } from './written';

const matrix = (exclude: string): string =>
  workflowOf('- run: cargo test', {
    job: `strategy:\n  matrix:\n    os: [ubuntu-latest, windows-latest]\n    rust: [stable, beta]\n    exclude:\n      - ${exclude}`,
  });

export const matrixExclude = rule({
  code: 'matrix-exclude',
  category: 'correctness',
  title: 'An exclusion that matches nothing',
  severity: 'error',
  description:
    'An entry of `exclude` names a row or a value that the matrix does not have, so it takes nothing away. Usually the value was renamed in the row and forgotten here.',
  bad: [matrix('os: windows-2022'), matrix('platform: windows-latest')],
  good: [matrix('os: windows-latest')],
  source: 'actionlint: matrix',
  check: ({ jobs, edit, report }) => {
    for (const job of jobs) {
      if (job.matrix?.kind !== 'map') continue;
      const exclude = job.matrix.seq('exclude');
      if (exclude === undefined || job.matrix.entries.some(({ key }) => key.text.includes('${{'))) continue;
      const rows = rowsOf(job.matrix);
      if (rows === undefined) continue;
      for (const item of exclude.items) {
        if (item.kind !== 'map') continue;
        for (const { key, value } of item.entries) {
          const row = rows.get(key.text.toLowerCase());
          if (row === undefined) {
            const meant = closest(key.text, rows.keys());
            report(key, `The matrix has no row "${key.text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`, {
              fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.setScalar(key, meant))],
            });
          } else if (row.values !== undefined && !row.values.some((candidate) => covers(candidate, value))) {
            const written = value.kind === 'scalar' ? ` "${value.text}"` : ' like this';
            const meant =
              value.kind === 'scalar'
                ? closest(
                    value.text,
                    row.values.flatMap((candidate) => (candidate.kind === 'scalar' ? [candidate.text] : [])),
                  )
                : undefined;
            report(value, `The row "${key.text}" has no value${written}, so nothing is excluded.`, {
              fixes:
                meant === undefined || value.kind !== 'scalar'
                  ? []
                  : [edit.fix(`Change to ${meant}`, edit.setScalar(value, meant))],
            });
          }
        }
      }
    }
  },
});

interface Row {
  /** Undefined where an expression gives some of them. */
  readonly values: readonly Node[] | undefined;
}

/** The rows of a matrix by lower-case name. */
function rowsOf(matrix: MapNode): Map<string, Row> | undefined {
  const rows = new Map<string, Row>();
  for (const { key, value } of matrix.entries) {
    if (key.text === 'include' || key.text === 'exclude') continue;
    const known = value.kind === 'seq' && value.items.every((item) => describe(item) !== undefined);
    rows.set(key.text.toLowerCase(), { values: known ? value.items : undefined });
  }
  return rows;
}

/** Whether an excluded value takes away a value of a row: equal, or for mappings a part of it. */
function covers(candidate: Node, excluded: Node): boolean {
  if (excluded.kind === 'scalar' && excluded.text.includes('${{')) return true;
  if (excluded.kind === 'map') {
    return (
      candidate.kind === 'map' &&
      excluded.entries.every(({ key, value }) => {
        const other = candidate.entries.find((entry) => entry.key.text.toLowerCase() === key.text.toLowerCase());
        return other !== undefined && covers(other.value, value);
      })
    );
  }
  const text = describe(excluded);
  return text === undefined || text === describe(candidate);
}
