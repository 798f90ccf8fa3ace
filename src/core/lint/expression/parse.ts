import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from '@actions/expressions/ast';
import type { Expr as LibraryExpr } from '@actions/expressions/ast';
import { ExpressionError } from '@actions/expressions/errors';
import { Lexer, TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';
import type { CompareExpr, Expr } from './ast';

/** An expression's text, read once: either a tree or what is wrong. Offsets count from the start of the text. */
export type ParsedExpression =
  { readonly ast: Expr; readonly error?: undefined } | { readonly ast?: undefined; readonly error: ExpressionFault };

export interface ExpressionFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** The text is an expression, but calls a function with a wrong number of arguments. */
  readonly arguments: boolean;
  /** What was probably meant instead of the text from `start` to `end`. */
  readonly suggestion?: string;
}

/** Workflows repeat their expressions, and an editor parses the same ones at every keystroke. */
const cache = new Map<string, ParsedExpression>();
const cacheSize = 4000;

/**
 * Parses the text between `${{` and `}}` with GitHub's own lexer and parser. Every name is accepted here: whether a
 * context or function exists at the place where it is used is checked with the place in hand.
 */
export function parseExpression(text: string): ParsedExpression {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size >= cacheSize) cache.clear();
  const parsed = parse(text);
  cache.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedExpression {
  const contentStart = text.length - text.trimStart().length;
  const contentEnd = Math.max(contentStart, text.trimEnd().length);
  const fault = (message: string, start: number, end: number): ParsedExpression => ({
    error: { message, start, end, arguments: false },
  });
  if (contentEnd === contentStart) return fault('An expression is expected between "${{" and "}}".', 0, text.length);
  let tokens: Token[];
  try {
    tokens = new Lexer(text).lex().tokens;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const symbol = /^Unexpected symbol: '([\s\S]*)'\. Located at position (\d+) /.exec(message);
    if (symbol === null)
      return fault('This expression is too long: GitHub accepts 21,000 characters.', contentStart, contentEnd);
    const start = Number(symbol[2]) - 1;
    const found = symbol[1] ?? '';
    const meant = suggestion(text, start, found);
    if (meant !== undefined) return { error: { message: unexpected(found), arguments: false, ...meant } };
    return fault(unexpected(found), start, Math.min(contentEnd, start + found.length));
  }
  const offsets = offsetsOf(text, tokens);
  try {
    const tree = new Parser(tokens, ...names(tokens)).parse();
    return { ast: new Conversion(text, tokens, offsets).node(tree) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) return fault('This expression cannot be read.', contentStart, contentEnd);
    // The library keeps the token private, and shows its position: the very object that the token has.
    const token = tokens.find(({ range }) => range.start === error.pos);
    const lexeme = token?.lexeme ?? '';
    const start = Math.min((token && offsets.get(token)) ?? contentStart, contentEnd);
    const end = Math.min(start + lexeme.length, contentEnd);
    const known = argumentFaults[error.message.split(':')[0] ?? ''];
    if (known !== undefined) return { error: { message: `${lexeme}() ${known}.`, start, end, arguments: true } };
    const message = error.message.startsWith('Exceeded')
      ? 'This expression is nested too deeply: GitHub accepts 50 levels.'
      : error.message.startsWith('Unexpected end') || token?.type === TokenType.EOF
        ? 'This expression ends too early.'
        : unexpected(lexeme);
    return fault(message, start === end ? Math.max(contentStart, start - 1) : start, end);
  }
}

const argumentFaults: Readonly<Record<string, string>> = {
  'Too few parameters supplied': 'has too few arguments',
  'Too many parameters supplied': 'has too many arguments',
  'Even number of parameters supplied, requires an odd number of parameters':
    'needs an odd number of arguments: pairs of condition and value, then a default',
};

function unexpected(symbol: string): string {
  if (symbol.startsWith('"')) return 'Strings in expressions are written in single quotes, not in double quotes.';
  if (symbol.startsWith("'")) return 'This string is not closed: a single quote is missing.';
  if (symbol === '=') return 'Unexpected "=". Values are compared with "==".';
  if (symbol === '&' || symbol === '|') return `Unexpected "${symbol}". The operator is "${symbol}${symbol}".`;
  return `Unexpected "${symbol.length > 40 ? `${symbol.slice(0, 40)}…` : symbol}" in this expression.`;
}

/** Mistakes that people bring from other languages. */
function suggestion(
  text: string,
  start: number,
  symbol: string,
): { start: number; end: number; suggestion: string } | undefined {
  const quoted = /^"([^"'\\]*)"/.exec(text.slice(start));
  if (quoted !== null) return { start, end: start + quoted[0].length, suggestion: `'${quoted[1] ?? ''}'` };
  if (['=', '&', '|'].includes(symbol)) return { start, end: start + 1, suggestion: symbol.repeat(2) };
  return undefined;
}

/** The library counts lines and columns, loosely inside strings; between tokens there is only white space. */
function offsetsOf(text: string, tokens: readonly Token[]): Map<Token, number> {
  const offsets = new Map<Token, number>();
  let at = 0;
  for (const token of tokens) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    offsets.set(token, at);
    at += token.lexeme.length;
  }
  return offsets;
}

/** All names that occur, as the parser wants to know them: contexts, and functions with any number of arguments. */
function names(tokens: readonly Token[]): [string[], { name: string; minArgs: number; maxArgs: number }[]] {
  const contexts: string[] = [];
  const functions: { name: string; minArgs: number; maxArgs: number }[] = [];
  tokens.forEach((token, index) => {
    if (token.type !== TokenType.IDENTIFIER || tokens[index - 1]?.type === TokenType.DOT) return;
    if (tokens[index + 1]?.type === TokenType.LEFT_PAREN)
      functions.push({ name: token.lexeme, minArgs: 0, maxArgs: Number.MAX_SAFE_INTEGER });
    else contexts.push(token.lexeme);
  });
  return [contexts, functions];
}

/** Turns the library's tree into ours, which knows where each node begins and ends. */
class Conversion {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #offsets: ReadonlyMap<Token, number>;

  constructor(text: string, tokens: readonly Token[], offsets: ReadonlyMap<Token, number>) {
    this.#text = text;
    this.#tokens = tokens;
    this.#offsets = offsets;
  }

  node(tree: LibraryExpr): Expr {
    if (tree instanceof Grouping) {
      const inner = this.node(tree.group);
      return { ...inner, start: this.#openedBefore(inner.start), end: this.#endOfNext(inner.end) };
    }
    if (tree instanceof Literal) return this.#literal(tree);
    if (tree instanceof ContextAccess)
      return { kind: 'context', name: tree.name.lexeme.toLowerCase(), ...this.#span(tree.name) };
    if (tree instanceof FunctionCall) {
      const { start, end: nameEnd } = this.#span(tree.functionName);
      const args = tree.args.map((arg) => this.node(arg));
      const last = args.at(-1)?.end ?? this.#endOfNext(nameEnd);
      return { kind: 'call', name: tree.functionName.lexeme, nameEnd, args, start, end: this.#endOfNext(last) };
    }
    if (tree instanceof Unary) {
      const operand = this.node(tree.expr);
      return { kind: 'not', operand, start: this.#span(tree.operator).start, end: operand.end };
    }
    if (tree instanceof Binary) {
      const left = this.node(tree.left);
      const right = this.node(tree.right);
      const operator = tree.operator.lexeme as CompareExpr['operator'];
      return { kind: 'compare', operator, left, right, start: left.start, end: right.end };
    }
    if (tree instanceof Logical) {
      const args = tree.args.map((arg) => this.node(arg));
      const operator = tree.operator.lexeme === '&&' ? '&&' : '||';
      return { kind: 'logical', operator, args, start: args[0]?.start ?? 0, end: args.at(-1)?.end ?? 0 };
    }
    if (tree instanceof IndexAccess) return this.#access(tree);
    throw new Error('unknown kind of expression');
  }

  #access(tree: IndexAccess): Expr {
    const object = this.node(tree.expr);
    const opening = this.#next(object.end);
    const dotted = opening?.type === TokenType.DOT;
    const behindOpening = this.#endOfNext(object.end);
    if (tree.index instanceof Star) {
      const star = this.#endOfNext(behindOpening);
      return { kind: 'star', object, start: object.start, end: dotted ? star : this.#endOfNext(star) };
    }
    const index = this.node(tree.index);
    const end = dotted ? index.end : this.#endOfNext(index.end);
    if (index.kind === 'literal' && typeof index.value === 'string')
      return {
        kind: 'property',
        object,
        name: index.value,
        nameStart: index.start,
        nameEnd: index.end,
        start: object.start,
        end,
      };
    return { kind: 'index', object, index, start: object.start, end };
  }

  #literal(tree: Literal): Expr {
    const span = this.#span(tree.token);
    const lexeme = tree.token.lexeme;
    const { type } = tree.token;
    if (type === TokenType.TRUE || type === TokenType.FALSE)
      return { kind: 'literal', value: type === TokenType.TRUE, ...span };
    if (type === TokenType.NULL) return { kind: 'literal', value: null, ...span };
    if (type === TokenType.NUMBER) return { kind: 'literal', value: Number(lexeme), ...span };
    if (type === TokenType.STRING)
      return { kind: 'literal', value: lexeme.slice(1, -1).replaceAll("''", "'"), ...span };
    // A property name behind a dot.
    return { kind: 'literal', value: lexeme, ...span };
  }

  #span(token: Token): { start: number; end: number } {
    const start = this.#offsets.get(token) ?? 0;
    return { start, end: start + token.lexeme.length };
  }

  #next(offset: number): Token | undefined {
    return this.#tokens.find((token) => (this.#offsets.get(token) ?? 0) >= offset);
  }

  #endOfNext(offset: number): number {
    const token = this.#next(offset);
    return token === undefined ? offset : this.#span(token).end;
  }

  #openedBefore(offset: number): number {
    const at = this.#text.lastIndexOf('(', offset - 1);
    return at < 0 ? offset : at;
  }
}
