/**
 * A regular expression for a path glob: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` and `[a-z]`
 * choose. A glob that is no valid pattern matches nothing.
 */
export function globToRegExp(glob: string): RegExp {
  let source = '';
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === '*') {
      if (glob.charAt(at + 1) !== '*') source += '[^/]*';
      else {
        at++;
        if (glob.charAt(at + 1) === '/') {
          at++;
          source += '(?:.*/)?';
        } else source += '.*';
      }
    } else if (character === '?') source += '[^/]';
    else if (character === '{') source += '(?:';
    else if (character === '}') source += ')';
    else if (character === ',' && glob.lastIndexOf('{', at) > glob.lastIndexOf('}', at)) source += '|';
    else if (character === '[' || character === ']') source += character;
    else source += character.replace(/[\\^$.|+()]/, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}
