import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

/** What an expression can see: contexts as plain JSON values, and functions beside the built-in ones. */
export interface Scope {
  contexts: Record<string, unknown>;
  functions: readonly FunctionDefinition[];
}

/** `${{ … }}`, where a closing `}}` inside a quoted string does not end it. */
const placeholder = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;
const statusFunctions = new Set(['success', 'failure', 'always', 'cancelled']);

/** Plain JSON as data of an expression. */
export function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData;
}

function toPlain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer));
}

function evaluateData(source: string, scope: Scope): data.ExpressionData {
  const { tokens } = new Lexer(source).lex();
  const parsed = new Parser(tokens, Object.keys(scope.contexts), [...scope.functions]).parse();
  const contexts = toData(scope.contexts);
  if (!(contexts instanceof data.Dictionary)) throw new Error('Contexts must be an object.');
  const functions = new Map(scope.functions.map((definition) => [definition.name.toLowerCase(), definition]));
  return new Evaluator(parsed, contexts, functions).evaluate();
}

function inContext<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`Cannot evaluate \`${source.trim()}\`: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The text with every `${{ … }}` replaced by its value. */
export function interpolate(text: string, scope: Scope): string {
  return text.replace(placeholder, (_, source: string) =>
    inContext(source, () => evaluateData(source, scope).coerceString()),
  );
}

/** The value of a key that may be one expression: then with its type, otherwise as text. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (typeof value !== 'string') return value;
  const whole = [...value.matchAll(placeholder)];
  const source = whole.length === 1 && whole[0]?.[0] === value.trim() ? whole[0][1] : undefined;
  if (source === undefined) return interpolate(value, scope);
  return inContext(source, () => toPlain(evaluateData(source, scope)));
}

/**
 * Whether a job or a step runs: GitHub puts `success() &&` before a condition that calls no status function, and lets
 * `${{ }}` around the whole be left out.
 */
export function holds(condition: string | boolean | undefined, scope: Scope): boolean {
  const stated = String(condition ?? 'success()').trim();
  const source = stated.replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  if (source.includes('${{')) throw new Error(`The condition \`${stated}\` mixes text and expressions.`);
  return inContext(source, () => {
    const { tokens } = new Lexer(source).lex();
    const asksStatus = tokens.some(
      (token, index) => statusFunctions.has(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
    );
    const whole = asksStatus ? source : `success() && (${source})`;
    return truthy(toPlain(evaluateData(whole, scope)));
  });
}

function truthy(value: unknown): boolean {
  return typeof value === 'object' ? value !== null : Boolean(value);
}
