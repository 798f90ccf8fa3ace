import { any, arrayOf, boolean, string } from './types';
import type { Type } from './types';

/** One way to call a function. */
export interface Signature {
  readonly parameters: readonly Type[];
  /** Further arguments of the last parameter's type may follow. */
  readonly variadic?: boolean;
  readonly result: Type;
  /** Why nobody means to call it like this, although it works. */
  readonly pointless?: string;
}

interface FunctionInfo {
  /** As it is written in the documentation. */
  readonly name: string;
  readonly signatures: readonly Signature[];
}

const joinOfText = 'join() of a text gives the text itself: there is nothing to join.';

/** Functions that exist everywhere, and those whose place decides (schema), by lower-case name. */
export const functions: ReadonlyMap<string, FunctionInfo> = new Map(
  (
    [
      { name: 'contains', signatures: [binary(string, string), binary(arrayOf(any), any)] },
      { name: 'startsWith', signatures: [binary(string, string)] },
      { name: 'endsWith', signatures: [binary(string, string)] },
      { name: 'format', signatures: [{ parameters: [string, any], variadic: true, result: string }] },
      {
        name: 'join',
        signatures: [
          { parameters: [arrayOf(any)], result: string },
          { parameters: [arrayOf(any), string], result: string },
          { parameters: [string], result: string, pointless: joinOfText },
          { parameters: [string, string], result: string, pointless: joinOfText },
        ],
      },
      { name: 'toJSON', signatures: [{ parameters: [any], result: string }] },
      { name: 'fromJSON', signatures: [{ parameters: [string], result: any }] },
      { name: 'case', signatures: [{ parameters: [any, any, any], variadic: true, result: any }] },
      { name: 'hashFiles', signatures: [{ parameters: [string], variadic: true, result: string }] },
      { name: 'success', signatures: [{ parameters: [], variadic: true, result: boolean }] },
      { name: 'failure', signatures: [{ parameters: [], variadic: true, result: boolean }] },
      { name: 'always', signatures: [{ parameters: [], result: boolean }] },
      { name: 'cancelled', signatures: [{ parameters: [], result: boolean }] },
    ] satisfies FunctionInfo[]
  ).map((info) => [info.name.toLowerCase(), info]),
);

/** Functions that exist only where GitHub's schema says so. */
export const placeBound: ReadonlySet<string> = new Set(['hashfiles', 'success', 'failure', 'always', 'cancelled']);

function binary(first: Type, second: Type): Signature {
  return { parameters: [first, second], result: boolean };
}

/** What is wrong with a format string called with `count` values; undefined where nothing is. */
export function formatFault(format: string, count: number): string | undefined {
  const used = new Set<number>();
  for (let at = 0; at < format.length; at++) {
    const character = format.charAt(at);
    if (character !== '{' && character !== '}') continue;
    if (format.charAt(at + 1) === character) {
      at++;
      continue;
    }
    const placeholder = character === '{' ? /^\{(\d+)(?::[^{}]*)?\}/.exec(format.slice(at)) : null;
    if (placeholder === null)
      return `The format string has a single "${character}". A brace that is meant as text is doubled: "${character}${character}".`;
    used.add(Number(placeholder[1]));
    at += placeholder[0].length - 1;
  }
  const highest = Math.max(-1, ...used);
  if (highest >= count)
    return `The format string uses {${highest}}, but there ${count === 1 ? 'is only 1 value' : `are only ${count} values`} (the first is {0}).`;
  for (let index = 0; index < count; index++)
    if (!used.has(index)) return `The format string does not use {${index}}, so that value is lost.`;
  return undefined;
}
