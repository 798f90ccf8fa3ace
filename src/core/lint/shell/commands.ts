import type { ScalarNode } from '../yaml/node';

/** A word of a command; offsets count in the script. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** Without quotes; expansions as they are written. */
  readonly text: string;
  /** It contains `$…`, a backtick or `${{ }}`, so that its value is not known. */
  readonly dynamic: boolean;
}

export interface Redirect {
  /** `>`, `>>`, `<`, … without a file descriptor. */
  readonly operator: string;
  readonly target: Word;
}

/** A simple command, such as `cargo test --locked`. */
export interface Command {
  readonly start: number;
  readonly end: number;
  /** Without assignments in front. Empty for the redirections of a group. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Its standard input is the output of the command before it. */
  readonly piped: boolean;
  /** The bodies of its here-documents. */
  readonly heredocs: readonly { readonly text: string; readonly dynamic: boolean }[];
}

const cache = new WeakMap<ScalarNode, readonly Command[]>();

/** The commands of a `run:` script, in order; those inside `$( )` and backticks too. */
export function commandsOf(script: ScalarNode): readonly Command[] {
  let commands = cache.get(script);
  if (commands === undefined) cache.set(script, (commands = readCommands(script.text)));
  return commands;
}

/** Reads a script for a POSIX shell. Close enough for PowerShell's plain commands; never fails. */
export function readCommands(script: string): Command[] {
  const reader = new Reader(script, 0, script.length, 0);
  reader.read();
  return reader.commands.sort((a, b) => a.start - b.start);
}

/** Words that stand before a command without being part of it. */
const keywords = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '}', 'time', 'fi', 'done']);
/** A script nested deeper than this is not read further. */
const maxDepth = 10;

class Reader {
  readonly commands: Command[] = [];
  readonly #text: string;
  readonly #end: number;
  readonly #depth: number;
  #at: number;
  #words: Word[] = [];
  #redirects: Redirect[] = [];
  #heredocs: { text: string; dynamic: boolean }[] = [];
  #pending: { delimiter: string; quoted: boolean; strip: boolean; into: { text: string; dynamic: boolean }[] }[] = [];
  #piped = false;

  constructor(text: string, start: number, end: number, depth: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#depth = depth;
  }

  read(): void {
    while (this.#at < this.#end) {
      const character = this.#text.charAt(this.#at);
      if (character === '\n') {
        this.#finish(false);
        this.#at++;
        this.#readHeredocs();
      } else if (/\s/.test(character)) this.#at++;
      else if (character === '\\' && /^\\\r?\n/.test(this.#text.slice(this.#at, this.#at + 3)))
        this.#at = this.#text.indexOf('\n', this.#at) + 1;
      else if (character === '#') this.#skipLine();
      else if (character === ';' || character === '(' || character === ')') {
        this.#finish(false);
        this.#at++;
      } else if (character === '&' && this.#text.charAt(this.#at + 1) !== '>') {
        this.#finish(false);
        this.#at += this.#text.charAt(this.#at + 1) === '&' ? 2 : 1;
      } else if (character === '|') {
        const or = this.#text.charAt(this.#at + 1) === '|';
        this.#finish(!or);
        this.#at += or || this.#text.charAt(this.#at + 1) === '&' ? 2 : 1;
      } else if (this.#redirect()) continue;
      else this.#take(this.#word());
    }
    this.#finish(false);
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#end : Math.min(end, this.#end);
  }

  #take(word: Word): void {
    if (this.#words.length === 0 && this.#redirects.length === 0) {
      if (keywords.has(word.text)) return;
      if (/^[A-Za-z_]\w*\+?=/.test(word.text)) return;
    }
    this.#words.push(word);
  }

  #redirect(): boolean {
    const match = /^(?:\d|&)?(<<<|<<-?|>>|>\||<>|>&|<&|>|<)/.exec(this.#text.slice(this.#at, this.#at + 5));
    if (match === null) return false;
    const operator = match[1] ?? '';
    this.#at += match[0].length;
    while (this.#at < this.#end && /[ \t]/.test(this.#text.charAt(this.#at))) this.#at++;
    const from = this.#at;
    const target = this.#word();
    if (operator === '<<' || operator === '<<-') {
      const quoted = /['"\\]/.test(this.#text.slice(from, this.#at));
      this.#pending.push({ delimiter: target.text, quoted, strip: operator === '<<-', into: this.#heredocs });
    } else this.#redirects.push({ operator, target });
    return true;
  }

  #readHeredocs(): void {
    for (const { delimiter, quoted, strip, into } of this.#pending) {
      const lines: string[] = [];
      while (this.#at < this.#end) {
        let end = this.#text.indexOf('\n', this.#at);
        if (end < 0 || end > this.#end) end = this.#end;
        const line = this.#text.slice(this.#at, end).replace(/\r$/, '');
        this.#at = end + 1;
        if ((strip ? line.trimStart() : line) === delimiter) break;
        lines.push(line);
      }
      const text = lines.join('\n');
      into.push({ text, dynamic: quoted ? text.includes('${{') : /[$`]/.test(text) });
    }
    this.#pending = [];
  }

  #finish(piped: boolean): void {
    const first = this.#words[0] ?? this.#redirects[0]?.target;
    if (first !== undefined) {
      const last = this.#redirects.at(-1)?.target.end ?? 0;
      this.commands.push({
        start: first.start,
        end: Math.max(this.#words.at(-1)?.end ?? first.end, last),
        words: this.#words,
        redirects: this.#redirects,
        piped: this.#piped,
        heredocs: this.#heredocs,
      });
      this.#words = [];
      this.#redirects = [];
      this.#heredocs = [];
    }
    this.#piped = piped;
  }

  #word(): Word {
    const start = this.#at;
    let text = '';
    let dynamic = false;
    let quote = '';
    while (this.#at < this.#end) {
      const character = this.#text.charAt(this.#at);
      if (this.#text.startsWith('${{', this.#at)) {
        const close = this.#text.indexOf('}}', this.#at);
        const end = close < 0 ? this.#end : close + 2;
        text += this.#text.slice(this.#at, end);
        this.#at = end;
        dynamic = true;
      } else if (quote === "'") {
        if (character === "'") quote = '';
        else text += character;
        this.#at++;
      } else if (character === '\\') {
        const next = this.#text.charAt(this.#at + 1);
        if (next !== '\n') text += next;
        this.#at += 2;
      } else if (character === '`' || (character === '$' && this.#text.charAt(this.#at + 1) === '(')) {
        dynamic = true;
        const from = this.#at;
        this.#substitution();
        text += this.#text.slice(from, this.#at);
      } else if (character === '$') {
        dynamic = true;
        const name = /^\$(?:\{[^}]*\}?|[A-Za-z_:]\w*(?::\w+)?|.)?/s.exec(this.#text.slice(this.#at, this.#at + 200));
        text += name?.[0] ?? character;
        this.#at += Math.max(1, name?.[0].length ?? 1);
      } else if (quote === '"') {
        if (character === '"') quote = '';
        else text += character;
        this.#at++;
      } else if (character === '"' || character === "'") {
        quote = character;
        this.#at++;
      } else if (/[\s;&|()<>]/.test(character)) break;
      else {
        text += character;
        this.#at++;
      }
    }
    if (this.#at === start) this.#at++;
    this.#at = Math.min(this.#at, this.#end);
    return { start, end: this.#at, text, dynamic };
  }

  /** Steps over `$( )` or backticks and reads what is inside. */
  #substitution(): void {
    const backtick = this.#text.charAt(this.#at) === '`';
    const start = this.#at + (backtick ? 1 : 2);
    const end = backtick ? this.#text.indexOf('`', start) : this.#closing(start);
    const inner = end < 0 ? this.#end : Math.min(end, this.#end);
    this.#at = Math.min(inner + 1, this.#end);
    if (this.#depth >= maxDepth || (!backtick && this.#text.charAt(start) === '(')) return;
    const reader = new Reader(this.#text, start, inner, this.#depth + 1);
    reader.read();
    this.commands.push(...reader.commands);
  }

  #closing(start: number): number {
    let depth = 1;
    for (let at = start; at < this.#end; at++) {
      const character = this.#text.charAt(at);
      if (character === '\\') at++;
      else if (character === "'") {
        const end = this.#text.indexOf("'", at + 1);
        if (end > 0 && end < this.#end) at = end;
      } else if (character === '(') depth++;
      else if (character === ')' && --depth === 0) return at;
    }
    return -1;
  }
}
