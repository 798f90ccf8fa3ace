import type { Check } from '../actions/check.js';
import type { CommitFacts } from '../actions/snapshot.js';
import { codecovCoverage } from './codecov.js';
import type { Gate } from './gate.js';
import { baseName } from './job-name.js';
import { gateOfName, type GatePattern } from './patterns.js';
import { standingOf, together } from './progress.js';

const ofActions = 'github-actions';

/**
 * The gates that checks of a commit report: those of other apps and commit statuses; and those of GitHub Actions where its
 * runs cannot be read.
 */
export function gatesOfChecks(facts: CommitFacts, patterns: readonly GatePattern[]): Gate[] {
  const withRuns = facts.runs.length > 0;
  const groups = new Map<string, { title: string; checks: Check[] }>();
  for (const check of facts.checks ?? []) {
    if (check.app === ofActions && withRuns) continue;
    const name = baseName(check.name);
    const gate = gateOfName(name, patterns) ?? { id: `check/${name}`, title: name };
    const group = groups.get(gate.id);
    if (group) group.checks.push(check);
    else groups.set(gate.id, { title: gate.title, checks: [check] });
  }
  return [...groups].map(([id, { title, checks }]): Gate => {
    const ends = checks.flatMap(({ completedAt }) => completedAt ?? []);
    const [only] = checks;
    const measured = checks.map(codecovCoverage).find((value) => value !== null) ?? null;
    return {
      id,
      title,
      ...together(checks.map(standingOf)),
      value: measured,
      threshold: null,
      unit: measured === null ? null : '%',
      required: null,
      source: 'check',
      sha: facts.sha,
      was: null,
      runId: null,
      jobIds: [],
      url: only?.url ?? null,
      at: ends.length === 0 ? null : Math.max(...ends),
    };
  });
}
