import * as v from 'valibot';
import { InputError } from '../scaffold/input-error.js';
import { parseJson, validateJson } from '../scaffold/json.js';

/** How to read, and what to say when that fails. */
export interface ReadOptions {
  /** What to do about a text that is refused. */
  readonly advice: string;
  /** Makes older forms look like the current one before they are checked. */
  readonly prepare?: (value: unknown) => unknown;
  /** Number of the text's first line in the file, from 1. */
  readonly line?: number;
}

/**
 * Reads a JSON text. Numbers that JSON cannot hold (`NaN`, `Infinity`) count as null, as serde writes them.
 *
 * @throws InputError with the place of what is wrong
 */
export function readJson<S extends v.GenericSchema>(
  file: string,
  text: string,
  schema: S,
  { advice, prepare = (value) => value, line = 1 }: ReadOptions,
): v.InferOutput<S> {
  try {
    const result = v.safeParse(schema, prepare(parse(file, text)), { abortEarly: true });
    if (result.success) return result.output;
    // Only now, since it is slower: the parser that knows where everything stands.
    const json = parseJson(file, withoutNaN(text));
    return validateJson({ ...json, value: prepare(json.value) }, schema, advice);
  } catch (error) {
    if (error instanceof InputError && line > 1) throw moved(error, line - 1);
    throw error;
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return parseJson(file, withoutNaN(text)).value;
  }
}

/** `null` in place of numbers that are none, of the same length, so that columns stay true; texts are left alone. */
function withoutNaN(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|-?\bNaN\b/g, (part) =>
    part.startsWith('"') ? part : 'null'.padEnd(part.length),
  );
}

function moved({ file, position, what, advice }: InputError, lines: number): InputError {
  return new InputError({ file, position: position && { ...position, line: position.line + lines }, what, advice });
}
