/** A half-open span of UTF-16 offsets in the text of a document. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type ScalarValue = string | number | boolean | null;
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/**
 * The tree that rules see. Aliases are resolved: a node reached through `*name` is the anchored node itself, with the
 * anchored node's range.
 */
export type Node = MapNode | SeqNode | ScalarNode;

export class ScalarNode implements Range {
  readonly kind = 'scalar';
  readonly start: number;
  readonly end: number;
  /** The value by YAML 1.2's core schema. */
  readonly value: ScalarValue;
  /** The content as a string: unquoted, unfolded; for a plain scalar as it was written (`1.10`, `~`). */
  readonly text: string;
  readonly style: ScalarStyle;

  constructor(start: number, end: number, value: ScalarValue, text: string, style: ScalarStyle) {
    this.start = start;
    this.end = end;
    this.value = value;
    this.text = text;
    this.style = style;
  }

  /** Whether nothing was written, or `null` or `~`. */
  get isNull(): boolean {
    return this.value === null;
  }
}

/** `key: value` of a mapping. An absent value is a null scalar of length 0 right after the colon. */
export interface Entry extends Range {
  readonly key: ScalarNode;
  readonly value: Node;
}

export class MapNode implements Range {
  readonly kind = 'map';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  /** Written as `{a: b}`. */
  readonly flow: boolean;

  constructor(start: number, end: number, entries: readonly Entry[], flow: boolean) {
    this.start = start;
    this.end = end;
    this.entries = entries;
    this.flow = flow;
  }

  /** The first entry with exactly this key. */
  entry(key: string): Entry | undefined {
    for (const entry of this.entries) if (entry.key.text === key) return entry;
    return undefined;
  }

  get(key: string): Node | undefined {
    return this.entry(key)?.value;
  }

  scalar(key: string): ScalarNode | undefined {
    const node = this.entry(key)?.value;
    return node?.kind === 'scalar' ? node : undefined;
  }

  map(key: string): MapNode | undefined {
    const node = this.entry(key)?.value;
    return node?.kind === 'map' ? node : undefined;
  }

  seq(key: string): SeqNode | undefined {
    const node = this.entry(key)?.value;
    return node?.kind === 'seq' ? node : undefined;
  }
}

export class SeqNode implements Range {
  readonly kind = 'seq';
  readonly start: number;
  readonly end: number;
  readonly items: readonly Node[];
  /** Written as `[a, b]`. */
  readonly flow: boolean;

  constructor(start: number, end: number, items: readonly Node[], flow: boolean) {
    this.start = start;
    this.end = end;
    this.items = items;
    this.flow = flow;
  }
}

/** `&name` as it stands in the text. */
export interface Anchor extends Range {
  readonly name: string;
}

/** `*name` as it stands in the text. */
export interface Alias extends Range {
  readonly name: string;
  /** What it stands for; absent where there is no such anchor before it. */
  readonly anchor: Anchor | undefined;
  /** It lies inside of what it stands for. */
  readonly recursive: boolean;
}

/** What is wrong with the YAML itself. */
export interface YamlProblem extends Range {
  readonly message: string;
}

/** One file, read. */
export interface YamlTree {
  /** Absent for an empty file and where nothing could be read. */
  readonly root: Node | undefined;
  readonly problems: readonly YamlProblem[];
  readonly anchors: readonly Anchor[];
  readonly aliases: readonly Alias[];
  /** Some mapping has keys behind `? `, which nobody writes by hand: edits would break such a mapping. */
  readonly explicitKeys: boolean;
}

/** A scalar, or the scalars of a sequence: the shape of `needs`, `branches`, `types`, … */
export function scalars(node: Node | undefined): ScalarNode[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return node.isNull ? [] : [node];
  if (node.kind === 'seq') return node.items.filter((item) => item.kind === 'scalar');
  return [];
}
