import type { Run } from '../actions/run.js';
import type { CommitFacts, Snapshot } from '../actions/snapshot.js';
import { gatesOfChecks } from './check-gates.js';
import { gateStates, type Gate, type GateState, type Verdict } from './gate.js';
import { baseName, workflowIdOf } from './job-name.js';
import { knownGate, knownGates } from './known.js';
import { defaultPatterns, type GatePattern } from './patterns.js';
import { together } from './progress.js';
import { decidingRuns, gatesOfRuns, newestRuns } from './run-gates.js';

/** The gates of one commit. Where a run and a check report the same gate, the run is believed, unless the check is worse. */
export function gatesOf(facts: CommitFacts, patterns: readonly GatePattern[] = defaultPatterns): Gate[] {
  const gates = new Map<string, Gate>();
  for (const gate of gatesOfRuns(facts, patterns)) {
    const known = gates.get(gate.id);
    // Two workflows report the same gate: the one that is worse decides.
    if (!known || isWorse(gate, known)) gates.set(gate.id, gate);
  }
  for (const { gate, name } of gatesOfChecks(facts, patterns)) {
    const known = gates.get(gate.id);
    if (!known) gates.set(gate.id, gate);
    else if (known.source === 'report') {
      // What was measured there says nothing about this check, nor this check about what was measured.
      if (isWorse(gate, known)) gates.set(`check/${name}`, { ...gate, id: `check/${name}`, title: name });
    } else {
      const { value, unit } = gate.value === null ? known : gate;
      const decisive = isWorse(gate, known) ? { ...gate, runId: known.runId, jobIds: known.jobIds } : known;
      gates.set(gate.id, { ...decisive, value, unit });
    }
  }
  return [...gates.values()];
}

/** Whether a gate is decided by the first of two that report it; what was skipped decides nothing. */
const isWorse = (one: Gate, other: Gate): boolean => together([one, other]).state !== other.state;

/**
 * May the commit that one is on ship, and if not, why not.
 *
 * Verdicts of the commit itself come first. A gate that has none there, but one for an earlier commit of the branch or for the
 * default branch, is stale; a gate that every project should have and that nothing reports is not set up.
 */
export function verdictOf(snapshot: Snapshot, patterns: readonly GatePattern[] = defaultPatterns): Verdict {
  const { head, current, earlier, main, defaultBranch } = snapshot;
  const here = current ? gatesOf(current, patterns) : [];
  const found = new Map(here.map((gate) => [gate.id, gate]));
  const running = unfinished(current);
  for (const facts of [earlier, main]) {
    if (!facts || facts.sha === (current?.sha ?? head.sha)) continue;
    for (const gate of gatesOf(facts, patterns)) {
      if (found.has(gate.id) || gate.id.startsWith('workflow/')) continue;
      const run = running.get(knownGate(gate.id)?.workflow ?? '');
      found.set(gate.id, run ? { ...missing(gate, 'queued', null), runId: run.id, url: run.url } : stale(gate));
    }
  }
  for (const gate of notReported(snapshot, found, running)) found.set(gate.id, gate);
  const required = requirement(snapshot);
  const gates = [...found.values(), ...requiredButAbsent(snapshot)]
    .map((gate) => ({ ...gate, required: required(gate) }))
    .sort(byUrgency);
  const counting = gates.filter(counts);
  return {
    // In the web there may be neither: then one looks at the newest commit of the default branch.
    branch: head.branch ?? (head.sha === null ? defaultBranch : null),
    sha: head.sha ?? current?.sha ?? null,
    gates,
    passed: counting.filter(({ state }) => state === 'passed').length,
    counted: counting.length,
    state: worst(counting, gates),
  };
}

const rank = (state: GateState): number => gateStates.indexOf(state);
const order = new Map(knownGates.map(({ id }, index) => [id, index]));

function byUrgency(a: Gate, b: Gate): number {
  const unknown = knownGates.length;
  return (
    rank(a.state) - rank(b.state) ||
    (order.get(a.id) ?? unknown) - (order.get(b.id) ?? unknown) ||
    (a.title < b.title ? -1 : 1)
  );
}

/** What was found out about another commit. A gate that was never decided there says nothing. */
function stale(gate: Gate): Gate {
  if (gate.state !== 'passed' && gate.state !== 'failed') {
    return gate.state === 'skipped'
      ? gate
      : { ...gate, state: 'unknown', reason: `It has no verdict yet, for ${short(gate.sha)} neither.` };
  }
  const reason = `It ${gate.state} for ${short(gate.sha)}; this commit has no verdict yet.`;
  return { ...gate, state: 'stale', was: gate.state, reason };
}

const short = (sha: string | null): string => sha?.slice(0, 7) ?? 'an unknown commit';

/** Runs of a commit that go on, by the id of their workflow. Their later jobs are not listed before they begin. */
function unfinished(facts: CommitFacts | null): ReadonlyMap<string, Run> {
  const runs = newestRuns(facts?.runs ?? []).filter(({ status }) => status !== 'completed');
  return new Map(runs.map((run) => [workflowIdOf(run.path), run]));
}

/** What every project should have and nothing reports. */
function notReported(
  { workflows }: Snapshot,
  found: ReadonlyMap<string, Gate>,
  running: ReadonlyMap<string, Run>,
): Gate[] {
  if (workflows === null) return [];
  const files = new Map(workflows.map(({ path, enabled }) => [workflowIdOf(path), enabled]));
  const reporting = new Set([...found.keys()].map((id) => knownGate(id)?.workflow ?? id.replace('workflow/', '')));
  return knownGates
    .filter(({ id, expected }) => expected && !found.has(id))
    .map((gate) => {
      const { workflow } = gate;
      const file = `${workflow}.yml`;
      if (running.has(workflow)) return missing(gate, 'queued', null);
      if (!files.has(workflow)) return missing(gate, 'notSetUp', 'No workflow checks it.');
      if (files.get(workflow) === false) return missing(gate, 'notSetUp', `${file} is switched off.`);
      if (reporting.has(workflow)) return missing(gate, 'notSetUp', 'No job or check reports it.');
      return missing(gate, 'unknown', `${file} has not reported it yet.`);
    });
}

/** Checks that the branch asks for and that nothing has reported; a gate job of ours comes last in its run, and says nothing new. */
function requiredButAbsent({ required, current, workflows }: Snapshot): Gate[] {
  const checks = current?.checks;
  if (!checks || !required) return [];
  const reported = new Set([...[...current.jobs.values()].flat(), ...checks].map(({ name }) => name));
  const gateJobs = new Set((workflows ?? []).map(({ path }) => `${workflowIdOf(path)}-gate`));
  return required
    .filter(({ name }) => !reported.has(name) && !gateJobs.has(name))
    .map(({ name }) =>
      missing({ id: `check/${name}`, title: name }, 'unknown', 'The branch requires it, and nothing has reported it.'),
    );
}

const missing = ({ id, title }: Pick<Gate, 'id' | 'title'>, state: GateState, reason: string | null): Gate => ({
  id,
  title,
  state,
  reason,
  value: null,
  threshold: null,
  unit: null,
  required: null,
  source: null,
  sha: null,
  was: null,
  runId: null,
  jobIds: [],
  url: null,
  at: null,
});

/** Tells whether a rule of the branch asks for a gate: for one of its jobs, or for the job that judges its workflow. */
function requirement({ required, current, earlier, main }: Snapshot): (gate: Gate) => boolean | null {
  if (required === null) return () => null;
  const names = new Set(required.map(({ name }) => name));
  const judged = new Set<string>();
  const nameOfJob = new Map<number, string>();
  for (const facts of [current, earlier, main]) {
    if (!facts) continue;
    for (const run of decidingRuns(facts.runs)) {
      for (const { id, name } of facts.jobs.get(run.id) ?? []) {
        nameOfJob.set(id, name);
        if (name.endsWith('-gate') && names.has(name)) judged.add(workflowIdOf(run.path));
      }
    }
  }
  return ({ id, title, jobIds }) =>
    names.has(id) ||
    names.has(title) ||
    names.has(id.replace(/^check\//, '')) ||
    jobIds.some((job) => {
      const name = nameOfJob.get(job);
      return name !== undefined && (names.has(name) || names.has(baseName(name)));
    }) ||
    judged.has(knownGate(id)?.workflow ?? '') ||
    names.has(`${knownGate(id)?.workflow ?? ''}-gate`);
}

/** Whether a gate says something about the commit: not what checked nothing, nor what other commits are checked for only. */
function counts({ id, state, required }: Gate): boolean {
  if (state === 'skipped' || state === 'notSetUp') return false;
  const everyCommit = knownGate(id)?.everyCommit ?? true;
  return everyCommit || required === true || (state !== 'stale' && state !== 'unknown');
}

function worst(counting: readonly Gate[], all: readonly Gate[]): GateState {
  const states = new Set(counting.map(({ state }) => state));
  const decisive = gateStates.find((state) => states.has(state));
  if (decisive) return decisive;
  return all.some(({ state }) => state === 'skipped') ? 'skipped' : 'notSetUp';
}
