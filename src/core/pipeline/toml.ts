import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { InputError, type Position } from '../scaffold/input-error.js';
import { normalise } from '../scaffold/text.js';

/** Parses and checks a TOML file. Throws an InputError with the place of what is wrong. */
export function parseToml<S extends v.GenericSchema>(file: string, text: string, schema: S): v.InferOutput<S> {
  const result = v.safeParse(schema, parseDocument(file, text));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map((item) => String(item.key));
  throw new InputError({
    file,
    position: findKey(text, keys),
    what: `${keys.join('.')} is not as Cargo expects it: ${issue.message}.`,
    advice: 'Correct it, then try again.',
  });
}

function parseDocument(file: string, text: string): unknown {
  try {
    return parse(normalise(text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const summary = error.message.split('\n')[0]?.replace('Invalid TOML document: ', '') ?? 'invalid';
    throw new InputError({
      file,
      position: { line: error.line, column: error.column },
      what: `This is not valid TOML: ${summary}.`,
      advice: 'Correct it, then try again.',
      cause: error,
    });
  }
}

/** Where a key is written, as near as can be told without a syntax tree: its table, or the key in it. */
export function findKey(text: string, keys: readonly string[]): Position | undefined {
  const names = keys.filter((key) => !/^\d+$/.test(key));
  const lines = normalise(text).split('\n');
  for (let depth = names.length; depth > 0; depth--) {
    const name = (names[depth - 1] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const expression = new RegExp(`^(\\s*)(?:["']?${name}["']?\\s*[=.]|\\[.*\\b${name}["']?\\s*\\])`);
    const line = lines.findIndex((each) => expression.test(each));
    if (line !== -1) return { line: line + 1, column: (expression.exec(lines[line] ?? '')?.[1]?.length ?? 0) + 1 };
  }
  return undefined;
}

/** Where a string value is written; undefined when it is not there. */
export function findString(text: string, value: string): Position | undefined {
  const lines = normalise(text).split('\n');
  for (const [index, line] of lines.entries()) {
    const column = Math.max(line.indexOf(`"${value}"`), line.indexOf(`'${value}'`));
    if (column !== -1) return { line: index + 1, column: column + 1 };
  }
  return undefined;
}
