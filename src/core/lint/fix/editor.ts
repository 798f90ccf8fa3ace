import type { Fix, TextEdit } from '../finding';
import type { Lines } from '../yaml/lines';
import type { Entry, MapNode, Node, Range, ScalarNode, SeqNode } from '../yaml/node';

/**
 * Makes edits of YAML that keep what a person wrote: comments, quotes, indentation and line breaks stay as they are.
 * Every function returns the edit; nothing is changed.
 */
export class Editor {
  readonly #text: string;
  readonly #lines: Lines;
  /** The document's line break. */
  readonly lineBreak: string;

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
    this.lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  }

  fix(title: string, ...edits: TextEdit[]): Fix {
    return { title, edits };
  }

  /** A fix that changes what the workflow does, so that only a person applies it. */
  unsafeFix(title: string, ...edits: TextEdit[]): Fix {
    return { title, edits, unsafe: true };
  }

  replace(range: Range, text: string): TextEdit {
    return { start: range.start, end: range.end, text };
  }

  insert(offset: number, text: string): TextEdit {
    return { start: offset, end: offset, text };
  }

  /** Replaces a scalar's content and keeps its quotes where the new content allows it. */
  setScalar(node: ScalarNode, content: string): TextEdit {
    return this.replace(node, quoteLike(node, content));
  }

  /** Renames a key. */
  renameKey(entry: Entry, key: string): TextEdit {
    return this.setScalar(entry.key, key);
  }

  /** Gives an entry a new value, written as YAML; a comment behind the old value stays. */
  setValue(entry: Entry, yaml: string): TextEdit {
    const { value } = entry;
    if (value.start < entry.start || value.end > entry.end) {
      const colon = this.#text.indexOf(':', entry.key.end);
      return { start: colon + 1, end: entry.end, text: ` ${yaml}` };
    }
    return value.start === value.end ? this.insert(value.end, ` ${yaml}`) : this.replace(value, yaml);
  }

  /** Removes an entry of a mapping: whole lines in block style, with the comma in flow style. */
  removeEntry(map: MapNode, entry: Entry): TextEdit {
    return map.flow ? this.#cutFlow(map.entries, entry) : this.#cutBlock(map.entries, entry);
  }

  /** Removes an item of a sequence. */
  removeItem(seq: SeqNode, item: Node): TextEdit {
    return seq.flow ? this.#cutFlow(seq.items, item) : this.#cutBlock(seq.items, item);
  }

  /**
   * Adds an entry to a mapping.
   *
   * @param yaml the value; further lines of a block value are indented relative to the key
   * @param place before or behind which key it goes; at the end without it
   */
  addEntry(map: MapNode, key: string, yaml: string, place: { before?: string; after?: string } = {}): TextEdit {
    const before = place.before === undefined ? undefined : map.entry(place.before);
    const after = (place.after === undefined ? undefined : map.entry(place.after)) ?? map.entries.at(-1);
    if (map.flow) return this.#addFlow(map, `${key}: ${yaml}`, before, after);
    if (before !== undefined) {
      const indentation = this.columnOf(before.start);
      return this.insert(
        before.start,
        `${this.#block(key, yaml, indentation)}${this.lineBreak}${' '.repeat(indentation)}`,
      );
    }
    if (after === undefined) return this.insert(map.end, `${key}: ${yaml}`);
    const indentation = this.columnOf(after.start);
    const end = this.#lines.endOf(this.#lines.lineAt(this.lastOffset(after)));
    return this.insert(end, `${this.lineBreak}${' '.repeat(indentation)}${this.#block(key, yaml, indentation)}`);
  }

  /** Adds an entry to the mapping at `key` of `map`, and the mapping itself where it is missing. */
  addNested(
    map: MapNode,
    key: string,
    name: string,
    yaml: string,
    place: { before?: string; after?: string } = {},
  ): TextEdit {
    const inner = map.get(key);
    if (inner?.kind === 'map' && inner.entries.length > 0) return this.addEntry(inner, name, yaml);
    const entry = map.entry(key);
    if (entry !== undefined) return this.setValue(entry, `{ ${name}: ${yaml} }`);
    return map.flow
      ? this.addEntry(map, key, `{ ${name}: ${yaml} }`, place)
      : this.addEntry(map, key, `${this.lineBreak}  ${name}: ${yaml}`, place);
  }

  /** Adds an item to the end of a sequence. */
  addItem(seq: SeqNode, yaml: string): TextEdit {
    const last = seq.items.at(-1);
    if (last === undefined) return this.replace(seq, `[${yaml}]`);
    if (seq.flow) return this.insert(last.end, `, ${yaml}`);
    const dash = this.#text.lastIndexOf('-', last.start - 1);
    const end = this.#lines.endOf(this.#lines.lineAt(this.lastOffset(last)));
    return this.insert(end, `${this.lineBreak}${' '.repeat(this.columnOf(dash))}- ${yaml}`);
  }

  /** Puts a comment behind a line, or replaces the one that is there. */
  commentBehind(node: Range, comment: string): TextEdit {
    const lineEnd = this.#lines.endOf(this.#lines.lineAt(node.end));
    const rest = this.#text.slice(node.end, lineEnd);
    const old = /[ \t]+#.*$/.exec(rest);
    if (old === null) return this.insert(lineEnd, ` # ${comment}`);
    return { start: node.end + old.index, end: lineEnd, text: ` # ${comment}` };
  }

  /** Puts a line of its own above the line of a node, indented like it. */
  lineAbove(node: Range, line: string): TextEdit {
    const start = this.#lines.startOf(this.#lines.lineAt(node.start));
    const indentation = /^[ \t]*/.exec(this.#text.slice(start))?.[0] ?? '';
    return this.insert(start, `${indentation}${line}${this.lineBreak}`);
  }

  /** The number of characters before an offset on its line. */
  columnOf(offset: number): number {
    return offset - this.#lines.startOf(this.#lines.lineAt(offset));
  }

  /** Offset of the last character of a node that is no line break. */
  lastOffset(node: Range): number {
    let end = node.end;
    while (end > node.start + 1 && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return Math.max(node.start, end - 1);
  }

  #block(key: string, yaml: string, indentation: number): string {
    const lines = yaml.split(/\r?\n/);
    const text = lines.map((line, index) => (index === 0 || line === '' ? line : ' '.repeat(indentation) + line));
    const first = text[0] ?? '';
    return `${key}:${first === '' ? '' : ' '}${text.join(this.lineBreak)}`;
  }

  #addFlow(map: MapNode, entry: string, before: Entry | undefined, after: Entry | undefined): TextEdit {
    if (before !== undefined) return this.insert(before.start, `${entry}, `);
    if (after === undefined) return this.replace(map, `{ ${entry} }`);
    return this.insert(after.end, `, ${entry}`);
  }

  #cutBlock(siblings: readonly Range[], part: Range): TextEdit {
    const index = siblings.indexOf(part);
    const next = siblings[index + 1];
    const firstLine = this.#lines.lineAt(part.start);
    const lastLine = this.#lines.lineAt(this.lastOffset(part));
    const lineStart = this.#lines.startOf(firstLine);
    const lead = this.#text.slice(lineStart, part.start);
    const isItem = /^\s*-\s+$/.test(lead) && this.#text.charAt(part.start - 1) !== '\n';
    // The first entry of a sequence's item shares its line with the dash, which stays for the next entry.
    if (lead.trim() !== '' && !(isItem && this.#isSequence(siblings, part)) && next !== undefined)
      return { start: part.start, end: next.start, text: '' };
    const end = Math.min(this.#lines.startOf(lastLine + 1), this.#text.length);
    return { start: lineStart, end, text: '' };
  }

  /** Whether the siblings are items (each behind a dash) rather than entries. */
  #isSequence(siblings: readonly Range[], part: Range): boolean {
    return !siblings.some((sibling) => 'key' in sibling) && part.start >= 0;
  }

  #cutFlow(siblings: readonly Range[], part: Range): TextEdit {
    const index = siblings.indexOf(part);
    const next = siblings[index + 1];
    if (next !== undefined) return { start: part.start, end: next.start, text: '' };
    const previous = siblings[index - 1];
    return { start: previous?.end ?? part.start, end: part.end, text: '' };
  }
}

/** Content as YAML in the style of a scalar, quoted where a plain scalar would mean something else. */
export function quoteLike(node: ScalarNode, content: string): string {
  if (node.style === 'double') return JSON.stringify(content);
  if (node.style === 'single') return `'${content.replaceAll("'", "''")}'`;
  return plainIsSafe(content) ? content : `'${content.replaceAll("'", "''")}'`;
}

/** Whether YAML reads the text, unquoted, as the same string. */
export function plainIsSafe(content: string): boolean {
  return (
    content !== '' &&
    !/^[\s\-?:,[\]{}#&*!|>'"%@`]|: |\s#|:$|[\r\n]|\s$/.test(content.replace(/^[-?:](?=\S)/, 'x')) &&
    !/^(?:true|false|null|~|yes|no|on|off|[-+]?(?:\d[\d_.]*|\.\d+)(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|[-+]?\.inf|\.nan)$/i.test(
      content,
    )
  );
}
