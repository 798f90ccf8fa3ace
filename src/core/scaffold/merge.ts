import { diff3MergeRegions, diffComm, diffIndices } from 'node-diff3';
import { choosePin, newestPins, pinOf, raisePin, withoutPin, withPin } from './pins.js';

/** Which lines win where both sides changed the same ones. */
export type Preference = 'yours' | 'theirs' | 'markers';

export interface Merged {
  text: string;
  /** How many places both sides changed differently. */
  conflicts: number;
}

/** Whether two texts differ in pins at most. */
export function sameButPins(a: string, b: string): boolean {
  return a === b || a.split('\n').map(withoutPin).join('\n') === b.split('\n').map(withoutPin).join('\n');
}

/**
 * Merges what the user changed in a file since it was generated with what the template changed since. Pins do not
 * conflict: `choosePin` picks one. All texts are normalised.
 */
export function mergeThreeWays(base: string, yours: string, theirs: string, preference: Preference): Merged {
  const [baseLines, yourLines, theirLines] = [base, yours, theirs].map((text) => text.split('\n')) as Triple<string[]>;
  const keys = [baseLines, yourLines, theirLines].map((lines) => lines.map(withoutPin)) as Triple<string[]>;
  const inYours = alignment(keys[0], keys[1]);
  const inTheirs = alignment(keys[0], keys[2]);
  const newest = newestPins([yours]);
  const merged: string[] = [];
  let conflicts = 0;

  for (const region of diff3MergeRegions(keys[1], keys[0], keys[2])) {
    if (region.stable) {
      const { buffer, bufferStart: start, bufferLength: length } = region;
      if (buffer === 'a') merged.push(...yourLines.slice(start, start + length));
      else if (buffer === 'b') {
        merged.push(...theirLines.slice(start, start + length).map((line) => raisePin(line, newest)));
      } else {
        for (let index = start; index < start + length; index++) {
          const your = yourLines[inYours.get(index) ?? -1] ?? '';
          merged.push(mergeLine(baseLines[index], your, theirLines[inTheirs.get(index) ?? -1] ?? your));
        }
      }
      continue;
    }
    const your = yourLines.slice(region.aStart, region.aStart + region.aLength);
    const their = theirLines.slice(region.bStart, region.bStart + region.bLength);
    if (your.length === their.length && sameButPins(your.join('\n'), their.join('\n'))) {
      merged.push(...your.map((line, index) => mergeLine(undefined, line, their[index] ?? line)));
      continue;
    }
    conflicts++;
    const old = baseLines.slice(region.oStart, region.oStart + region.oLength);
    merged.push(
      ...settle(
        your,
        old,
        their.map((line) => raisePin(line, newest)),
        preference,
      ),
    );
  }
  return { text: merged.join('\n'), conflicts };
}

/** Merges without knowing what was generated: every difference but a pin is a conflict. */
export function mergeTwoWays(yours: string, theirs: string, preference: Preference): Merged {
  const [yourLines, theirLines] = [yours.split('\n'), theirs.split('\n')];
  const newest = newestPins([yours]);
  const merged: string[] = [];
  let [yourIndex, theirIndex, conflicts] = [0, 0, 0];
  for (const part of diffComm(yourLines.map(withoutPin), theirLines.map(withoutPin))) {
    const yourLength = (part.common ?? part.buffer1).length;
    const theirLength = (part.common ?? part.buffer2).length;
    const your = yourLines.slice(yourIndex, yourIndex + yourLength);
    const their = theirLines.slice(theirIndex, theirIndex + theirLength);
    [yourIndex, theirIndex] = [yourIndex + yourLength, theirIndex + theirLength];
    if (part.common) {
      merged.push(...your.map((line, index) => mergeLine(undefined, line, their[index] ?? line)));
    } else {
      conflicts++;
      merged.push(
        ...settle(
          your,
          undefined,
          their.map((line) => raisePin(line, newest)),
          preference,
        ),
      );
    }
  }
  return { text: merged.join('\n'), conflicts };
}

type Triple<T> = [T, T, T];

/** Lines that are equal but for their pins. */
function mergeLine(base: string | undefined, yours: string, theirs: string): string {
  const [yourPin, theirPin] = [pinOf(yours), pinOf(theirs)];
  if (!yourPin || !theirPin) return yours;
  return withPin(yours, choosePin(base === undefined ? undefined : pinOf(base), yourPin, theirPin));
}

function settle(
  yours: readonly string[],
  base: readonly string[] | undefined,
  theirs: readonly string[],
  preference: Preference,
): readonly string[] {
  if (preference === 'yours') return yours;
  if (preference === 'theirs') return theirs;
  const generated = base ? ['||||||| as it was generated', ...base] : [];
  return ['<<<<<<< yours', ...yours, ...generated, '=======', ...theirs, '>>>>>>> template'];
}

/** Where the lines that two texts have in common lie in the second, by their place in the first. */
function alignment(from: string[], to: string[]): Map<number, number> {
  const places = new Map<number, number>();
  let [fromIndex, toIndex] = [0, 0];
  const ends = [...diffIndices(from, to), { buffer1: [from.length, 0], buffer2: [to.length, 0] } as const];
  for (const { buffer1, buffer2 } of ends) {
    const [start, length] = buffer1;
    while (fromIndex < start) places.set(fromIndex++, toIndex++);
    fromIndex = start + length;
    toIndex = buffer2[0] + buffer2[1];
  }
  return places;
}
