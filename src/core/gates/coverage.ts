import type { CommitFacts, Snapshot } from '../actions/snapshot.js';
import { codecovCoverage } from './codecov.js';
import { decidingRuns } from './run-gates.js';

export interface Share {
  readonly covered: number;
  readonly coverable: number;
  /** Covered lines in per cent, cut after one decimal so that it never looks better than it is; null without lines. */
  readonly percent: number | null;
}

export interface CrateCoverage extends Share {
  readonly name: string;
  /** Folder of its workspace; `.` is the repository. */
  readonly root: string;
  /** In percentage points against the default branch; null where that has none to compare with. */
  readonly change: number | null;
}

/** Line coverage of a commit. */
export interface Coverage {
  readonly source: 'report' | 'codecov';
  readonly sha: string;
  /** It is of an earlier commit than the one that one is on. */
  readonly stale: boolean;
  readonly percent: number;
  readonly threshold: number | null;
  /** In percentage points against the default branch. */
  readonly change: number | null;
  /** Null where only Codecov tells. */
  readonly total: Share | null;
  readonly crates: readonly CrateCoverage[];
  /** The run that measured, where it is known: its artifacts hold the lines. */
  readonly runId: number | null;
}

/** The newest coverage that is known for what one is on; null where there is none. */
export function coverageOf(snapshot: Snapshot): Coverage | null {
  const { current, earlier, main, head } = snapshot;
  const base = main ? measured(main) : null;
  for (const facts of [current, earlier, main]) {
    const own = facts ? measured(facts) : null;
    if (!facts || !own) continue;
    const compared = base && facts.sha !== main?.sha ? base : null;
    return {
      ...own,
      sha: facts.sha,
      stale: head.sha !== null && facts.sha !== head.sha,
      change: difference(own.percent, compared?.percent ?? null),
      crates: own.crates.map((crate) => {
        const before = compared?.crates.find(({ name, root }) => name === crate.name && root === crate.root);
        return { ...crate, change: difference(crate.percent, before?.percent ?? null) };
      }),
    };
  }
  return null;
}

type Measured = Pick<Coverage, 'source' | 'percent' | 'threshold' | 'total' | 'runId'> & {
  readonly crates: readonly (Share & { readonly name: string; readonly root: string })[];
};

function measured(facts: CommitFacts): Measured | null {
  for (const run of decidingRuns(facts.runs)) {
    const uploaded = facts.reports.get(run.id);
    const coverage = uploaded?.report.coverage;
    if (!coverage || uploaded.report.commit !== facts.sha) continue;
    const total = shareOf(coverage);
    if (total.percent === null) continue;
    const gate = uploaded.report.gates.find(({ id }) => id === 'coverage');
    return {
      source: 'report',
      percent: total.percent,
      threshold: gate?.threshold ?? null,
      total,
      runId: run.id,
      crates: coverage.crates.map((crate) => ({ name: crate.name, root: crate.root, ...shareOf(crate) })),
    };
  }
  for (const check of facts.checks ?? []) {
    const percent = codecovCoverage(check);
    if (percent !== null) return { source: 'codecov', percent, threshold: null, total: null, runId: null, crates: [] };
  }
  return null;
}

/** Covered lines and what they are of. */
export function shareOf({ covered, coverable }: { readonly covered: number; readonly coverable: number }): Share {
  return { covered, coverable, percent: coverable === 0 ? null : Math.floor((covered * 1000) / coverable) / 10 };
}

const difference = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.round((now - before) * 10) / 10;
