import { plain, readAnsi } from './ansi.js';
import type { Span, Style } from './ansi.js';

/** What a line is to the runner; `plain` is what a program wrote. */
export type LineKind = 'plain' | 'group' | 'error' | 'warning' | 'notice' | 'debug' | 'command';

/** A job's log as one reads it: without timestamps, escape sequences and the lines that only end a group. */
export interface JobLog {
  readonly lines: readonly LogLine[];
  /** Outermost only, as GitHub has them: a group ends where the next one begins. */
  readonly groups: readonly Group[];
}

export interface LogLine {
  readonly text: string;
  readonly kind: LineKind;
  readonly spans: readonly Span[];
  /** As the runner wrote it, ISO 8601; empty where there is none. Compares as text. */
  readonly time: string;
}

/** Indexes of lines, from 0; `end` is the last line that belongs to it. */
export interface Group {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z ?/;
const marker = /^(?:##\[(\w+)\]|::(group|endgroup|error|warning|notice|debug|add-mask|stop-commands)\b([^:]*)::)/;
const words: Readonly<Record<string, string>> = {
  error: 'Error: ',
  warning: 'Warning: ',
  notice: 'Notice: ',
  debug: '',
};
const kinds: Readonly<Record<string, LineKind>> = {
  group: 'group',
  section: 'group',
  error: 'error',
  warning: 'warning',
  notice: 'notice',
  debug: 'debug',
  command: 'command',
};

/** Reads a job's log as GitHub gives it. 10 MB take less than a second. */
export function parseJobLog(text: string): JobLog {
  const lines: LogLine[] = [];
  const groups: Group[] = [];
  let open: { title: string; start: number } | undefined;
  let style: Style = plain;
  let time = '';
  const close = () => {
    if (open && lines.length - 1 > open.start) groups.push({ ...open, end: lines.length - 1 });
    open = undefined;
  };
  for (let raw of physicalLines(text)) {
    const stamp = timestamp.exec(raw)?.[0];
    if (stamp !== undefined) {
      time = stamp.trimEnd();
      raw = raw.slice(stamp.length);
    }
    const mark = raw.startsWith('##[') || raw.startsWith('::') ? marker.exec(raw) : null;
    const name = mark?.[1] ?? mark?.[2];
    if (name === 'endgroup') {
      close();
      continue;
    }
    const kind = (name === undefined ? undefined : kinds[name]) ?? 'plain';
    if (kind === 'group') close();
    const content = kind === 'plain' ? raw : (words[name ?? ''] ?? '') + raw.slice(mark?.[0].length ?? 0);
    const styled = readAnsi(overwritten(content), kind === 'plain' ? style : plain);
    style = styled.style;
    if (kind === 'group') open = { title: styled.text, start: lines.length };
    lines.push({ text: styled.text, kind, spans: styled.spans, time });
  }
  close();
  return { lines, groups };
}

function* physicalLines(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
    // GitHub puts a byte order mark before each of the pieces that it stores a log in.
    yield line.startsWith('\uFEFF') ? line.slice(1) : line;
    start = end + 1;
  }
}

/** What a terminal would show of a line in which a program went back to its beginning, as progress bars do. */
function overwritten(line: string): string {
  if (!line.includes('\r')) return line;
  const parts = line.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}
