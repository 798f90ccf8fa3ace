import type { MapNode, Node } from '../yaml/node';
import { any, anyObject, arrayOf, boolean, merge, number, object, string } from './types';
import type { Type } from './types';

/** The type of the `matrix` context of a job: what its rows and `include` can give, and nothing else. */
export function matrixType(matrix: Node | undefined, job: MapNode): Type {
  if (matrix === undefined) {
    const strategy = job.get('strategy');
    return strategy?.kind === 'scalar' && !strategy.isNull ? anyObject : object({});
  }
  if (matrix.kind !== 'map') return anyObject;
  const properties = new Map<string, Type>();
  let open = false;
  for (const { key, value } of matrix.entries) {
    const name = key.text.toLowerCase();
    if (key.text.includes('${{')) open = true;
    else if (name === 'include') open = !include(value, properties) || open;
    else if (name !== 'exclude') properties.set(name, rowType(value));
  }
  return open ? { kind: 'object', properties, rest: any } : { kind: 'object', properties };
}

/** Adds what `include` gives. @returns whether all of it is known */
function include(node: Node, properties: Map<string, Type>): boolean {
  if (node.kind !== 'seq') return node.kind === 'scalar' && node.isNull;
  let known = true;
  for (const item of node.items) {
    if (item.kind !== 'map') {
      known = false;
      continue;
    }
    for (const { key, value } of item.entries) {
      const name = key.text.toLowerCase();
      if (key.text.includes('${{')) known = false;
      const type = typeOfNode(value);
      const other = properties.get(name);
      properties.set(name, other === undefined ? type : merge(other, type));
    }
  }
  return known;
}

function rowType(row: Node): Type {
  if (row.kind !== 'seq') return any;
  const [first, ...rest] = row.items.map(typeOfNode);
  return first === undefined ? any : rest.reduce(merge, first);
}

/** The type of a value as it is written. */
export function typeOfNode(node: Node): Type {
  if (node.kind === 'seq') {
    const [first, ...rest] = node.items.map(typeOfNode);
    return arrayOf(first === undefined ? any : rest.reduce(merge, first));
  }
  if (node.kind === 'map') {
    const properties = new Map<string, Type>();
    let open = false;
    for (const { key, value } of node.entries) {
      if (key.text.includes('${{')) open = true;
      properties.set(key.text.toLowerCase(), typeOfNode(value));
    }
    return open ? { kind: 'object', properties, rest: any } : { kind: 'object', properties };
  }
  if (node.text.includes('${{')) return /^\$\{\{[^}]*\}\}$/.test(node.text.trim()) ? any : string;
  // A row that lists nothing stands for what is left out; what follows from that is not known.
  if (node.value === null) return any;
  if (typeof node.value === 'number') return number;
  return typeof node.value === 'boolean' ? boolean : string;
}
