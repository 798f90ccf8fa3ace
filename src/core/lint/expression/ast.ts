/** A node of an expression; offsets count from the first character behind `${{` (or of a bare `if:`). */
export type Expr =
  LiteralExpr | ContextExpr | PropertyExpr | IndexExpr | StarExpr | CallExpr | NotExpr | CompareExpr | LogicalExpr;

interface At {
  readonly start: number;
  readonly end: number;
}

export interface LiteralExpr extends At {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** The root of an access: `github`, `matrix`, … */
export interface ContextExpr extends At {
  readonly kind: 'context';
  /** Lower case. */
  readonly name: string;
}

/** `object.name` or `object['name']`. */
export interface PropertyExpr extends At {
  readonly kind: 'property';
  readonly object: Expr;
  /** As written. */
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** `object[index]` with an index that is no literal string. */
export interface IndexExpr extends At {
  readonly kind: 'index';
  readonly object: Expr;
  readonly index: Expr;
}

/** `object.*` or `object[*]`. */
export interface StarExpr extends At {
  readonly kind: 'star';
  readonly object: Expr;
}

export interface CallExpr extends At {
  readonly kind: 'call';
  /** As written. */
  readonly name: string;
  readonly nameEnd: number;
  readonly args: readonly Expr[];
}

export interface NotExpr extends At {
  readonly kind: 'not';
  readonly operand: Expr;
}

export interface CompareExpr extends At {
  readonly kind: 'compare';
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Expr;
  readonly right: Expr;
}

export interface LogicalExpr extends At {
  readonly kind: 'logical';
  readonly operator: '&&' | '||';
  readonly args: readonly Expr[];
}

/** The direct parts of a node. */
export function children(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case 'literal':
    case 'context':
      return [];
    case 'property':
    case 'star':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'call':
    case 'logical':
      return node.args;
    case 'not':
      return [node.operand];
    case 'compare':
      return [node.left, node.right];
  }
}

/** The node and everything below it, outer nodes first. */
export function* walk(node: Expr): Generator<Expr> {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

/**
 * The path of an access as lower-case segments (`['github', 'event', 'issue', 'title']`, `*` for a filter or a computed
 * index); undefined for what is no plain access.
 */
export function accessPath(node: Expr): string[] | undefined {
  if (node.kind === 'context') return [node.name];
  if (node.kind !== 'property' && node.kind !== 'index' && node.kind !== 'star') return undefined;
  const path = accessPath(node.object);
  path?.push(node.kind === 'property' ? node.name.toLowerCase() : '*');
  return path;
}
