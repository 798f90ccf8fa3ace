import type { Expression, Place, Problem } from '../analysis';
import { ContentMap } from '../yaml/content-map';
import type { Range, ScalarNode } from '../yaml/node';
import { parseExpression } from './parse';

/** The expressions in a scalar, and where one is begun and not ended. */
export interface Found {
  readonly expressions: readonly Expression[];
  readonly problem?: Problem;
}

/** @param condition the value is an expression even without `${{ }}` */
export function findExpressions(text: string, scalar: ScalarNode, place: Place, condition: boolean): Found {
  const content = scalar.text;
  let open = content.indexOf('${{');
  if (open < 0) {
    if (!condition || scalar.isNull || content.trim() === '') return { expressions: [] };
    return { expressions: [bare(text, scalar, place)] };
  }
  const map = new ContentMap(text, scalar);
  const expressions: Expression[] = [];
  while (open >= 0) {
    const close = closing(content, open + 3);
    if (close < 0) {
      const problem: Problem = {
        kind: 'expression-syntax',
        message: '"${{" is not closed: "}}" is missing.',
        start: map.toFile(open),
        end: map.toFile(open + 3),
      };
      return { expressions, problem };
    }
    const source = content.slice(open + 3, close);
    const offset = open + 3;
    expressions.push({
      scalar,
      place,
      source,
      parsed: parseExpression(source),
      bare: false,
      whole: open === 0 && close + 2 === content.trimEnd().length,
      start: map.toFile(open),
      end: map.toFile(close + 1) + 1,
      range: (part) => inFile(text, map, offset, part),
    });
    open = content.indexOf('${{', close + 2);
  }
  return { expressions };
}

function bare(text: string, scalar: ScalarNode, place: Place): Expression {
  let map: ContentMap | undefined;
  return {
    scalar,
    place,
    source: scalar.text,
    parsed: parseExpression(scalar.text),
    bare: true,
    whole: true,
    start: scalar.start,
    end: scalar.end,
    range: (part) => inFile(text, (map ??= new ContentMap(text, scalar)), 0, part),
  };
}

function inFile(text: string, map: ContentMap, offset: number, part: Range): Range {
  const start = map.toFile(offset + part.start);
  if (part.end <= part.start) return { start, end: start };
  const last = map.toFile(offset + part.end - 1);
  // An escaped character is written as two or more; a line break behind the part does not belong to it.
  const behind = map.toFile(offset + part.end);
  return { start, end: behind > last && !/\s/.test(text.slice(last, behind)) ? behind : last + 1 };
}

/** Offset of the `}}` that ends an expression; those inside strings do not. */
function closing(content: string, from: number): number {
  let inString = false;
  for (let at = from; at < content.length; at++) {
    const character = content.charCodeAt(at);
    if (character === 39) inString = !inString;
    else if (!inString && character === 125 && content.charCodeAt(at + 1) === 125) return at;
  }
  return -1;
}
