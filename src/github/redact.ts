const tokens = /\b(?:gh[a-z]_\w{10,}|github_pat_\w{10,})/g;
const queries = /(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/g;

/** Text that may be shown and logged: without tokens, and without what signs an address. */
export function redact(text: string, token: string | null = null): string {
  const known = token === null || token === '' ? text : text.replaceAll(token, '[token]');
  return known.replace(tokens, '[token]').replace(queries, '$1');
}
