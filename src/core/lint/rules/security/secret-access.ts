import { walk } from '../../expression/ast';
import type { Expr } from '../../expression/ast';

/** The nodes of an expression that read the secrets: `secrets.NAME`, `secrets[…]`, or `secrets` as a whole. */
export function secretAccesses(root: Expr): Expr[] {
  const found: Expr[] = [];
  const inner = new Set<Expr>();
  for (const node of walk(root)) {
    const access = node.kind === 'property' || node.kind === 'index' || node.kind === 'star';
    if (access && node.object.kind === 'context' && node.object.name === 'secrets') {
      inner.add(node.object);
      found.push(node);
    } else if (node.kind === 'context' && node.name === 'secrets' && !inner.has(node)) found.push(node);
  }
  return found;
}

/** `secrets.NAME` with a name that stands there. */
export function secretName(node: Expr): string | undefined {
  return node.kind === 'property' && node.object.kind === 'context' && node.object.name === 'secrets'
    ? node.name
    : undefined;
}
