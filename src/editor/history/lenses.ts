import { CodeLens, l10n, Range } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Row } from '../../core/history/panel/messages.js';
import { overviewOf } from '../../core/history/panel/overview.js';
import { findBenches, sitesOf } from '../../core/history/rust-benches.js';
import { formatValue, percent } from '../../core/history/words.js';
import type { History } from './history.js';

/** What is known of each benchmark, over the code that measures it. */
export async function lensesOf(document: TextDocument, history: History): Promise<CodeLens[]> {
  const sites = findBenches(document.getText());
  if (sites.length === 0) return [];
  await history.loadLocal();
  const rows = overviewOf(history.runs, history.branch);
  const measured = new Map(sites.map((site) => [site, [] as Row[]]));
  for (const row of rows) for (const site of sitesOf(sites, row.benchmark)) measured.get(site)?.push(row);
  return [...measured].flatMap(([{ line, column }, known]) => {
    const [worst] = known;
    if (!worst) return [];
    const command = {
      title: titleOf(known, worst, history.branch),
      tooltip: `${worst.benchmark}: ${worst.reason}\n${worst.where}`,
      command: 'rustCi.showHistory',
      arguments: [{ tab: 'benchmarks', benchmark: worst.benchmark }],
    };
    return [new CodeLens(new Range(line, column, line, column), command)];
  });
}

/** The last value, the change against the default branch, and the verdict; of several benchmarks the most significant. */
function titleOf(rows: readonly Row[], worst: Row, branch: string | undefined): string {
  const parts = [formatValue(worst.typical, worst.unit)];
  if (worst.change !== null) {
    // The words of a verdict that is off begin with the change already.
    const said = worst.words.startsWith(percent(worst.change));
    if (!said) parts.push(l10n.t('{0} against {1}', percent(worst.change), branch ?? 'main'));
  }
  parts.push(worst.words === '' ? l10n.t('judging') : worst.words);
  const title = parts.join(' · ');
  return rows.length === 1 ? title : l10n.t('{0} benchmarks · {1}: {2}', rows.length, worst.benchmark, title);
}
