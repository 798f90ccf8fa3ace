/** What is wrong with a filter pattern; `at` counts in the pattern. */
export interface GlobProblem {
  readonly message: string;
  readonly at: number;
}

/**
 * Checks a pattern of `branches`, `tags` or `paths`.
 *
 * Source: GitHub's filter pattern cheat sheet, and git-check-ref-format for what a ref cannot contain.
 */
export function globProblems(pattern: string, kind: 'ref' | 'path'): GlobProblem[] {
  const problems: GlobProblem[] = [];
  const add = (at: number, message: string): void => {
    problems.push({ at, message });
  };
  if (pattern === '') return [{ at: 0, message: 'The pattern is empty.' }];
  let at = 0;
  if (pattern.startsWith('!')) {
    at = 1;
    if (pattern.length === 1) add(0, 'There is nothing behind "!".');
  }
  const begin = at;
  /** Whether a character that `?` or `+` can repeat comes right before. */
  let repeatable = false;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === '\\') {
      const next = pattern.charAt(at + 1);
      if (kind === 'ref' && !/[[\]?*+!\\]/.test(next))
        add(at, 'A ref cannot contain a backslash; it only escapes [ ] ? * + !.');
      at += 2;
      repeatable = true;
    } else if (character === '?' || character === '+') {
      if (!repeatable) add(at, `Nothing stands before "${character}" that it could repeat.`);
      at++;
      repeatable = false;
    } else if (character === '*') {
      at++;
      repeatable = false;
    } else if (character === '[') {
      at = characterClass(pattern, at, add);
      repeatable = true;
    } else {
      if (kind === 'ref' && (/[\s~^:]/.test(character) || character.charCodeAt(0) < 32))
        add(at, `A ref cannot contain ${/\s/.test(character) ? 'white space' : `"${character}"`}.`);
      at++;
      repeatable = true;
    }
  }
  if (kind === 'ref') {
    if (pattern.charAt(begin) === '/') add(begin, 'A ref does not begin with "/".');
    if (pattern.endsWith('/')) add(pattern.length - 1, 'A ref does not end with "/".');
    if (pattern.includes('//')) add(pattern.indexOf('//'), 'A ref does not contain "//".');
    if (pattern.includes('..')) add(pattern.indexOf('..'), 'A ref does not contain "..".');
    if (pattern.endsWith('.')) add(pattern.length - 1, 'A ref does not end with ".".');
  } else {
    if (/^\s|\s$/.test(pattern)) add(0, 'The path begins or ends with white space.');
    if (/^!?\.{1,2}\//.test(pattern) || /^!?\.{1,2}$/.test(pattern))
      add(begin, 'Paths count from the root of the repository and are compared as text: "./" and "../" match nothing.');
  }
  return problems;
}

function characterClass(pattern: string, open: number, add: (at: number, message: string) => void): number {
  const close = pattern.indexOf(']', open + 1);
  if (close < 0) {
    add(open, '"[" is not closed.');
    return pattern.length;
  }
  const content = pattern.slice(open + 1, close);
  if (content === '') add(open, 'The brackets are empty.');
  if (content.length === 1 && content !== '!' && content !== '^')
    add(open, `"[${content}]" is one character only: write it without brackets.`);
  if (/^[!^]/.test(content)) add(open + 1, 'Brackets cannot be negated.');
  for (let at = 0; at < content.length; at++) {
    if (content.charAt(at + 1) !== '-' || at + 2 >= content.length) continue;
    const [from, to] = [content.charAt(at), content.charAt(at + 2)];
    if (from > to) add(open + 1 + at, `The range ${from}-${to} is backwards.`);
    at += 2;
  }
  return close + 1;
}
