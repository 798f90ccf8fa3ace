import { EventEmitter, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import type { TreeDataProvider } from 'vscode';
import type { Item, ItemState } from '../../core/delivery/items.js';
import type { RepositoryId } from '../../github/store.js';
import { itemTitle, stateWord, whyWords } from './words.js';

/** A row of the checklist, which commands get as their argument. */
export interface Row {
  readonly item: Item;
  readonly id: RepositoryId;
}

/** The checklist as a tree of one level. */
export class ChecklistTree implements TreeDataProvider<Row> {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly Row[] = [];

  show(items: readonly Item[], id: RepositoryId): void {
    this.#rows = items.map((item) => ({ item, id }));
    this.#changed.fire();
  }

  getChildren(row?: Row): Row[] {
    return row ? [] : [...this.#rows];
  }

  getTreeItem({ item, id }: Row): TreeItem {
    const row = new TreeItem(itemTitle(item));
    const why = item.why.map((one) => whyWords(one, id));
    row.id = `set-up/${id.host}/${id.owner}/${id.name}/${item.id}`;
    row.description = [stateWord(item.state), ...why].join(' · ');
    row.iconPath = iconOf(item.state);
    row.contextValue = item.state === 'done' ? 'done' : 'open';
    row.tooltip = new MarkdownString(
      [`**${itemTitle(item)}**: ${stateWord(item.state)}`, ...why.map(asText)].join('\n\n'),
    );
    row.accessibilityInformation = { label: `${itemTitle(item)}, ${stateWord(item.state)}. ${why.join(' ')}` };
    if (item.state !== 'done') {
      row.command = { command: 'rustCi.setUpItem', title: l10n.t('Set Up…'), arguments: [{ item, id }] };
    }
    return row;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Names of branches and actions must not become Markdown. */
const asText = (text: string): string => text.replace(/[\\`*_{}[\]<>#+~|]/g, '\\$&');

function iconOf(state: ItemState): ThemeIcon {
  switch (state) {
    case 'done':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'todo':
      return new ThemeIcon('circle-large-outline', new ThemeColor('charts.yellow'));
    case 'attention':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'optional':
      return new ThemeIcon('circle-outline');
    case 'impossible':
      return new ThemeIcon('circle-slash');
    case 'unknown':
      return new ThemeIcon('question');
  }
}
