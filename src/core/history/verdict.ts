import type { JudgedPoint } from './judge.js';
import { originText, reasonOf } from './words.js';

/** What `rust-ci benchmarks --json` prints for each run (**contract**). */
export interface Verdict {
  readonly benchmark: string;
  readonly run: number | string;
  readonly commit: string | null;
  readonly runner: string | null;
  readonly toolchain: string | null;
  /** The time that is judged, of one iteration: the fastest twentieth of the samples, or the mean of estimates. */
  readonly value: number;
  /** What Criterion prints for it: the slope or the mean. */
  readonly typical: number;
  readonly unit: string;
  readonly verdict: JudgedPoint['finding']['verdict'];
  /** Against the accepted history, as a fraction: 0.05 is 5 % slower. Null while collecting. */
  readonly change: number | null;
  readonly deviations: number | null;
  /** The smallest slowdown that three runs would confirm, as a fraction. Null where the history is too short. */
  readonly resolvable: number | null;
  /** Where the change began: the commit, or the run where the commit is unknown. */
  readonly since?: string;
  readonly reason: string;
  /** How many runs the history holds that this one was compared with. */
  readonly history: number;
}

export function verdictOf(judged: JudgedPoint): Verdict {
  const { point, finding } = judged;
  const known = finding.verdict === 'collecting' ? undefined : finding;
  return {
    benchmark: point.benchmark,
    run: point.run,
    commit: point.commit ?? null,
    runner: point.runner ?? null,
    toolchain: point.toolchain ?? null,
    value: point.measurement.value,
    typical: point.measurement.typical,
    unit: point.unit,
    verdict: finding.verdict,
    change: known?.change ?? null,
    deviations: known?.deviations ?? null,
    resolvable: known?.resolvable ?? null,
    ...('since' in finding && { since: finding.since.commit ?? originText(finding.since) }),
    reason: reasonOf(judged),
    history: finding.verdict === 'collecting' ? finding.known - 1 : finding.history,
  };
}
