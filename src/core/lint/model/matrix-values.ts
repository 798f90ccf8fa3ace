import type { MapNode, Node } from '../yaml/node';

/**
 * The values that a matrix writes for a path such as `os` or `platform.os`: those of the row and those of `include`.
 * What expressions give is not among them.
 */
export function matrixValues(matrix: Node | undefined, path: string): Node[] {
  if (matrix?.kind !== 'map') return [];
  const [row = '', ...rest] = path.split('.');
  const values: Node[] = [];
  const own = get(matrix, row);
  if (own?.kind === 'seq') values.push(...own.items);
  const include = matrix.seq('include');
  for (const item of include?.items ?? []) {
    const value = item.kind === 'map' ? get(item, row) : undefined;
    if (value !== undefined) values.push(value);
  }
  return values.flatMap((value) => {
    let node: Node | undefined = value;
    for (const key of rest) node = node?.kind === 'map' ? get(node, key) : undefined;
    return node === undefined ? [] : [node];
  });
}

/** Names of rows do not distinguish capitals in expressions. */
function get(map: MapNode, name: string): Node | undefined {
  return map.entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase())?.value;
}
