/** Whether a workspace member is a pattern and not a path. */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

/**
 * A pattern of `workspace.members` as an expression over folders: `*` and `?` stay within one folder, `**` does not,
 * `[…]` and `[!…]` are sets.
 */
export function globExpression(pattern: string): RegExp {
  const source = pattern.replace(
    /\*\*\/|\*\*|\*|\?|\[(!?)(\]?[^\]]*)\]|[^*?[]+|\[/g,
    (token, negated?: string, set?: string) => {
      if (token === '**/') return '(?:[^/]+/)*';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      if (token === '?') return '[^/]';
      if (set !== undefined) return `[${negated === '!' ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`;
      return token.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`);
}
