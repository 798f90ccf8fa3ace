import type { Uses } from '../../model/uses';

/**
 * A pattern of zizmor's configuration for `uses:`: `owner/repo@ref`, `owner/repo/path`, `owner/repo`, `owner/repo/*`,
 * `owner/*` or `*`. The number says how exact it is; undefined where it does not match.
 */
export function matchUses(pattern: string, uses: Uses): number | undefined {
  if (pattern === '*') return 1;
  const [name = '', ref] = pattern.toLowerCase().split('@');
  const parts = name.split('/');
  const own = uses.path === '' ? uses.slug : `${uses.slug}/${uses.path.toLowerCase()}`;
  if (ref !== undefined) return own === name && uses.ref.toLowerCase() === ref ? 6 : undefined;
  if (parts.at(-1) !== '*') return own === name ? 5 : undefined;
  if (parts.length === 2) return uses.slug.split('/')[0] === parts[0] ? 2 : undefined;
  const prefix = parts.slice(0, -1).join('/');
  return own === prefix || own.startsWith(`${prefix}/`) ? 3 : undefined;
}
