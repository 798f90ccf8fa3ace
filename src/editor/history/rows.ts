import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Row as Benchmark } from '../../core/history/panel/messages.js';
import { overviewOf } from '../../core/history/panel/overview.js';
import { formatValue } from '../../core/history/words.js';
import type { Row } from '../tree/row.js';
import type { History } from './history.js';

/** Below the gate, the most significant ones; the panel has them all. */
const most = 20;

/** What is known of each benchmark, the most significant first. */
export async function benchmarkRows(history: History): Promise<readonly Row[]> {
  await history.loadLocal();
  const known = overviewOf(history.runs, history.branch).toSorted((a, b) => b.significance - a.significance);
  const rows = known.slice(0, most).map((benchmark) => rowOf(benchmark));
  const rest = known.length - rows.length;
  if (known.length > 0 && rest === 0) return rows;
  const label = rest > 0 ? l10n.t('{0} more…', rest) : l10n.t('None has been measured yet');
  return [...rows, { id: 'gates/benchmarks/known/more', label, command: open({ tab: 'benchmarks' }) }];
}

function rowOf(benchmark: Benchmark): Row {
  const { key, benchmark: name, typical, unit, words, reason, where } = benchmark;
  return {
    id: `gates/benchmarks/known/${key}`,
    label: name,
    description: [formatValue(typical, unit), words || l10n.t('judging')].join(' · '),
    icon: iconOf(benchmark),
    tooltip: () => `${reason}\n${where}`,
    accessible: [name, formatValue(typical, unit), reason].join(', '),
    command: open({ tab: 'benchmarks', benchmark: name }),
  };
}

const open = (wish: object) => ({ command: 'rustCi.showHistory', title: l10n.t('Show History'), arguments: [wish] });

function iconOf({ verdict }: Benchmark): ThemeIcon {
  switch (verdict) {
    case 'regression':
      return new ThemeIcon('arrow-up', new ThemeColor('testing.iconFailed'));
    case 'improvement':
      return new ThemeIcon('arrow-down', new ThemeColor('testing.iconPassed'));
    case 'suspect':
      return new ThemeIcon('question', new ThemeColor('testing.iconQueued'));
    case 'collecting':
    case null:
      return new ThemeIcon('circle-outline');
    case 'stable':
    case 'recovered':
      return new ThemeIcon('dash');
  }
}
