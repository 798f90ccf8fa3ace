import type { Page } from '../client.js';

/** Pages that are asked for at most; each has up to a hundred items. */
export const mostPages = 10;

/** All pages, one after the other, up to a bound. The same array as last time if nothing changed is not promised. */
export async function allPages<T>(
  fetch: (page: number) => Promise<Page<readonly T[]>>,
  most = mostPages,
): Promise<readonly T[]> {
  const first = await fetch(1);
  if (!first.more) return first.value;
  const items = [...first.value];
  for (let page = 2; page <= most; page += 1) {
    const { value, more } = await fetch(page);
    items.push(...value);
    if (!more) break;
  }
  return items;
}
