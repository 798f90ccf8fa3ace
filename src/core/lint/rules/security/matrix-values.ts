import { accessPath } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import type { Job } from '../../model/workflow';
import type { Node } from '../../yaml/node';

/**
 * The values that `matrix.NAME…` can have, as written. Undefined where the expression is no access to the matrix, or
 * the matrix is made by an expression.
 */
export function matrixValues(job: Job | undefined, expression: Expr): Node[] | undefined {
  const path = accessPath(expression);
  if (path?.[0] !== 'matrix' || path[1] === undefined || job?.matrix?.kind !== 'map') return undefined;
  const [, name, ...rest] = path;
  const values: Node[] = [];
  for (const { key, value } of job.matrix.entries) {
    if (key.text === 'exclude') continue;
    if (key.text === 'include') {
      if (value.kind !== 'seq') continue;
      for (const item of value.items)
        if (item.kind === 'map')
          for (const entry of item.entries) if (entry.key.text.toLowerCase() === name) values.push(entry.value);
    } else if (key.text.toLowerCase() === name) {
      if (value.kind === 'seq') values.push(...value.items);
      else values.push(value);
    }
  }
  return values.flatMap((value) => inner(value, rest));
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
