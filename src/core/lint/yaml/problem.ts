import type { Node, Range, YamlProblem } from './node';

/** An error of the `yaml` library. */
interface LibraryError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** What the library found, where a person looks for it and in words that say what to do. */
export function describe(error: LibraryError, text: string, root: Node | undefined): YamlProblem {
  const limit = (offset: number) => Math.max(0, Math.min(offset, text.length));
  const start = limit(error.pos[0]);
  const at = { start, end: Math.max(start, limit(error.pos[1])) };
  const { message } = error;
  if (message.startsWith('Missing closing')) {
    const quote = message.includes('"') ? '"' : "'";
    const quoted = (node: Node) => node.kind === 'scalar' && text.startsWith(quote, node.start);
    return { ...(opening(root, start, quoted) ?? at), message: `This ${quote} is not closed.` };
  }
  if (/^Flow (?:sequence|map) in block|^Expected flow (?:sequence|map) to end/.test(message)) {
    const [open, close] = message.includes('map') ? ['{', '}'] : ['[', ']'];
    const flow = (node: Node) => node.kind !== 'scalar' && node.flow && node.end >= start;
    const bracket = opening(root, start, flow) ?? at;
    return {
      ...bracket,
      message: `This "${open}" is not closed: "${close}" is missing, or its lines are not indented.`,
    };
  }
  const lastLine = text.slice(at.start, at.end).trimEnd().lastIndexOf('\n');
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && message.includes('sequence'))
    return { ...at, message: 'A list item is not expected here. Is it indented like its neighbours?' };
  if (lastLine >= 0 && (error.code === 'MULTILINE_IMPLICIT_KEY' || error.code === 'BLOCK_AS_IMPLICIT_KEY')) {
    const from = at.start + lastLine + 1;
    const inner = from + (/^[ \t]*/.exec(text.slice(from, at.end))?.[0].length ?? 0);
    return { start: inner, end: Math.max(inner, at.end), message: 'This line is indented deeper than its neighbours.' };
  }
  return { ...at, message: friendly[error.code] ?? `${message}.` };
}

/** The first character of the last node of a kind that begins before an offset. */
function opening(root: Node | undefined, offset: number, wanted: (node: Node) => boolean): Range | undefined {
  let found: Range | undefined;
  const visit = (node: Node): void => {
    if (node.start >= offset) return;
    if (wanted(node)) found = { start: node.start, end: node.start + 1 };
    if (node.kind === 'map') for (const entry of node.entries) visit(entry.value);
    else if (node.kind === 'seq') for (const item of node.items) visit(item);
  };
  if (root !== undefined) visit(root);
  return found;
}

const friendly: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot begin here. A value with ": " in it needs quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key has to be on one line. Is the indentation of this line right?',
  MISSING_CHAR: 'A ":" is missing behind this key, or the line is not indented as it should be.',
  TAB_AS_INDENT: 'Tabs are not allowed as indentation. Use spaces.',
  BAD_INDENT: 'This line is not indented like its neighbours.',
  MULTIPLE_DOCS: 'A second YAML document begins here ("---"). GitHub reads files with one only.',
  BAD_SCALAR_START: 'A value cannot begin with this character. Put the value in quotes.',
  UNEXPECTED_TOKEN: 'This is not expected here. Is a quote, a comma or the indentation missing?',
};
