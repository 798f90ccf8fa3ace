import { l10n, window } from 'vscode';
import type { Change } from '../../core/delivery/change.js';
import type { Item } from '../../core/delivery/items.js';
import { changeLine, itemTitle } from './words.js';

/** Shows what would change; true when the person wants it. */
export async function agreed(
  item: Pick<Item, 'kind' | 'name'>,
  changes: readonly Change[],
  kept: readonly string[] = [],
  warnings: readonly string[] = [],
): Promise<boolean> {
  const write = l10n.t('Write');
  const stays =
    kept.length > 0 ? [l10n.t('This stays as it is:'), ...kept] : [l10n.t('Everything else stays as it is.')];
  const detail = [...changes.map(changeLine), '', ...stays, ...warnings.map((one) => `⚠ ${one}`)].join('\n');
  const message = l10n.t('{0}: write this to GitHub?', itemTitle(item));
  return (await window.showInformationMessage(message, { modal: true, detail }, write)) === write;
}
