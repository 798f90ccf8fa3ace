import type { Json } from '../json.js';
import type { Answer, Call } from './call.js';

/** One page of a list. @param wrap what goes around it; default: nothing */
export function paged<T>(
  call: Call,
  items: readonly T[],
  show: (item: T) => Json,
  wrap: (shown: Json[], total: number) => Json = (shown) => shown,
): Answer {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(call.query.get('page') ?? 1) || 1);
  const empty = call.fault?.kind === 'empty-page';
  const shown = empty ? [] : items.slice((page - 1) * size, page * size).map(show);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = links(call, page, last);
  const body = wrap(shown, empty ? Math.max(1, items.length) : items.length);
  return { status: 200, body, headers: link === '' ? {} : { link } };
}

/** A list as most of GitHub's newer operations answer it. */
export function counted<T>(call: Call, key: string, items: readonly T[], show: (item: T) => Json): Answer {
  return paged(call, items, show, (shown, total_count) => ({ total_count, [key]: shown }));
}

function links({ query, world, path }: Call, page: number, last: number): string {
  const link = (to: number, relation: string) => {
    const changed = new URLSearchParams(query);
    changed.set('page', String(to));
    return `<${world.addresses.api}${path}?${changed.toString()}>; rel="${relation}"`;
  };
  return [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ].join(', ');
}
