import { EventEmitter, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Disposable, TreeDataProvider } from 'vscode';
import type { Row } from './row.js';
import type { Target } from './target.js';

/** A row as VS Code knows it: the same object for as long as the row's id is shown. */
export class Entry {
  row: Row;
  readonly parent: Entry | undefined;
  /** What is shown below it; undefined until VS Code asks. */
  children: Entry[] | undefined;
  /** Of lazy children: the answer, or the question that is under way. */
  lazy: { readonly version: string | number; readonly rows: Promise<readonly Row[]> } | undefined;

  constructor(row: Row, parent: Entry | undefined) {
    this.row = row;
    this.parent = parent;
  }

  get target(): Target | undefined {
    return this.row.target;
  }
}

/**
 * Shows rows and keeps VS Code's tree in step with as little as possible: what stays the same is not touched, so that
 * selection, expansion and scroll position survive.
 */
export class LiveTree implements TreeDataProvider<Entry>, Disposable {
  readonly #changed = new EventEmitter<Entry[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #ended = new AbortController();
  readonly #problem: (error: unknown, id: string) => Row;
  #rows: readonly Row[] = [];
  #top: Entry[] | undefined;

  /** @param problem the row that tells why the children of a row could not be had */
  constructor(problem: (error: unknown, id: string) => Row) {
    this.#problem = problem;
  }

  /** The rows at the top, as they were last given. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Shows other rows. */
  update(rows: readonly Row[]): void {
    this.#rows = rows;
    if (!this.#top) return;
    const changed: Entry[] = [];
    const top = this.#reconcile(this.#top, rows, undefined, changed);
    if (top) {
      this.#top = top;
      this.#changed.fire(undefined);
    } else {
      const all = new Set(changed);
      const roots = changed.filter((entry) => !hasAncestorIn(entry, all));
      if (roots.length > 0) this.#changed.fire(roots);
    }
  }

  /** The entry of a row that is or was shown, by its id, opened down from the top as far as is known. */
  async find(path: readonly string[]): Promise<Entry | undefined> {
    let found: Entry | undefined;
    for (const id of path) {
      const children = await this.getChildren(found);
      found = children.find((child) => child.row.id === id);
      if (!found) return undefined;
    }
    return found;
  }

  getTreeItem({ row }: Entry): TreeItem {
    const item = new TreeItem(row.label, collapsible(row));
    item.id = row.id;
    if (row.description !== undefined) item.description = row.description;
    if (row.icon) item.iconPath = row.icon;
    if (row.tokens) item.contextValue = row.tokens.join(' ');
    if (row.command) item.command = row.command;
    if (row.resource) item.resourceUri = row.resource;
    if (row.accessible !== undefined) item.accessibilityInformation = { label: row.accessible };
    return item;
  }

  resolveTreeItem(item: TreeItem, { row }: Entry): TreeItem {
    item.tooltip = row.tooltip?.() ?? [row.label, row.description].filter(Boolean).join(' ');
    return item;
  }

  getParent(entry: Entry): Entry | undefined {
    return entry.parent;
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    if (!entry) return (this.#top ??= this.#rows.map((row) => new Entry(row, undefined)));
    const rows = await this.#rowsBelow(entry);
    // Entries that are known stay, so that VS Code recognises them.
    const changed: Entry[] = [];
    entry.children = this.#reconcile(entry.children ?? [], rows, entry, changed) ?? entry.children ?? [];
    return entry.children;
  }

  dispose(): void {
    this.#ended.abort();
    this.#changed.dispose();
  }

  async #rowsBelow(entry: Entry): Promise<readonly Row[]> {
    const { children } = entry.row;
    if (children === undefined) return [];
    if (!('load' in children)) return children;
    if (entry.lazy?.version !== children.version) {
      const rows = children.load(this.#ended.signal).catch((error: unknown) => {
        // Asked for anew when the row is opened the next time.
        entry.lazy = undefined;
        return [this.#problem(error, `${entry.row.id}/problem`)];
      });
      entry.lazy = { version: children.version, rows };
    }
    return entry.lazy.rows;
  }

  /** Puts new rows into known entries; returns the new list if another set or order of rows is to be shown. */
  #reconcile(
    known: readonly Entry[],
    rows: readonly Row[],
    parent: Entry | undefined,
    changed: Entry[],
  ): Entry[] | undefined {
    const byId = new Map(known.map((entry) => [entry.row.id, entry]));
    const entries = rows.map((row) => {
      const entry = byId.get(row.id);
      if (!entry) return new Entry(row, parent);
      this.#renew(entry, row, changed);
      return entry;
    });
    const same = entries.length === known.length && entries.every((entry, index) => entry === known[index]);
    return same ? undefined : entries;
  }

  #renew(entry: Entry, row: Row, changed: Entry[]): void {
    let touched = looks(entry.row) !== looks(row);
    entry.row = row;
    if (entry.children && row.children) {
      if ('load' in row.children) touched ||= entry.lazy?.version !== row.children.version;
      else {
        const children = this.#reconcile(entry.children, row.children, entry, changed);
        if (children) {
          entry.children = children;
          touched = true;
        }
      }
    }
    if (touched) changed.push(entry);
  }
}

function collapsible({ children, expanded }: Row): TreeItemCollapsibleState {
  if (children === undefined || (!('load' in children) && children.length === 0)) return TreeItemCollapsibleState.None;
  return expanded === true ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/** Everything of a row that one sees without hovering. */
function looks(row: Row): string {
  const { id, color } = row.icon ?? {};
  return JSON.stringify([
    row.label,
    row.description,
    id,
    color?.id,
    row.accessible,
    row.tokens,
    row.command,
    row.resource?.toString(),
    collapsible(row),
  ]);
}

function hasAncestorIn(entry: Entry, entries: ReadonlySet<Entry>): boolean {
  for (let at = entry.parent; at; at = at.parent) if (entries.has(at)) return true;
  return false;
}
