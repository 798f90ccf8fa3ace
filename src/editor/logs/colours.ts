import { DecorationRangeBehavior, Disposable, Range, ThemeColor, window } from 'vscode';
import type { DecorationRenderOptions, TextEditor, TextEditorDecorationType } from 'vscode';
import type { DocumentLine } from '../../core/logs/log-document.js';
import type { Logs } from './logs.js';

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
const terminal = [...names, ...names.map((name) => `Bright${name}`)].map((name) => `terminal.ansi${name}`);

/** What a decoration looks like, by its key: a colour before or behind the text, an emphasis, or a kind of line. */
const looks: Readonly<Record<string, DecorationRenderOptions>> = {
  ...Object.fromEntries(terminal.map((id, index) => [`fg${index}`, { color: new ThemeColor(id) }])),
  ...Object.fromEntries(terminal.map((id, index) => [`bg${index}`, { backgroundColor: new ThemeColor(id) }])),
  bold: { fontWeight: 'bold' },
  dim: { opacity: '0.7' },
  italic: { fontStyle: 'italic' },
  underline: { textDecoration: 'underline' },
  heading: {
    fontWeight: 'bold',
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.lineHighlightBackground'),
    color: new ThemeColor('textLink.foreground'),
  },
  group: { fontWeight: 'bold' },
  error: { color: new ThemeColor('editorError.foreground'), fontWeight: 'bold' },
  warning: { color: new ThemeColor('editorWarning.foreground'), fontWeight: 'bold' },
  notice: { color: new ThemeColor('editorInfo.foreground') },
  debug: { opacity: '0.7' },
  command: { color: new ThemeColor('terminal.ansiBlue') },
};

/** Lines above and below the visible ones that are coloured, too: scrolling by a page shows no plain text. */
const margin = 200;

/** Colours logs as a terminal would, in the colours of the theme. Only what is visible, however long the log is. */
export class Colours implements Disposable {
  readonly #logs: Logs;
  readonly #scheme: string;
  /** Made when they are first needed: at most one for each of the looks. */
  readonly #types = new Map<string, TextEditorDecorationType>();
  readonly #subscriptions: Disposable;

  constructor(logs: Logs, scheme: string) {
    this.#logs = logs;
    this.#scheme = scheme;
    this.#subscriptions = Disposable.from(
      window.onDidChangeVisibleTextEditors(() => {
        this.#all();
      }),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#color(textEditor);
      }),
      logs.onDidLoad(() => {
        this.#all();
      }),
    );
  }

  /** What an editor shows in which look, by key. */
  rangesIn(editor: Pick<TextEditor, 'document' | 'visibleRanges'>): ReadonlyMap<string, Range[]> {
    const ranges = new Map<string, Range[]>();
    const lines = this.#logs.of(editor.document.uri)?.document.lines ?? [];
    const first = Math.max(0, Math.min(...editor.visibleRanges.map(({ start }) => start.line), lines.length) - margin);
    const last = Math.max(...editor.visibleRanges.map(({ end }) => end.line), margin) + margin;
    for (const [index, line] of lines.slice(first, last + 1).entries()) {
      for (const [key, start, end] of looksOf(line)) {
        const range = new Range(first + index, start, first + index, end);
        const same = ranges.get(key);
        if (same) same.push(range);
        else ranges.set(key, [range]);
      }
    }
    return ranges;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const type of this.#types.values()) type.dispose();
    this.#types.clear();
  }

  #all(): void {
    for (const editor of window.visibleTextEditors) this.#color(editor);
  }

  #color(editor: TextEditor): void {
    if (editor.document.uri.scheme !== this.#scheme) return;
    const ranges = this.rangesIn(editor);
    for (const [key, type] of this.#types) if (!ranges.has(key)) editor.setDecorations(type, []);
    for (const [key, list] of ranges) editor.setDecorations(this.#type(key), list);
  }

  #type(key: string): TextEditorDecorationType {
    let type = this.#types.get(key);
    if (!type) {
      type = window.createTextEditorDecorationType({
        rangeBehavior: DecorationRangeBehavior.ClosedClosed,
        ...looks[key],
      });
      this.#types.set(key, type);
    }
    return type;
  }
}

function* looksOf({ text, kind, spans }: DocumentLine): Generator<[string, number, number]> {
  if (kind !== 'plain') yield [kind, 0, text.length];
  for (const { start, end, style } of spans) {
    if (style.foreground !== null) yield [`fg${style.foreground}`, start, end];
    if (style.background !== null) yield [`bg${style.background}`, start, end];
    if (style.bold) yield ['bold', start, end];
    if (style.dim) yield ['dim', start, end];
    if (style.italic) yield ['italic', start, end];
    if (style.underline) yield ['underline', start, end];
  }
}
