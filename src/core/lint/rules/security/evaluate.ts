import type { Expr } from '../../expression/ast';

export type Primitive = string | number | boolean | null;

/** The value of an expression that depends on nothing: literals, operators and functions of them. */
export function evaluate(node: Expr): { readonly value: Primitive } | undefined {
  switch (node.kind) {
    case 'literal':
      return { value: node.value };
    case 'not': {
      const operand = evaluate(node.operand);
      return operand === undefined ? undefined : { value: !truthy(operand.value) };
    }
    case 'compare':
      return compare(node);
    case 'logical': {
      let last: { readonly value: Primitive } | undefined;
      for (const arg of node.args) {
        last = evaluate(arg);
        if (last === undefined) return undefined;
        if (truthy(last.value) === (node.operator === '||')) return last;
      }
      return last;
    }
    case 'call':
      return call(node.name.toLowerCase(), node.args.map(evaluate));
    case 'context':
    case 'property':
    case 'index':
    case 'star':
      return undefined;
  }
}

export function truthy(value: Primitive): boolean {
  return typeof value === 'number'
    ? value !== 0 && !Number.isNaN(value)
    : value !== null && value !== false && value !== '';
}

function compare(node: Extract<Expr, { kind: 'compare' }>): { value: boolean } | undefined {
  const left = evaluate(node.left);
  const right = evaluate(node.right);
  if (left === undefined || right === undefined) return undefined;
  let [a, b] = [left.value, right.value];
  if (typeof a === 'string' && typeof b === 'string') [a, b] = [a.toLowerCase(), b.toLowerCase()];
  else if (typeof a !== typeof b || a === null || b === null) {
    if (a === null && b === null) [a, b] = [0, 0];
    else [a, b] = [asNumber(a), asNumber(b)];
  }
  const order = a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  const results = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return { value: results[node.operator] };
}

function asNumber(value: Primitive): number {
  if (value === null || value === '') return 0;
  return Number(value);
}

function asText(value: Primitive): string {
  return value === null ? '' : String(value);
}

function call(
  name: string,
  args: readonly ({ readonly value: Primitive } | undefined)[],
): { value: Primitive } | undefined {
  const values: Primitive[] = [];
  for (const arg of args) {
    if (arg === undefined) return undefined;
    values.push(arg.value);
  }
  const [first = null, second = null] = values;
  const [a, b] = [asText(first).toLowerCase(), asText(second).toLowerCase()];
  switch (name) {
    case 'contains':
      return { value: a.includes(b) };
    case 'startswith':
      return { value: a.startsWith(b) };
    case 'endswith':
      return { value: a.endsWith(b) };
    case 'tojson':
      return { value: JSON.stringify(first) };
    case 'join':
      return { value: asText(first) };
    case 'format':
      return { value: format(asText(first), values.slice(1)) };
    default:
      return undefined;
  }
}

function format(pattern: string, values: readonly Primitive[]): string {
  return pattern.replace(/\{\{|\}\}|\{(\d+)\}/g, (match, index?: string) =>
    index === undefined ? match.charAt(0) : asText(values[Number(index)] ?? null),
  );
}
