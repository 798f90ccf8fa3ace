import { accessPath } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import type { Job } from '../../model/workflow';
import type { MapNode, Node } from '../../yaml/node';

/**
 * The values that `matrix.NAME…` can have, as written. Undefined where the expression is no access to the matrix, or
 * the matrix is made by an expression.
 */
export function matrixValues(job: Job | undefined, expression: Expr): Node[] | undefined {
  const path = accessPath(expression);
  if (path?.[0] !== 'matrix' || path[1] === undefined || job?.matrix?.kind !== 'map') return undefined;
  const { matrix } = job;
  const [, name, ...rest] = path;
  const values: Node[] = [];
  for (const { key, value } of matrix.entries) {
    if (key.text === 'exclude') continue;
    if (key.text === 'include') {
      if (value.kind !== 'seq') continue;
      for (const item of value.items)
        if (item.kind === 'map')
          for (const entry of item.entries) if (entry.key.text.toLowerCase() === name) values.push(entry.value);
    } else if (key.text.toLowerCase() === name) {
      if (value.kind === 'seq') values.push(...value.items.filter((item) => !isExcluded(item, name, matrix)));
      else values.push(value);
    }
  }
  return values.flatMap((value) => inner(value, rest));
}

/** Whether `exclude` takes the value away whatever it is combined with. */
function isExcluded(value: Node, name: string, matrix: MapNode): boolean {
  if (value.kind !== 'scalar') return false;
  return (matrix.seq('exclude')?.items ?? []).some((item) => {
    if (item.kind !== 'map' || item.entries.length !== 1) return false;
    const [only] = item.entries;
    return only?.key.text.toLowerCase() === name && only.value.kind === 'scalar' && only.value.text === value.text;
  });
}

function inner(node: Node, path: readonly string[]): Node[] {
  let current: Node | undefined = node;
  for (const name of path) {
    if (current?.kind === 'scalar') return current.text.includes('${{') ? [current] : [];
    if (current?.kind !== 'map') return current === undefined ? [] : [current];
    current = current.entries.find(({ key }) => key.text.toLowerCase() === name)?.value;
  }
  return current === undefined ? [] : [current];
}
