import type { Check } from '../actions/check.js';
import type { CommitFacts } from '../actions/snapshot.js';
import { codecovCoverage } from './codecov.js';
import type { Gate } from './gate.js';
import { baseName } from './job-name.js';
import { gateOfName, type GatePattern } from './patterns.js';
import { standingOf, together } from './progress.js';

const ofActions = 'github-actions';

/** A gate with the name of the check that decides it. */
export interface CheckGate {
  readonly gate: Gate;
  readonly name: string;
}

/**
 * The gates that checks of a commit report: those of other apps and commit statuses; and those of GitHub Actions where its
 * runs cannot be read.
 */
export function gatesOfChecks(facts: CommitFacts, patterns: readonly GatePattern[]): CheckGate[] {
  const withRuns = facts.runs.length > 0;
  const groups = new Map<string, { title: string; checks: [Check, ...Check[]] }>();
  for (const check of facts.checks ?? []) {
    if (check.app === ofActions && withRuns) continue;
    const name = baseName(check.name);
    const gate = gateOfName(name, patterns) ?? { id: `check/${name}`, title: name };
    const group = groups.get(gate.id);
    if (group) group.checks.push(check);
    else groups.set(gate.id, { title: gate.title, checks: [check] });
  }
  return [...groups].map(([id, { title, checks }]): CheckGate => {
    const ends = checks.flatMap(({ completedAt }) => completedAt ?? []);
    const standing = together(checks.map(standingOf));
    const decisive = checks.find((check) => standingOf(check).state === standing.state) ?? checks[0];
    const measured = checks.map(codecovCoverage).find((value) => value !== null) ?? null;
    const gate: Gate = {
      id,
      title,
      ...standing,
      value: measured,
      threshold: null,
      unit: measured === null ? null : '%',
      required: null,
      source: 'check',
      sha: facts.sha,
      was: null,
      runId: null,
      jobIds: [],
      url: decisive.url,
      at: ends.length === 0 ? null : Math.max(...ends),
    };
    return { gate, name: decisive.name };
  });
}
