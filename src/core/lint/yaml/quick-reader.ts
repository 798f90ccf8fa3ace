import { MapNode, ScalarNode, SeqNode } from './node';
import type { Entry, Node, YamlTree } from './node';
import { resolvePlain } from './plain';

/**
 * Reads the YAML that workflows are written in, some ten times faster than the complete library: block mappings and
 * sequences, scalars of every style, flow collections. Where a text goes beyond that (anchors, tags, tabs, several
 * documents) or is wrong, it gives up and returns undefined: the library reads the text then, and says what is wrong.
 * A property test holds that both read the same.
 */
export function readQuickly(text: string): YamlTree | undefined {
  if (unusual.test(text) || text.includes('\ufeff', 1)) return undefined;
  try {
    const root = new QuickReader(text).document();
    return { root, problems: [], anchors: [], aliases: [], explicitKeys: false };
  } catch (error) {
    if (error === giveUp) return undefined;
    throw error;
  }
}

/** Control characters, lone carriage returns, and line breaks that only Unicode knows. */
const unusual = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029\ufffe\uffff]|\r(?!\n)/;

/** Thrown to leave the text to the library; made once, since making one takes longer than reading a line. */
const giveUp = new Error('beyond the quick reader');

const newline = 10;
const carriageReturn = 13;
const space = 32;
const doubleQuote = 34;
const hash = 35;
const singleQuote = 39;
const comma = 44;
const dash = 45;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Characters that no plain scalar begins with: `! " # % & ' * , > @ [ ] { | } ` and the backquote. */
const reserved = new Set(Array.from('!"#%&\'*,>@[]{|}`', (character) => character.charCodeAt(0)));
const maxDepth = 100;

class QuickReader {
  readonly #text: string;
  readonly #length: number;
  /** Where the reader is. */
  #at = 0;
  /** Start of the line that the reader is on. */
  #line = 0;
  #depth = 0;
  /** How many flow collections the reader is in. */
  #flowLevel = 0;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
  }

  document(): Node | undefined {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = this.#line = 1;
    let column = this.#nextContent();
    if (column === 0 && this.#isMarker() && this.#code(this.#at) === dash) {
      this.#at += 3;
      this.#toLineEnd();
      column = this.#nextContent();
    }
    if (column < 0) return undefined;
    // What is indented behind a byte order mark, the library reads in its own way.
    if (column > 0 && this.#text.charCodeAt(0) === 0xfeff) throw giveUp;
    if (this.#isMarker()) throw giveUp;
    // JSON is YAML.
    const root = this.#code(this.#at) === openBrace ? this.#inline(-1) : this.#block(column);
    if (root.kind !== 'map' || this.#at < this.#length) throw giveUp;
    return root;
  }

  #code(at: number): number {
    // Behind the end this is NaN, which equals no character.
    return this.#text.charCodeAt(at);
  }

  #isBlank(code: number): boolean {
    return code === space || code === newline || code === carriageReturn || Number.isNaN(code);
  }

  #isLineEnd(at: number): boolean {
    const code = this.#code(at);
    return code === newline || code === carriageReturn || Number.isNaN(code);
  }

  #isClosing(at: number): boolean {
    return this.#code(at) === closeBracket || this.#code(at) === closeBrace;
  }

  /** `---`, `...` or a directive at the start of a line. */
  #isMarker(): boolean {
    const at = this.#at;
    if (at !== this.#line) return false;
    if (this.#code(at) === 37) return true;
    const three = this.#text.slice(at, at + 3);
    return (three === '---' || three === '...') && this.#isBlank(this.#code(at + 3));
  }

  /**
   * Goes to the first character of the next line that is neither blank nor a comment, from the start of a line.
   *
   * @returns its column, or -1 at the end of the text
   */
  #nextContent(): number {
    for (;;) {
      const start = this.#at;
      let at = start;
      while (this.#code(at) === space) at++;
      const code = this.#code(at);
      if (code === 9) throw giveUp;
      if (Number.isNaN(code)) {
        this.#at = this.#length;
        this.#line = start;
        return -1;
      }
      if (code === newline || code === carriageReturn || code === hash) {
        const end = this.#text.indexOf('\n', at);
        this.#at = end < 0 ? this.#length : end + 1;
        continue;
      }
      this.#line = start;
      this.#at = at;
      return at - start;
    }
  }

  /** Goes over what may stand behind a value to the start of the next line. */
  #toLineEnd(): void {
    let at = this.#at;
    while (this.#code(at) === space) at++;
    if (this.#code(at) === hash && at > this.#at) {
      const end = this.#text.indexOf('\n', at);
      this.#at = end < 0 ? this.#length : end + 1;
      return;
    }
    if (!this.#isLineEnd(at)) throw giveUp;
    if (this.#code(at) === carriageReturn) at++;
    this.#at = Math.min(at + 1, this.#length);
  }

  /** The node that begins here, on a line of its own or behind a dash; leaves the reader at the next line with content. */
  #block(column: number): Node {
    if (++this.#depth > maxDepth) throw giveUp;
    const code = this.#code(this.#at);
    let node: Node;
    if (code === dash && this.#isBlank(this.#code(this.#at + 1))) node = this.#sequence(column);
    else if (this.#keyEnd() >= 0) node = this.#mapping(column);
    else throw giveUp;
    this.#depth--;
    return node;
  }

  /** The end of the key that begins here, or -1 where no key does. */
  #keyEnd(): number {
    const code = this.#code(this.#at);
    if (code === doubleQuote || code === singleQuote) {
      const end = this.#quotedEnd(this.#at, code);
      let at = end;
      while (this.#code(at) === space) at++;
      return this.#code(at) === colon && this.#isBlank(this.#code(at + 1)) ? end : -1;
    }
    if (reserved.has(code)) return -1;
    if ((code === dash || code === 63 || code === colon) && this.#isBlank(this.#code(this.#at + 1))) throw giveUp;
    const end = this.#plainEnd();
    return this.#code(end) === colon ? this.#trimmed(this.#at, end) : -1;
  }

  /** Where a plain scalar on this line ends: at `: `, ` #` or the line's end. */
  #plainEnd(): number {
    let at = this.#at;
    for (;;) {
      const code = this.#code(at);
      if (code === newline || code === carriageReturn || Number.isNaN(code)) return at;
      if (code === colon && this.#isBlank(this.#code(at + 1))) return at;
      if (code === hash && this.#code(at - 1) === space) return at;
      // A tab separates too, in ways that are better left to the library.
      if (code === 9) throw giveUp;
      at++;
    }
  }

  #trimmed(start: number, end: number): number {
    let at = end;
    while (at > start && this.#code(at - 1) === space) at--;
    return at;
  }

  #mapping(column: number): MapNode {
    const entries: Entry[] = [];
    const start = this.#at;
    for (;;) {
      if (this.#isMarker()) throw giveUp;
      const keyEnd = this.#keyEnd();
      if (keyEnd < 0) throw giveUp;
      const key = this.#inlineScalar(this.#at, keyEnd);
      let at = keyEnd;
      while (this.#code(at) === space) at++;
      this.#at = at + 1;
      const value = this.#value(column, at + 1);
      entries.push({ key, value, start: key.start, end: Math.max(value.end, at + 1) });
      const next = this.#at < this.#length ? this.#column() : -1;
      if (next > column) throw giveUp;
      if (next < column) return new MapNode(start, entries.at(-1)?.end ?? start, entries, false);
    }
  }

  #sequence(column: number): SeqNode {
    const items: Node[] = [];
    const start = this.#at;
    for (;;) {
      const dashAt = this.#at;
      this.#at++;
      items.push(this.#item(column, dashAt));
      const next = this.#at < this.#length ? this.#column() : -1;
      if (next > column) throw giveUp;
      const more = next === column && this.#code(this.#at) === dash && this.#isBlank(this.#code(this.#at + 1));
      if (!more) return new SeqNode(start, Math.max(start + 1, items.at(-1)?.end ?? 0), items, false);
      if (this.#isMarker()) throw giveUp;
    }
  }

  #column(): number {
    return this.#at - this.#line;
  }

  #item(column: number, dashAt: number): Node {
    let at = this.#at;
    while (this.#code(at) === space) at++;
    if (this.#isLineEnd(at) || this.#code(at) === hash) return this.#below(column, dashAt + 1, false);
    this.#at = at;
    const code = this.#code(at);
    const nested = code === dash && this.#isBlank(this.#code(at + 1));
    if (nested || (!isFlowOrBlockScalar(code) && this.#keyEnd() >= 0)) return this.#block(this.#column());
    return this.#inline(column);
  }

  /** The value of a key; the reader is behind the colon. */
  #value(column: number, behindColon: number): Node {
    let at = this.#at;
    while (this.#code(at) === space) at++;
    if (this.#isLineEnd(at) || this.#code(at) === hash) return this.#below(column, behindColon, true);
    this.#at = at;
    const code = this.#code(at);
    if (code === dash && this.#isBlank(this.#code(at + 1))) throw giveUp;
    return this.#inline(column);
  }

  /** What stands on the lines below, if it is indented deeper; otherwise nothing, at `empty`. */
  #below(column: number, empty: number, dashesToo: boolean): Node {
    this.#toLineEnd();
    const next = this.#nextContent();
    if (this.#isMarker() && next === 0) throw giveUp;
    const dashes =
      dashesToo && next === column && this.#code(this.#at) === dash && this.#isBlank(this.#code(this.#at + 1));
    if (next > column || dashes) {
      const code = this.#code(this.#at);
      const isDash = code === dash && this.#isBlank(this.#code(this.#at + 1));
      if (!isDash && (isFlowOrBlockScalar(code) || this.#keyEnd() < 0)) return this.#inline(column);
      return this.#block(next);
    }
    return new ScalarNode(empty, empty, null, '', 'plain');
  }

  /** A scalar or flow collection that begins on this line, inside something at `column`. */
  #inline(column: number): Node {
    const code = this.#code(this.#at);
    if (code === 124 || code === 62) return this.#blockScalar(column, code === 124);
    let node: Node;
    if (code === openBracket || code === openBrace) node = this.#flow(column);
    else if (code === doubleQuote || code === singleQuote) {
      node = this.#inlineScalar(this.#at, this.#quotedEnd(this.#at, code));
      this.#at = node.end;
    } else return this.#plain(column);
    this.#toLineEnd();
    this.#nextContent();
    return node;
  }

  /** A plain scalar, over as many lines as are indented deeper. */
  #plain(column: number): ScalarNode {
    const start = this.#at;
    const first = this.#code(start);
    if (reserved.has(first)) throw giveUp;
    if ((first === dash || first === 63 || first === colon) && this.#isBlank(this.#code(start + 1))) throw giveUp;
    let lineEnd = this.#plainEnd();
    if (this.#code(lineEnd) === colon) throw giveUp;
    let end = this.#trimmed(start, lineEnd);
    let text = this.#text.slice(start, end);
    for (;;) {
      const commented = this.#code(lineEnd) === hash;
      this.#at = lineEnd;
      this.#skipLine();
      const below = this.#at;
      const next = this.#nextContent();
      if (next <= column) break;
      if (commented || this.#isMarker()) throw giveUp;
      const between = this.#text.slice(below, this.#line);
      // A comment between two lines ends the scalar, and the second line is an error then.
      if (between.includes('#')) throw giveUp;
      const breaks = between.split('\n').length - 1;
      const from = this.#at;
      lineEnd = this.#plainEnd();
      if (this.#code(lineEnd) === colon) throw giveUp;
      end = this.#trimmed(from, lineEnd);
      text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + this.#text.slice(from, end);
    }
    return new ScalarNode(start, end, resolvePlain(text), text, 'plain');
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#length : end + 1;
  }

  /** The offset behind the closing quote of a quoted scalar on one line. */
  #quotedEnd(start: number, quote: number): number {
    for (let at = start + 1; ; at++) {
      const code = this.#code(at);
      if (code === newline || Number.isNaN(code)) throw giveUp;
      if (code === backslash && quote === doubleQuote) at++;
      else if (code === quote) {
        if (quote === doubleQuote || this.#code(at + 1) !== quote) return at + 1;
        at++;
      }
    }
  }

  /** A scalar whose extent is known: quoted or plain, on one line. */
  #inlineScalar(start: number, end: number): ScalarNode {
    const code = this.#code(start);
    const inner = this.#text.slice(start + 1, end - 1);
    if (code === singleQuote) {
      const text = inner.includes("'") ? inner.replaceAll("''", "'") : inner;
      return new ScalarNode(start, end, text, text, 'single');
    }
    if (code === doubleQuote) {
      const text = inner.includes('\\') ? unescape(inner) : inner;
      return new ScalarNode(start, end, text, text, 'double');
    }
    const text = this.#text.slice(start, end);
    return new ScalarNode(start, end, resolvePlain(text), text, 'plain');
  }

  #blockScalar(column: number, literal: boolean): ScalarNode {
    const start = this.#at;
    const header = /^[|>]([-+]?)[ ]*(?: #[^\n]*)?\r?(?:\n|$)/.exec(this.#text.slice(start, start + 200));
    if (header === null) throw giveUp;
    this.#at = start + header[0].length;
    const lines: string[] = [];
    let end = start + 1 + (header[1]?.length ?? 0);
    let indentation = -1;
    // White space behind the last text is text as well, in ways that are better left to the library.
    let trailingSpace = false;
    while (this.#at < this.#length) {
      const lineStart = this.#at;
      let at = lineStart;
      while (this.#code(at) === space) at++;
      const breakAt = this.#text.indexOf('\n', at);
      let lineEnd = breakAt < 0 ? this.#length : breakAt;
      if (this.#code(lineEnd - 1) === carriageReturn && lineEnd > at) lineEnd--;
      const indent = at - lineStart;
      if (at === lineEnd) {
        // White space deeper than the text is text, or wrong before it.
        const deep = indent > (indentation < 0 ? column + 1 : indentation);
        if (deep && (indentation < 0 || !literal)) throw giveUp;
        trailingSpace ||= deep;
        if (breakAt >= 0) lines.push(deep ? ' '.repeat(indent - indentation) : '');
        else if (indent > 0) throw giveUp;
      } else {
        if (indent <= column) break;
        if (indentation < 0) {
          if (this.#code(at) === 9 || lines.some((_, index) => index > 50)) throw giveUp;
          indentation = indent;
        }
        if (indent < indentation) throw giveUp;
        lines.push(this.#text.slice(lineStart + indentation, lineEnd));
        trailingSpace = false;
        end = lineEnd;
      }
      this.#at = breakAt < 0 ? this.#length : breakAt + 1;
    }
    if (trailingSpace) throw giveUp;
    // Without a final line break there is none to keep.
    if (this.#at >= this.#length && this.#code(this.#length - 1) !== newline && header[1] === '+') throw giveUp;
    const text = join(lines, literal, header[1] ?? '');
    if (indentation < 0 && (header[1] === '+' || this.#code(this.#length - 1) !== newline)) throw giveUp;
    this.#nextContent();
    return new ScalarNode(start, end, text, text, literal ? 'literal' : 'folded');
  }

  #flow(column: number): Node {
    if (++this.#depth > maxDepth) throw giveUp;
    this.#flowLevel++;
    const start = this.#at;
    const isSeq = this.#code(start) === openBracket;
    const close = isSeq ? closeBracket : closeBrace;
    const items: Node[] = [];
    const entries: Entry[] = [];
    this.#at++;
    for (;;) {
      this.#flowSpace(column);
      if (this.#code(this.#at) === close) break;
      if (isSeq) items.push(this.#flowItem(column));
      else entries.push(this.#flowEntry(column));
      this.#flowSpace(column);
      const code = this.#code(this.#at);
      if (code === comma) this.#at++;
      else if (code !== close) throw giveUp;
    }
    this.#at++;
    this.#depth--;
    this.#flowLevel--;
    return isSeq ? new SeqNode(start, this.#at, items, true) : new MapNode(start, this.#at, entries, true);
  }

  /** An item of a flow sequence; `a: b` is a mapping of its own there. */
  #flowItem(column: number): Node {
    const node = this.#flowValue(column);
    let at = this.#at;
    while (this.#code(at) === space) at++;
    if (this.#code(at) !== colon) return node;
    this.#at = node.start;
    const entry = this.#flowEntry(column);
    return new MapNode(entry.start, entry.end, [entry], true);
  }

  #flowEntry(column: number): Entry {
    const key = this.#flowValue(column);
    if (key.kind !== 'scalar') throw giveUp;
    const keyEnd = this.#at;
    this.#flowSpace(column);
    if (this.#code(this.#at) !== colon || this.#text.slice(keyEnd, this.#at).includes('\n')) throw giveUp;
    const behind = ++this.#at;
    if (!this.#isBlank(this.#code(behind))) throw giveUp;
    this.#flowSpace(column);
    const code = this.#code(this.#at);
    if (code === comma || code === closeBrace) throw giveUp;
    const value = this.#flowValue(column);
    return { key, value, start: key.start, end: value.end };
  }

  #flowValue(column: number): Node {
    const code = this.#code(this.#at);
    if (code === openBracket || code === openBrace) return this.#flow(column);
    const start = this.#at;
    if (code === doubleQuote || code === singleQuote) {
      const scalar = this.#inlineScalar(start, this.#quotedEnd(start, code));
      this.#at = scalar.end;
      return scalar;
    }
    if (
      reserved.has(code) ||
      ((code === dash || code === 63 || code === colon) && !isPlainBehind(this.#code(start + 1)))
    )
      throw giveUp;
    let at = start;
    for (;;) {
      const next = this.#code(at);
      if (next === comma || next === closeBracket || next === closeBrace || this.#isLineEnd(at)) break;
      if (next === openBracket || next === openBrace || next === 9) throw giveUp;
      if (next === colon) {
        const behind = this.#code(at + 1);
        if (this.#isBlank(behind)) break;
        if (behind === comma || behind === closeBracket || behind === closeBrace) throw giveUp;
      }
      if (next === hash && this.#code(at - 1) === space) break;
      at++;
    }
    const end = this.#trimmed(start, at);
    if (end === start) throw giveUp;
    this.#at = end;
    return this.#inlineScalar(start, end);
  }

  /** Goes over white space, line breaks and comments inside a flow collection. */
  #flowSpace(column: number): void {
    for (;;) {
      const code = this.#code(this.#at);
      if (code === space || code === carriageReturn) this.#at++;
      else if (code === newline) {
        this.#line = ++this.#at;
        let at = this.#at;
        while (this.#code(at) === space) at++;
        const closing = this.#flowLevel === 1 && at - this.#line === column && this.#isClosing(at);
        if (!this.#isLineEnd(at) && at - this.#line <= column && !closing) throw giveUp;
      } else if (code === hash) {
        const before = this.#code(this.#at - 1);
        if (before !== space && before !== newline) throw giveUp;
        const end = this.#text.indexOf('\n', this.#at);
        if (end < 0) throw giveUp;
        this.#at = end;
      } else return;
    }
  }
}

function isFlowOrBlockScalar(code: number): boolean {
  return code === openBracket || code === openBrace || code === 124 || code === 62;
}

/** What makes `-`, `?` and `:` the beginning of a plain scalar in a flow collection. */
function isPlainBehind(code: number): boolean {
  return (
    code > space &&
    code !== comma &&
    code !== closeBracket &&
    code !== closeBrace &&
    code !== openBracket &&
    code !== openBrace
  );
}

/** The content of a block scalar. */
function join(lines: readonly string[], literal: boolean, chomping: string): string {
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last--;
  if (last === 0) return '';
  const body = literal ? lines.slice(0, last).join('\n') : fold(lines.slice(0, last));
  if (chomping === '-') return body;
  return body + '\n'.repeat(chomping === '+' ? lines.length - last + 1 : 1);
}

/**
 * Lines become words of one line, and empty lines line breaks; lines that are indented deeper stay lines of their own.
 */
function fold(lines: readonly string[]): string {
  const start = lines.findIndex((line) => line !== '');
  let text = '\n'.repeat(start);
  let separator = '';
  let deeper = false;
  for (const line of lines.slice(start)) {
    const first = line.charCodeAt(0);
    if (first === space || first === 9) {
      if (separator === ' ') separator = '\n';
      else if (!deeper && separator === '\n') separator = '\n\n';
      text += separator + line;
      separator = '\n';
      deeper = true;
    } else if (line !== '') {
      text += separator + line;
      separator = ' ';
      deeper = false;
    } else if (separator === '\n') text += '\n';
    else separator = '\n';
  }
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function unescape(inner: string): string {
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(.?))/gs,
    (_, byte?: string, unit?: string, name?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      const known = escapes[name ?? ''];
      if (known === undefined) throw giveUp;
      return known;
    },
  );
}
