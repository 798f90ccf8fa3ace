import type { Node } from '../../yaml/node';

/** What a value says, independent of how it is written; undefined where an expression decides. */
export function describe(node: Node): string | undefined {
  if (node.kind === 'scalar') return node.text.includes('${{') ? undefined : JSON.stringify(node.value);
  const parts: string[] = [];
  if (node.kind === 'seq') {
    for (const item of node.items) {
      const part = describe(item);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return `[${parts.join()}]`;
  }
  for (const { key, value } of node.entries) {
    const part = describe(value);
    if (part === undefined) return undefined;
    parts.push(`${JSON.stringify(key.text.toLowerCase())}:${part}`);
  }
  return `{${parts.sort().join()}}`;
}
