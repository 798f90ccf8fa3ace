import type { JudgedPoint } from './judge.js';
import type { Origin } from './level.js';
import { runsToKeepImprovement, runsToRecover, runsToResolve } from './rules.js';
import type { Finding } from './tracker.js';

/** From here on a benchmark counts as noisy: it is told what it cannot show rather than what it can. */
const noisy = 0.1;

/** Why a run was judged as it was, in words and numbers, as one or two sentences. */
export function reasonOf({ finding, duplicate, incomparable }: JudgedPoint): string {
  if (duplicate) return 'The same run stands in the history twice; it counts once.';
  switch (finding.verdict) {
    case 'collecting':
      return collecting(finding, incomparable);
    case 'stable':
      return `${difference(finding)}${stillNormal(finding.striking)}. ${resolution(finding.resolvable)}`;
    case 'suspect':
      return (
        `${difference(finding)}, ${finding.runs === 1 ? 'further off than anything before' : `off in ${finding.runs} runs in a row`}` +
        ' (' +
        `${chance(finding.chance)}); another run has to confirm it.`
      );
    case 'regression':
    case 'improvement':
      return `${difference(finding)}, confirmed in ${finding.runs} runs since ${originText(finding.since)} (${chance(finding.chance)}).${outlook(finding)}`;
    case 'recovered':
      return `Back at the accepted level since ${originText(finding.since)}: ${difference(finding)}.`;
  }
}

function collecting(
  { known, needed, afterAccepting }: Finding & { verdict: 'collecting' },
  incomparable: number,
): string {
  const count = `${known} of ${needed} runs`;
  if (afterAccepting) return `A new baseline was accepted: ${count} at its level.`;
  const others =
    incomparable > 0
      ? ` ${runs(incomparable)} of it on another runner class, toolchain or branch, or measured otherwise, ${incomparable === 1 ? 'is' : 'are'} not compared.`
      : '';
  return `${count} that are needed to judge it.${others}`;
}

function difference({ change, deviations }: { change: number; deviations: number }): string {
  return `${percent(change)}, ${Math.abs(deviations).toFixed(1)} robust deviations`;
}

/** The smallest slowdown that a few runs would confirm. */
export function resolution(resolvable: number | undefined): string {
  if (resolvable === undefined) return `The history is too short for ${runsToResolve} runs to confirm anything.`;
  const size = unsignedPercent(resolvable);
  return resolvable >= noisy
    ? `Noisy: ${runsToResolve} runs cannot resolve a change below ${size}.`
    : `Resolves ${size} in ${runsToResolve} runs.`;
}

/** Why runs that are off are not even suspect. */
function stillNormal(striking: (Finding & { verdict: 'stable' })['striking']): string {
  if (!striking) return '';
  const { runs: count, chance: ofIt, agree } = striking;
  const inRow = count === 1 ? '' : ` ${count} times in a row`;
  if (!agree && count > 1) return `; off${inRow}, but the runs do not agree on a new level yet (${chance(ofIt)})`;
  return `, which unchanged code may be${inRow} (${chance(ofIt)})`;
}

function outlook({ verdict, back, adopted, runs: count }: Finding & { verdict: 'regression' | 'improvement' }): string {
  if (back > 0)
    return ` The last ${back === 1 ? 'run looks' : `${back} runs look`} recovered; ${runsToRecover} in a row would say so.`;
  if (adopted) return ' From the next run on this is the baseline.';
  if (verdict === 'improvement') return ` It becomes the baseline after ${runsToKeepImprovement} runs (now ${count}).`;
  return '';
}

/** Bounded, because no noise model is to be trusted further. */
function chance(value: number): string {
  if (value < 1e-6) return 'by chance less than once in a million runs';
  return value > 0.4 ? 'by chance every other run' : `by chance once in ${inverse(value)} runs`;
}

function inverse(value: number): string {
  const count = 1 / value;
  return (count < 10 ? Math.round(count) : Number(count.toPrecision(2))).toLocaleString('en-US');
}

function runs(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}

/** A commit as git abbreviates it; the run where the commit is not known. */
export function originText({ commit, run }: Origin): string {
  return commit === undefined ? `run ${run}` : commit.slice(0, 7);
}

/** `+6.1 %`, `-0.3 %`. */
export function percent(fraction: number): string {
  const text = unsignedPercent(fraction);
  return `${fraction < 0 && Number.parseFloat(text) !== 0 ? '-' : '+'}${text}`;
}

/** Two digits that matter: `0.4 %`, `6.1 %`, `38 %`. */
export function unsignedPercent(fraction: number): string {
  const size = Math.abs(fraction) * 100;
  return `${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} %`;
}

/** A measured value with its unit: times in the unit that fits, others as they are. */
export function formatValue(value: number, unit: string): string {
  if (unit !== 'ns') return `${Number(value.toPrecision(4))} ${unit}`;
  const [divisor, name] = value < 1e3 ? [1, 'ns'] : value < 1e6 ? [1e3, 'µs'] : value < 1e9 ? [1e6, 'ms'] : [1e9, 's'];
  return `${(value / divisor).toPrecision(4)} ${name}`;
}
