import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Gate } from '../../core/gates/gate.js';
import type { LocalResult } from '../../core/gates/local/result.js';
import type { OpenRepository } from '../github/github.js';
import { age, amount, duration, moment, short, stateWord } from '../status/words.js';
import type { Row } from '../tree/row.js';
import type { LocalResults } from './local-results.js';

const icons = {
  passed: new ThemeIcon('device-desktop', new ThemeColor('testing.iconPassed')),
  failed: new ThemeIcon('device-desktop', new ThemeColor('testing.iconFailed')),
  skipped: new ThemeIcon('device-desktop'),
};

/** How a gate stood when it ran here, below what GitHub says of it. */
export function localRow(results: LocalResults, { root, store }: OpenRepository, gate: Gate): Row[] {
  const result = results.of(root, gate.id);
  if (!result) return [];
  const now = Date.now();
  const words = [stateWord(result.state), measure(result), age(result.at, now)].filter((word) => word !== undefined);
  const where = placeOf(result, store.snapshot.head.sha);
  return [
    {
      id: `gates/${gate.id}/local`,
      label: l10n.t('Local'),
      description: [...words, where].join(', '),
      icon: icons[result.state],
      accessible: l10n.t('Run on this machine: {0}', [...words, where].join(', ')),
      tooltip: () =>
        [
          l10n.t('Run on this machine: {0}', stateWord(result.state)),
          result.reason ?? '',
          where,
          l10n.t('{0}, took {1}', moment(result.at), duration(result.took)),
        ]
          .filter((line) => line !== '')
          .join('\n'),
      tokens: ['local-result'],
    },
  ];
}

function measure({ value, unit, threshold }: LocalResult): string | undefined {
  if (value === null) return undefined;
  return threshold === null
    ? amount(value, unit)
    : l10n.t('{0}, needs {1}', amount(value, unit), amount(threshold, unit));
}

/** Of which state of the files it tells. */
function placeOf({ commit, dirty }: LocalResult, head: string | null): string {
  if (commit === null) return l10n.t('commit unknown');
  const at = commit === head ? short(commit) : l10n.t('{0}, not the commit that is checked out', short(commit));
  return dirty ? l10n.t('{0}, dirty', at) : at;
}
