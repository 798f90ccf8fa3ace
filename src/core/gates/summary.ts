import type { Coverage } from './coverage.js';
import type { Gate, Verdict } from './gate.js';
import { gateWords, stateWords } from './words.js';

const line = (gate: Gate): string => {
  const words = gateWords(gate);
  return `- ${gate.title} [${gate.id}]: ${stateWords[gate.state]}${words === '' || words === stateWords[gate.state] ? '' : ` (${words})`}`;
};

/** A verdict as plain text, a line for each gate, for readers without eyes for colours: a language model, a clipboard. */
export function verdictText(verdict: Verdict): string {
  const place = `${verdict.branch ?? 'no branch'} at ${verdict.sha?.slice(0, 7) ?? 'an unknown commit'}`;
  return [`${place}: ${verdict.passed} of ${verdict.counted} gates pass.`, ...verdict.gates.map(line)].join('\n');
}

/** Coverage as plain text, a line for each crate, the least covered first. */
export function coverageText(coverage: Coverage): string {
  const { percent, threshold, change, sha, stale, crates } = coverage;
  const against = change === null ? '' : `, ${change > 0 ? '+' : ''}${change} points against the default branch`;
  const needs = threshold === null ? '' : `, needs ${threshold} %`;
  const measured = `${percent} % of lines${needs}${against}, measured for ${sha.slice(0, 7)}${stale ? ', which is not the commit that is checked out' : ''}.`;
  const rows = crates
    .toSorted((a, b) => (a.percent ?? 101) - (b.percent ?? 101))
    .map(({ name, percent: share, covered, coverable }) =>
      share === null ? `- ${name}: no lines to cover` : `- ${name}: ${share} % (${covered} of ${coverable} lines)`,
    );
  return [measured, ...rows].join('\n');
}
