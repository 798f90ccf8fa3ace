import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

/** What the expressions of a job can see: contexts as plain JSON values. */
export type Contexts = Readonly<Record<string, unknown>>;

/** `${{ … }}`, where a closing `}}` inside a quoted string does not end it. */
const placeholder = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

const status = (name: string, holds: boolean): FunctionDefinition => ({
  name,
  minArgs: 0,
  maxArgs: 0,
  call: () => new data.BooleanData(holds),
});

/** The text with every `${{ … }}` replaced by its value. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(placeholder, (_, source: string) => evaluated(source, contexts, true).coerceString());
}

/** The value of a key that may be one expression: then with its type, otherwise as text. */
export function evaluate(value: unknown, contexts: Contexts): unknown {
  if (Array.isArray(value)) return value.map((one) => evaluate(one, contexts));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluate(one, contexts)]));
  }
  if (typeof value !== 'string') return value;
  const [whole, ...more] = value.matchAll(placeholder);
  if (whole?.[0] !== value.trim() || more.length > 0) return interpolate(value, contexts);
  return plain(evaluated(whole[1] ?? '', contexts, true));
}

/** Whether a job or step runs. @param succeeded whether every step before did */
export function holds(condition: string | boolean | undefined, contexts: Contexts, succeeded: boolean): boolean {
  const stated = String(condition ?? 'success()').trim();
  const source = stated.replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  const asksStatus = /\b(?:success|failure|always|cancelled)\s*\(/.test(source);
  const value = plain(evaluated(asksStatus ? source : `success() && (${source})`, contexts, succeeded));
  return typeof value === 'object' ? value !== null : Boolean(value);
}

function evaluated(source: string, contexts: Contexts, succeeded: boolean): data.ExpressionData {
  const functions = [
    status('success', succeeded),
    status('failure', !succeeded),
    status('always', true),
    status('cancelled', false),
  ];
  try {
    const { tokens } = new Lexer(source).lex();
    const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
    const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.ExpressionData;
    if (!(known instanceof data.Dictionary)) throw new Error('Contexts must be an object.');
    const byName = new Map(functions.map((definition) => [definition.name, definition]));
    return new Evaluator(parsed, known, byName).evaluate();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot evaluate \`${source.trim()}\`: ${reason}`, { cause: error });
  }
}

function plain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer));
}
