/** How a stretch of a line looks. Colours are those of a terminal: 0 to 7, and 8 to 15 for the bright ones. */
export interface Style {
  readonly foreground: number | null;
  readonly background: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** A stretch of a line that does not look plain: UTF-16 offsets into its plain text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

export const plain: Style = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
};

export interface StyledText {
  readonly text: string;
  readonly spans: readonly Span[];
  /** What the next line begins with: programs colour several lines at once. */
  readonly style: Style;
}

/** A control sequence with its parameters and final letter, a hyperlink or title, or a lone escape such as a charset. */
const escape = /\x1b(?:\[([0-9;:?]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[@-Z\\^_=>78])/g;

/** Separates a line of terminal output into its text and how it looks. Only the colours and emphasis are kept. */
export function readAnsi(line: string, style: Style = plain): StyledText {
  if (!line.includes('\u001b')) {
    const spans = style === plain || line === '' ? [] : [{ start: 0, end: line.length, style }];
    return { text: line, spans, style };
  }
  let text = '';
  let read = 0;
  const spans: Span[] = [];
  const add = (piece: string) => {
    if (piece === '') return;
    if (style !== plain) spans.push({ start: text.length, end: text.length + piece.length, style });
    text += piece;
  };
  escape.lastIndex = 0;
  for (let match = escape.exec(line); match; match = escape.exec(line)) {
    add(line.slice(read, match.index));
    read = escape.lastIndex;
    if (match[2] === 'm') style = changed(style, match[1] ?? '');
  }
  const rest = line.slice(read);
  add(rest.includes('\u001b') ? rest.replaceAll('\u001b', '') : rest);
  return { text, spans, style };
}

/** Programs use few styles, again and again: each is made once. */
const known = new Map<Style, Map<string, Style>>();

function changed(style: Style, parameters: string): Style {
  let from = known.get(style);
  if (!from) {
    // A hostile log could hold any number of them.
    if (known.size > 500) known.clear();
    known.set(style, (from = new Map<string, Style>()));
  }
  let next = from.get(parameters);
  if (!next) {
    if (from.size > 500) from.clear();
    from.set(parameters, (next = applied(style, parameters)));
  }
  return next;
}

/** The text alone. */
export function stripAnsi(line: string): string {
  return line.includes('\u001b') ? line.replace(escape, '').replaceAll('\u001b', '') : line;
}

function applied(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = { ...style };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) next = { ...plain };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code >= 30 && code <= 37) next.foreground = code - 30;
    else if (code >= 90 && code <= 97) next.foreground = code - 82;
    else if (code >= 40 && code <= 47) next.background = code - 40;
    else if (code >= 100 && code <= 107) next.background = code - 92;
    else if (code === 39) next.foreground = null;
    else if (code === 49) next.background = null;
    else if (code === 38 || code === 48) {
      const [color, used] = extended(codes.slice(at + 1));
      if (code === 38) next.foreground = color;
      else next.background = color;
      at += used;
    }
  }
  return isPlain(next) ? plain : next;
}

function isPlain(style: Style): boolean {
  return (
    style.foreground === null &&
    style.background === null &&
    !style.bold &&
    !style.dim &&
    !style.italic &&
    !style.underline
  );
}

/** The nearest of the sixteen colours, which a theme makes readable, and how many codes told it. */
function extended(codes: readonly number[]): [number | null, number] {
  if (codes[0] === 5) return [ofPalette(codes[1] ?? 0), 2];
  if (codes[0] === 2) return [nearest(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), 4];
  return [null, codes.length];
}

function ofPalette(index: number): number {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = (index - 232) * 10 + 8;
    return nearest(grey, grey, grey);
  }
  const level = (value: number) => (value === 0 ? 0 : value * 40 + 55);
  const cube = index - 16;
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const palette: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

function nearest(red: number, green: number, blue: number): number {
  const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}
