import type { Page } from '../client.js';

/** Pages that are asked for at most; each has up to a hundred items. */
export const mostPages = 10;

/** Lists of several pages, by their first page: unchanged pages make the same list as last time. */
const assembled = new WeakMap<object, { readonly pages: readonly (readonly unknown[])[]; readonly items: unknown }>();

/** All pages, one after the other, up to a bound. If nothing changed, it is the same array as last time. */
export async function allPages<T>(
  fetch: (page: number) => Promise<Page<readonly T[]>>,
  most = mostPages,
): Promise<readonly T[]> {
  const first = await fetch(1);
  if (!first.more) return first.value;
  const pages = [first.value];
  for (let page = 2; page <= most; page += 1) {
    const { value, more } = await fetch(page);
    pages.push(value);
    if (!more) break;
  }
  const known = assembled.get(first.value);
  if (known?.pages.length === pages.length && pages.every((page, index) => page === known.pages[index])) {
    return known.items as readonly T[];
  }
  const items = pages.flat();
  assembled.set(first.value, { pages, items });
  return items;
}
