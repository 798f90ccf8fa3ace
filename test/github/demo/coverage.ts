import type { Report } from '../../../src/core/gates/report.js';

type Coverage = NonNullable<Report['coverage']>;

export interface Measured {
  readonly coverage: Coverage;
  readonly lcov: string;
  /** In per cent, cut to two digits as coverage.sh does. */
  readonly percent: number;
}

/**
 * Coverage as a tool would report it: the lines of functions, of which those in functions that no test reaches are not covered.
 * @param untested beginnings of functions, by file
 */
export function measuredCoverage(
  files: ReadonlyMap<string, string>,
  untested: Readonly<Record<string, readonly RegExp[]>>,
): Measured {
  let [covered, coverable] = [0, 0];
  const lcov: string[] = [];
  for (const [path, text] of files) {
    if (!/^src\/.*\.rs$/.test(path)) continue;
    const lines = linesOf(text, untested[path] ?? []);
    const hit = lines.filter(({ count }) => count > 0).length;
    covered += hit;
    coverable += lines.length;
    lcov.push(
      'TN:',
      `SF:${path}`,
      ...lines.map(({ line, count }) => `DA:${line},${count}`),
      `LF:${lines.length}`,
      `LH:${hit}`,
      'end_of_record',
    );
  }
  return {
    coverage: { covered, coverable, crates: [{ name: 'tally', root: '.', covered, coverable }] },
    lcov: `${lcov.join('\n')}\n`,
    percent: Math.floor((covered * 10_000) / Math.max(1, coverable)) / 100,
  };
}

function linesOf(text: string, untested: readonly RegExp[]): { line: number; count: number }[] {
  let [inside, reached] = [false, true];
  const found: { line: number; count: number }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('#[cfg(test)]')) break;
    if (/^(pub )?fn /.test(line)) [inside, reached] = [true, !untested.some((beginning) => beginning.test(line))];
    const isCode = inside && !/^\s*([})\]]*[;,]?\s*)?$/.test(line) && !/^\s*\/\//.test(line);
    // Some ways no test takes: errors, and texts that are too short.
    if (isCode)
      found.push({
        line: index + 1,
        count: reached && !/map_err|^\s+(break|return counts);/.test(line) ? 1 + ((index * 7) % 23) : 0,
      });
    if (line === '}') inside = false;
  }
  return found;
}
