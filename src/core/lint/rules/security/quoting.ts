import type { ScalarNode } from '../../yaml/node';

/** How a shell reads a place of a script: inside single quotes (and quoted here-documents), double quotes, or none. */
export function quotingAt(text: string, script: ScalarNode, offset: number): 'none' | 'single' | 'double' {
  const before = text.slice(script.start + (script.style === 'single' || script.style === 'double' ? 1 : 0), offset);
  let state: 'none' | 'single' | 'double' = 'none';
  for (let at = 0; at < before.length; at++) {
    const character = before.charAt(at);
    if (state === 'single') {
      if (character === "'") state = 'none';
    } else if (before.startsWith('${{', at)) {
      const close = before.indexOf('}}', at);
      if (close < 0) return state;
      at = close + 1;
    } else if (character === '\\') {
      // In a double-quoted scalar, YAML takes the first backslash.
      if (script.style === 'double' && before.charAt(at + 1) === '"') state = state === 'double' ? 'none' : 'double';
      at++;
    } else if (state === 'double') {
      if (character === '"') state = 'none';
    } else if (character === '"') state = 'double';
    else if (character === "'") state = 'single';
    else if (character === '#' && /(?:^|\s)$/.test(before.slice(0, at))) {
      const lineBreak = before.indexOf('\n', at);
      if (lineBreak < 0) return 'none';
      at = lineBreak;
    } else if (before.startsWith('<<', at)) {
      const heredoc = /^<<-?\s*(['"\\]?)(\w+)\1?/.exec(before.slice(at, at + 80));
      if (heredoc === null) continue;
      const [, quoted, delimiter = ''] = heredoc;
      const rest = before.slice(at);
      const end = new RegExp(`\\n[ \\t]*${delimiter}[ \\t]*\\r?(?:\\n|$)`).exec(rest);
      if (end === null && rest.includes('\n')) return quoted === '' ? 'double' : 'single';
      at += end === null ? heredoc[0].length : end.index + end[0].length - 1;
    }
  }
  return state;
}
