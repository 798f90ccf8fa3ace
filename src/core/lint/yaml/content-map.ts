import type { ScalarNode } from './node';

/**
 * Finds where a character of a scalar's content stands in the file: quotes, escapes, indentation and folding lie
 * between the two.
 */
export class ContentMap {
  /** Pairs of offsets (content, file) from which both run in step, ascending. */
  readonly #content: number[] = [0];
  readonly #file: number[];
  readonly #end: number;

  constructor(text: string, scalar: ScalarNode) {
    this.#end = scalar.end;
    const quoted = scalar.style === 'single' || scalar.style === 'double';
    this.#file = [scalar.start + (quoted ? 1 : 0)];
    const written = scalar.end - scalar.start - (quoted ? 2 : 0);
    if (scalar.style === 'literal' || scalar.style === 'folded') this.#skipHeader(text, scalar);
    if (scalar.style === 'literal') this.#lines(text, scalar);
    else if (scalar.style === 'folded' || written !== scalar.text.length) this.#align(text, scalar);
  }

  /** Offset in the file of the character `offset` of the content. */
  toFile(offset: number): number {
    let low = 0;
    let high = this.#content.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#content[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.min((this.#file[low] ?? 0) + offset - (this.#content[low] ?? 0), this.#end);
  }

  #mark(content: number, file: number): void {
    if (this.#content.at(-1) === content) {
      this.#file[this.#file.length - 1] = file;
      return;
    }
    this.#content.push(content);
    this.#file.push(file);
  }

  /** Moves the start of a block scalar behind `|` or `>` and to the indentation of its first line with content. */
  #skipHeader(text: string, scalar: ScalarNode): void {
    const lineBreak = text.indexOf('\n', scalar.start);
    this.#file[0] = lineBreak < 0 ? scalar.end : Math.min(lineBreak + 1, scalar.end);
  }

  #indentation(text: string, scalar: ScalarNode): number {
    const start = this.#file[0] ?? 0;
    const explicit = /^[|>][-+]?([1-9])/.exec(text.slice(scalar.start, start));
    const first = /^(?:[ \t]*\r?\n)*( *)/.exec(text.slice(start, scalar.end));
    const found = first?.[1]?.length ?? 0;
    if (explicit === null) return found;
    // An explicit indentation counts from the parent's: what the first line has more belongs to the content.
    const own = /^(?:[ \t]*\n)*( *)/.exec(scalar.text)?.[1]?.length ?? 0;
    return Math.max(0, found - own);
  }

  #lines(text: string, scalar: ScalarNode): void {
    const indentation = this.#indentation(text, scalar);
    let file = this.#file[0] ?? 0;
    let content = 0;
    for (;;) {
      let skip = 0;
      while (skip < indentation && text[file + skip] === ' ') skip++;
      this.#mark(content, file + skip);
      const contentBreak = scalar.text.indexOf('\n', content);
      const fileBreak = text.indexOf('\n', file);
      if (contentBreak < 0 || fileBreak < 0 || fileBreak >= scalar.end) return;
      content = contentBreak + 1;
      file = fileBreak + 1;
    }
  }

  #align(text: string, scalar: ScalarNode): void {
    const content = scalar.text;
    let file = this.#file[0] ?? 0;
    if (scalar.style === 'folded') {
      // Up to the first character of the content, behind the indentation that is not part of it.
      const own = /^[ \t]*/.exec(content.replace(/^\n+/, ''))?.[0].length ?? 0;
      while (file < scalar.end && /\s/.test(text.charAt(file))) file++;
      file = Math.max(file - own, this.#file[0] ?? 0);
      this.#mark(/^\n*/.exec(content)?.[0].length ?? 0, file);
    }
    let at = scalar.style === 'folded' ? (/^\n*/.exec(content)?.[0].length ?? 0) : 0;
    while (at < content.length && file < scalar.end) {
      const written = text.charAt(file);
      if (scalar.style === 'double' && written === '\\') {
        const next = text.charAt(file + 1);
        if (next === '\n' || next === '\r') {
          file += 1;
          while (file < scalar.end && /\s/.test(text.charAt(file))) file++;
        } else {
          at += 1;
          file += { x: 4, u: 6, U: 10 }[next] ?? 2;
        }
        this.#mark(at, file);
      } else if (scalar.style === 'single' && written === "'") {
        at += 1;
        file += 2;
        this.#mark(at, file);
      } else if (/\s/.test(written)) {
        let end = file;
        while (end < scalar.end && /\s/.test(text.charAt(end))) end++;
        if (text.slice(file, end).includes('\n')) {
          while (at < content.length && /\s/.test(content.charAt(at))) at++;
          file = end;
          this.#mark(at, file);
        } else {
          at += end - file;
          file = end;
        }
      } else {
        at++;
        file++;
      }
    }
  }
}
