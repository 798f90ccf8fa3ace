import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Alias as LibraryAlias, Node as LibraryNode, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { describe } from './problem';
import { MapNode, ScalarNode, SeqNode } from './node';
import type { Alias, Anchor, Entry, Node, ScalarStyle, ScalarValue, YamlTree } from './node';

/** Nested deeper than this, a file is not a workflow, and recursion over it is not safe. */
const maxDepth = 200;
const maxProblems = 1000;
/** Aliases make a tree larger than its text; everything that walks over it has to end. */
const maxNodes = 100_000;

/** The end of what stands before a key behind `? `. */
const explicitKey = /(?:^|[\n{,]|[-:?][ \t])[ \t]*\?\s+(?:[&!]\S+\s+)*$/;

class TooDeep extends Error {}

/** Reads any YAML with the `yaml` library. Complete, and several times slower than the quick reader. */
export function readWithLibrary(text: string): YamlTree {
  if (opensTooDeep(text)) return unreadable('This file is nested too deeply to be read.');
  try {
    return new Conversion(text).tree();
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError)
      return unreadable('This file is nested too deeply to be read.');
    return unreadable(`This file cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function unreadable(message: string): YamlTree {
  return { root: undefined, problems: [{ start: 0, end: 0, message }], anchors: [], aliases: [], explicitKeys: false };
}

/** Cheap guard before the library recurses: a line such as `[[[[…` or `- - - …` hundreds of levels deep. */
function opensTooDeep(text: string): boolean {
  return /(?:[[{][ \t]*){300}/.test(text) || /(?:[-?:][ \t]+){300}/.test(text);
}

/** How many nodes a walk meets that goes into every alias. */
function expandedSize(root: Node): number {
  const sizes = new Map<Node, number>();
  const size = (node: Node): number => {
    if (node.kind === 'scalar') return 1;
    let sum = sizes.get(node);
    if (sum !== undefined) return sum;
    const parts = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items;
    sum = parts.reduce((total, part) => total + size(part), 1);
    sizes.set(node, sum);
    return sum;
  };
  return size(root);
}

class Conversion {
  readonly #text: string;
  readonly #anchors: Anchor[] = [];
  readonly #aliases: Alias[] = [];
  /** The node an anchor stands for; none while that node is still being read. */
  readonly #anchored = new Map<string, { readonly anchor: Anchor; node?: Node }>();
  #depth = 0;
  #explicitKeys = false;

  constructor(text: string) {
    this.#text = text;
  }

  tree(): YamlTree {
    const document = parseDocument(this.#text, {
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      merge: false,
    });
    const contents: LibraryNode | null = document.contents;
    const root = contents === null ? undefined : this.#node(contents, 0);
    const problems = document.errors.slice(0, maxProblems).map((error) => describe(error, this.#text, root));
    if (root !== undefined && this.#aliases.length > 0 && expandedSize(root) > maxNodes)
      return unreadable('The aliases of this file expand to more than 100,000 values.');
    const empty = root?.kind === 'scalar' && root.isNull && root.start === root.end;
    const explicitKeys = this.#explicitKeys;
    return { root: empty ? undefined : root, problems, anchors: this.#anchors, aliases: this.#aliases, explicitKeys };
  }

  #node(node: unknown, fallback: number): Node {
    if (isAlias(node)) return this.#alias(node);
    if (++this.#depth > maxDepth) throw new TooDeep();
    const name = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    const start = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? fallback) : fallback;
    if (name === undefined) {
      const converted = this.#own(node, start);
      this.#depth--;
      return converted;
    }
    const at = Math.max(0, this.#text.lastIndexOf(`&${name}`, start));
    const anchor = { name, start: at, end: at + name.length + 1 };
    const anchored: { anchor: Anchor; node?: Node } = { anchor };
    this.#anchors.push(anchor);
    this.#anchored.set(name, anchored);
    anchored.node = this.#own(node, start);
    this.#depth--;
    return anchored.node;
  }

  #own(node: unknown, start: number): Node {
    if (isMap(node)) return this.#map(node, start);
    if (isSeq(node)) return this.#seq(node, start);
    if (isScalar(node)) return this.#scalar(node, start);
    return new ScalarNode(start, start, null, '', 'plain');
  }

  #alias(alias: LibraryAlias): Node {
    const start = alias.range?.[0] ?? 0;
    const end = start + alias.source.length + 1;
    const anchored = this.#anchored.get(alias.source);
    const recursive = anchored !== undefined && anchored.node === undefined;
    this.#aliases.push({ name: alias.source, start, end, anchor: anchored?.anchor, recursive });
    return anchored?.node ?? new ScalarNode(start, end, null, '', 'plain');
  }

  #map(map: YAMLMap, start: number): MapNode {
    const entries: Entry[] = [];
    let end = start;
    for (const pair of map.items as unknown[]) {
      if (!isPair(pair)) continue;
      const entry = this.#entry(pair, end);
      entries.push(entry);
      end = Math.max(end, entry.end);
    }
    const flow = map.flow === true;
    return new MapNode(start, flow ? (map.range?.[1] ?? end) : end, entries, flow);
  }

  #entry(pair: Pair, fallback: number): Entry {
    const key = this.#key(pair.key, fallback);
    if (!isScalar(pair.key) || explicitKey.test(this.#text.slice(Math.max(0, key.start - 200), key.start)))
      this.#explicitKeys = true;
    const colon = this.#text.indexOf(':', key.end);
    const behind = colon < 0 || this.#text.slice(key.end, colon).trim() !== '' ? key.end : colon + 1;
    let value = pair.value === null ? undefined : this.#node(pair.value, behind);
    if (value === undefined || (value.kind === 'scalar' && value.isNull && value.start === value.end))
      value = new ScalarNode(behind, behind, null, '', 'plain');
    // A value reached through an alias lies elsewhere; the entry ends with the alias then.
    const end = isAlias(pair.value) ? (pair.value.range?.[1] ?? behind) : Math.max(value.end, behind);
    return { key, value, start: key.start, end };
  }

  /** Keys are text; a collection as a key keeps its source as its text, so that it is an unknown key. */
  #key(key: unknown, fallback: number): ScalarNode {
    const node = this.#node(key, fallback);
    if (node.kind === 'scalar') return node;
    const source = this.#text.slice(node.start, node.end);
    return new ScalarNode(node.start, node.end, source, source, 'plain');
  }

  #seq(seq: YAMLSeq, start: number): SeqNode {
    const items: Node[] = [];
    let end = start;
    for (const item of seq.items) {
      // In a flow sequence, `a: b` is a mapping of one entry.
      const node = isPair(item) ? this.#pairAsMap(item, end) : this.#item(item, end, seq.flow === true);
      items.push(node);
      const itemEnd = isAlias(item) ? (item.range?.[1] ?? end) : node.end;
      end = Math.max(end, itemEnd);
    }
    const flow = seq.flow === true;
    return new SeqNode(start, flow ? (seq.range?.[1] ?? end) : end, items, flow);
  }

  #item(item: unknown, fallback: number, flow: boolean): Node {
    const node = this.#node(item, fallback);
    if (flow || node.kind !== 'scalar' || !node.isNull || node.start !== node.end) return node;
    const behindDash = this.#text.lastIndexOf('-', Math.max(0, node.start - 1)) + 1;
    return new ScalarNode(behindDash, behindDash, null, '', 'plain');
  }

  #pairAsMap(pair: Pair, fallback: number): MapNode {
    const entry = this.#entry(pair, fallback);
    return new MapNode(entry.start, entry.end, [entry], true);
  }

  /** A block scalar ends with its last line that has text, not with the blank lines that may belong to it. */
  #lastOf(start: number, end: number): number {
    let last = end;
    for (;;) {
      const lineStart = this.#text.lastIndexOf('\n', last - 1) + 1;
      if (lineStart <= start || this.#text.slice(lineStart, last).trim() !== '') break;
      last = lineStart - 1;
    }
    return this.#text.charAt(last - 1) === '\r' ? last - 1 : last;
  }

  #scalar(scalar: Scalar, start: number): ScalarNode {
    const end = this.#lastOf(start, scalar.range?.[1] ?? start);
    const style = styles[scalar.type ?? 'PLAIN'] ?? 'plain';
    const value = plainValue(scalar.value);
    if (style === 'plain') {
      const text = scalar.source ?? this.#text.slice(start, end);
      return new ScalarNode(start, end, value === undefined ? text : value, text, style);
    }
    const text = scalar.source ?? String(scalar.value);
    return new ScalarNode(start, end, value === undefined ? text : value, text, style);
  }
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function plainValue(value: unknown): ScalarValue | undefined {
  if (value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
