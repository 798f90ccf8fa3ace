import { Range, workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { anchoredLine, findLine, movedLines } from '../../core/problems/moved-lines.js';
import type { MovedLine } from '../../core/problems/moved-lines.js';
import type { Finding, Place } from '../../core/problems/finding.js';
import { textAtCommit } from './commit-files.js';

/** Where something of a commit is in the working copy. */
export interface HerePosition {
  readonly range: Range;
  /** The line has changed since, or it cannot be known: it is near. */
  readonly uncertain: boolean;
}

/** Maps places in one file at one commit to the working copy, unsaved changes included. */
export class FilePositions {
  readonly #document: TextDocument;
  readonly #moved: ((line: number) => MovedLine) | undefined;

  private constructor(document: TextDocument, moved: ((line: number) => MovedLine) | undefined) {
    this.#document = document;
    this.#moved = moved;
  }

  /** @param sha null: places are those of the working copy. @returns undefined when the file is not there, or is no text */
  static async of(file: Uri, sha: string | null): Promise<FilePositions | undefined> {
    try {
      const document = await workspace.openTextDocument(file);
      // Of the working copy itself nothing has moved.
      const before = sha === null ? document.getText() : await textAtCommit(file, sha);
      return new FilePositions(document, before === undefined ? undefined : movedLines(before, document.getText()));
    } catch {
      return undefined;
    }
  }

  of(finding: Pick<Finding, 'place' | 'anchor' | 'quote'>): HerePosition {
    const { place, anchor, quote } = finding;
    if (place) return this.place(place, quote);
    const line = anchor === null ? null : anchoredLine(this.#lines(), anchor);
    return { range: this.#lineRange(line ?? 1), uncertain: line === null && anchor !== null };
  }

  place(place: Place, quote: string | null): HerePosition {
    const start = this.#moved?.(place.line) ?? findLine(this.#lines(), place.line, quote);
    const { changed: uncertain } = start;
    if (place.column === null || uncertain) {
      const length = uncertain ? 0 : place.endLine - place.line;
      const last = Math.min(start.line + length, this.#document.lineCount);
      return { range: this.#lineRange(start.line, last), uncertain };
    }
    const end = place.endLine === place.line ? start.line : start.line + place.endLine - place.line;
    const from = this.#offset(start.line, place.column);
    const to = this.#offset(end, place.endColumn ?? place.column + 1);
    const range = this.#document.validateRange(new Range(start.line - 1, from, end - 1, to));
    return { range, uncertain };
  }

  #lines(): string[] {
    return this.#document.getText().split(/\r?\n/);
  }

  /** Without the indentation, which nobody wants underlined. */
  #lineRange(line: number, last = line): Range {
    const first = this.#document.lineAt(Math.max(0, Math.min(line, this.#document.lineCount) - 1));
    const end = this.#document.lineAt(Math.max(first.lineNumber, Math.min(last, this.#document.lineCount) - 1));
    return new Range(first.range.start.with(undefined, first.firstNonWhitespaceCharacterIndex), end.range.end);
  }

  /** Tools count characters, VS Code counts UTF-16 units. */
  #offset(line: number, column: number): number {
    if (line > this.#document.lineCount) return 0;
    const characters = Array.from(this.#document.lineAt(line - 1).text);
    return characters.slice(0, column - 1).join('').length;
  }
}
